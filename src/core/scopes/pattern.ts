import { anything, folded, holds, just, withinSegment, type Characters } from './characters.ts';
import { looksLikeFile } from './fileName.ts';
import { tokensOf, type Token } from './tokens.ts';

/** From a place in a pattern to another, over one character. */
export interface Edge {
  readonly on: Characters;
  readonly to: number;
}

/** An entry of a SCOPE as an automaton over the characters of a name, without empty steps. */
export interface Pattern {
  /** As it was written. */
  readonly entry: string;
  /** How every name that it holds begins. */
  readonly prefix: string;
  /** How every one ends. */
  readonly suffix: string;
  /** The one file that it names letter by letter; none where it ends in `/`, which is for a folder. */
  readonly literal: string | undefined;
  /** The edges that leave each place; a name begins at the first. */
  readonly places: readonly (readonly Edge[])[];
  /** The place where the prefix has been read. */
  readonly behindPrefix: number;
  /** Whether a name may end at a place. */
  readonly ends: readonly boolean[];
}

const slash = just(0x2f);

/**
 * Reads an entry, whatever it holds; `scopeFault` says which ones a SCOPE may have. Without a wildcard, or with `/` at
 * its end, it holds the file of that name and whatever lies below, where that can be a folder. Else it is a glob: `**` as a whole segment is any
 * number of segments, `*` and `?` stay within one, a dot at its beginning is nothing special, and `[ab]`, `[a-c]`,
 * `[!a]` is one character, or what it looks like: many a folder is named `[id]`.
 */
export function readPattern(entry: string, caseBlind: boolean): Pattern {
  const text = entry.normalize('NFC');
  const segments = text.split('/').filter((part) => part !== '' && part !== '.');
  const spelled = caseBlind ? folded(segments.join('/')) : segments.join('/');
  const tokens = tokensOf(segments, caseBlind);
  const firstWild = tokens.findIndex(({ kind }) => kind !== 'letter');
  const isGlob = firstWild >= 0;
  const prefix = isGlob ? spelled.slice(0, lengthOf(tokens.slice(0, firstWild))) : spelled;
  const isFolder = text.endsWith('/');
  const isOpen = /[*?]/.test(spelled);

  const draft = new Draft();
  const behindPrefix = draft.spells(0, prefix);
  const end = draft.reads(behindPrefix, isGlob ? tokens.slice(firstWild) : []);
  draft.mayEnd(end);
  const mayBeFolder = isFolder || (!isOpen && !looksLikeFile(spelled));
  if (isFolder || (!isGlob && mayBeFolder)) draft.holdsBelow(end);
  else if (mayBeFolder) draft.holdsBelow(draft.spells(behindPrefix, spelled.slice(prefix.length)));
  const literal = isFolder || isOpen ? undefined : spelled;
  const behindWild = tokens.slice(tokens.findLastIndex(({ kind }) => kind !== 'letter') + 1);
  const suffix = isOpen && !isFolder ? spelled.slice(spelled.length - lengthOf(behindWild)) : '';
  return { entry, prefix, suffix, literal, behindPrefix, ...draft.whole };
}

const lengthOf = (letters: readonly Token[]): number =>
  letters.reduce((sum, token) => sum + (token.kind === 'letter' && token.code > 0xffff ? 2 : 1), 0);

/** Whether a pattern holds a name; both folded, or neither. */
export function matches({ prefix, suffix, places, behindPrefix, ends }: Pattern, name: string): boolean {
  if (!name.startsWith(prefix) || !name.endsWith(suffix)) return false;
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
  readonly whole = { places: [[]] as Edge[][], ends: [false] };

  mayEnd(place: number): void {
    this.whole.ends[place] = true;
  }

  spells(from: number, text: string): number {
    return Array.from(text).reduce(
      (place, character) => this.#next(place, just(character.codePointAt(0) ?? 0)),
      from,
    );
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
      case 'letter':
        return this.#next(from, just(token.code));
      case 'any':
        return this.#next(from, withinSegment);
      case 'class': {
        const to = this.#next(from, token.on);
        const text = Array.from(token.text);
        const before = this.spells(from, text.slice(0, -1).join(''));
        this.#leads(before, just(0x5d), to);
        return to;
      }
      case 'star':
        this.#leads(from, withinSegment, from);
        return from;
      case 'segments': {
        const within = this.#next(from, withinSegment);
        this.#leads(within, withinSegment, within);
        this.#leads(within, slash, from);
        return from;
      }
      case 'rest':
        return this.#rest(from);
    }
  }

  #rest(from: number): number {
    const rest = this.#next(from, anything);
    this.#leads(rest, anything, rest);
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
  }
}
