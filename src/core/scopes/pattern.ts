import { characters, folded, holds, just, singleOf, type Characters } from './characters.ts';
import { looksLikeFile } from './fileName.ts';
import { tokensOf, type Token } from './tokens.ts';

/** From a place in a pattern to another, over one character. */
export interface Edge {
  readonly on: Characters;
  readonly to: number;
}

/** Places between the characters of names, without empty steps; a name begins at the first. */
export interface Automaton {
  readonly places: readonly (readonly Edge[])[];
  /** Whether a name may end at a place. */
  readonly ends: readonly boolean[];
  /** The place where the prefix of the pattern has been read. */
  readonly behindPrefix: number;
  /** Every single character that an edge is over, and whatever else edges are over. */
  readonly letters: ReadonlySet<number>;
  readonly sets: ReadonlySet<Characters>;
}

/** An entry of a SCOPE, read. */
export interface Pattern {
  /** As it was written. */
  readonly entry: string;
  /** How every name that it holds begins. */
  readonly prefix: string;
  /** How every one ends. */
  readonly suffix: string;
  /** The one file that it names letter by letter; none where it ends in `/`, which is for a folder. */
  readonly literal: string | undefined;
  /** Made when it is first wanted: most patterns are told by their beginnings. */
  automaton(): Automaton;
}

const slash = just(0x2f);

/**
 * Reads an entry, whatever it holds; `scopeFault` says which ones a SCOPE may have. Without a wildcard, or with `/` at
 * its end, it holds the file of that name and whatever lies below, where that can be a folder. Else it is a glob: `**` as a whole segment is any
 * number of segments, `*` and `?` stay within one, a dot at its beginning is nothing special, and `[ab]`, `[a-c]`,
 * `[!a]` is one character, or what it looks like: many a folder is named `[id]`.
 */
export function readPattern(entry: string, caseBlind: boolean): Pattern {
  const written = entry.normalize('NFC');
  const segments = written.split('/').filter((part) => part !== '' && part !== '.');
  const tokens = tokensOf(segments, caseBlind);
  const text = caseBlind ? folded(segments.join('/')) : segments.join('/');
  const isFolder = written.endsWith('/');
  const isOpen = /[*?]/.test(text);
  let made: Automaton | undefined;
  return {
    entry,
    prefix: textOf(tokens[0]),
    suffix: isOpen && !isFolder ? textOf(tokens.at(-1)) : '',
    literal: isFolder || isOpen ? undefined : text,
    automaton: () => (made ??= automatonOf(tokens, text, { isFolder, isOpen, caseBlind })),
  };
}

const textOf = (token: Token | undefined): string => (token?.kind === 'text' ? token.text : '');

function automatonOf(
  tokens: readonly Token[],
  text: string,
  how: { readonly isFolder: boolean; readonly isOpen: boolean; readonly caseBlind: boolean },
): Automaton {
  const draft = new Draft(how.caseBlind);
  const prefix = textOf(tokens[0]);
  const behindPrefix = draft.spells(0, prefix);
  const end = draft.reads(behindPrefix, prefix === '' ? tokens : tokens.slice(1));
  draft.mayEnd(end);
  if (how.isFolder) draft.holdsBelow(end);
  // The text itself once more: what a class takes beside its text is no folder.
  else if (!how.isOpen && !looksLikeFile(text))
    draft.holdsBelow(draft.spells(behindPrefix, text.slice(prefix.length)));
  return { ...draft.whole, behindPrefix };
}

/** Whether a pattern holds a name; both folded, or neither. */
export function matches(pattern: Pattern, name: string): boolean {
  const { prefix, suffix, literal } = pattern;
  if (!name.startsWith(prefix) || !name.endsWith(suffix)) return false;
  if (name === literal) return true;
  const { places, ends, behindPrefix } = pattern.automaton();
  let now = [behindPrefix];
  for (let at = prefix.length; at < name.length;) {
    const code = name.codePointAt(at) ?? 0;
    at += code > 0xffff ? 2 : 1;
    const next: number[] = [];
    for (const place of now) {
      for (const { on, to } of places[place] ?? []) if (!next.includes(to) && holds(on, code)) next.push(to);
    }
    if (next.length === 0) return false;
    now = next;
  }
  return now.some((place) => ends[place]);
}

/** A pattern that grows from left to right. What reads on from a place gives the place where it has come to. */
class Draft {
  readonly whole = {
    places: [[]] as Edge[][],
    ends: [false],
    letters: new Set<number>(),
    sets: new Set<Characters>(),
  };
  readonly #any: Characters;
  readonly #within: Characters;

  constructor(caseBlind: boolean) {
    ({ any: this.#any, within: this.#within } = characters(caseBlind));
  }

  mayEnd(place: number): void {
    this.whole.ends[place] = true;
  }

  spells(from: number, text: string): number {
    let place = from;
    for (const character of text) place = this.#next(place, just(character.codePointAt(0) ?? 0));
    return place;
  }

  /** Also everything below the folder of that name. */
  holdsBelow(place: number): void {
    this.mayEnd(place);
    this.mayEnd(this.#rest(this.#next(place, slash)));
  }

  reads(from: number, tokens: readonly Token[]): number {
    return tokens.reduce((place, token) => this.#read(place, token), from);
  }

  #read(from: number, token: Token): number {
    switch (token.kind) {
      case 'text':
        return this.spells(from, token.text);
      case 'any':
        return this.#next(from, this.#within);
      case 'class': {
        const to = this.#next(from, token.on);
        this.#leads(this.spells(from, token.text.slice(0, -1)), just(0x5d), to);
        return to;
      }
      case 'star':
        this.#leads(from, this.#within, from);
        return from;
      case 'segments': {
        const within = this.#next(from, this.#within);
        this.#leads(within, this.#within, within);
        this.#leads(within, slash, from);
        return from;
      }
      case 'rest':
        return this.#rest(from);
    }
  }

  #rest(from: number): number {
    const rest = this.#next(from, this.#any);
    this.#leads(rest, this.#any, rest);
    return rest;
  }

  #next(from: number, on: Characters): number {
    const to = this.whole.places.push([]) - 1;
    this.whole.ends.push(false);
    this.#leads(from, on, to);
    return to;
  }

  #leads(from: number, on: Characters, to: number): void {
    this.whole.places[from]?.push({ on, to });
    const single = singleOf(on);
    if (single === undefined) this.whole.sets.add(on);
    else this.whole.letters.add(single);
  }
}
