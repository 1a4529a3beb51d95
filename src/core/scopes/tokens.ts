import { classOf, folded, type Characters } from './characters.ts';

/** What an entry is made of. */
export type Token =
  /** The character itself, `/` among them. */
  | { readonly kind: 'letter'; readonly code: number }
  /** `[ab]`: one of these, or the text of it, brackets and all. */
  | { readonly kind: 'class'; readonly on: Characters; readonly text: string }
  /** `?` and `*`: one or several characters of a segment; a whole `**`: several segments, or what is left of a name. */
  | { readonly kind: 'any' | 'star' | 'segments' | 'rest' };

/** The tokens of segments with `/` between them. */
export function tokensOf(segments: readonly string[], caseBlind: boolean): readonly Token[] {
  return segments.flatMap((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment === '**') return [{ kind: isLast ? 'rest' : 'segments' } as const];
    const tokens = withinSegment(segment, caseBlind);
    return isLast ? tokens : [...tokens, letter('/', false)];
  });
}

const letter = (character: string, caseBlind: boolean): Token => ({
  kind: 'letter',
  code: (caseBlind ? folded(character) : character).codePointAt(0) ?? 0,
});

function withinSegment(segment: string, caseBlind: boolean): readonly Token[] {
  const tokens: Token[] = [];
  const characters = Array.from(segment);
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    const close = character === '[' ? closeOf(characters, at) : undefined;
    if (close !== undefined) {
      tokens.push(classToken(characters.slice(at, close + 1), caseBlind));
      at = close;
    } else if (character === '?') tokens.push({ kind: 'any' });
    else if (character !== '*') tokens.push(letter(character, caseBlind));
    else if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
  }
  return tokens;
}

const isMark = (character: string | undefined): boolean => character === '!' || character === '^';

/** Where a class that begins here ends; a bracket right at its beginning is one of its characters. */
function closeOf(characters: readonly string[], open: number): number | undefined {
  const first = isMark(characters[open + 1]) ? open + 2 : open + 1;
  const close = characters.indexOf(']', first + 1);
  return close < 0 ? undefined : close;
}

function classToken(characters: readonly string[], caseBlind: boolean): Token {
  const butThese = isMark(characters[1]);
  const within = characters.slice(butThese ? 2 : 1, -1).map((character) => character.codePointAt(0) ?? 0);
  const ranges: (readonly [number, number])[] = [];
  for (let at = 0; at < within.length; at += 1) {
    const [from = 0, dash, to] = within.slice(at, at + 3);
    const isRange = dash === 0x2d && to !== undefined;
    ranges.push([from, isRange ? to : from]);
    if (isRange) at += 2;
  }
  const on = classOf(
    ranges.filter(([from, to]) => from <= to),
    { butThese, caseBlind },
  );
  const spelled = caseBlind ? folded(characters.join('')) : characters.join('');
  return { kind: 'class', on, text: spelled };
}
