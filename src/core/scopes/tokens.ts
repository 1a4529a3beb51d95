import { classOf, folded, type Characters } from './characters.ts';

/** What an entry is made of. */
export type Token =
  /** These characters, `/` among them. */
  | { readonly kind: 'text'; readonly text: string }
  /** `[ab]`: one of these, or the text of it, brackets and all. */
  | { readonly kind: 'class'; readonly on: Characters; readonly text: string }
  /** `?` and `*`: one or several characters of a segment; a whole `**`: several segments, or what is left of a name. */
  | { readonly kind: 'any' | 'star' | 'segments' | 'rest' };

/** The tokens of segments with `/` between them; no two texts beside each other. */
export function tokensOf(segments: readonly string[], caseBlind: boolean): readonly Token[] {
  const tokens: Token[] = [];
  let text = '';
  const add = (token: Token): void => {
    if (text !== '') tokens.push({ kind: 'text', text: caseBlind ? folded(text) : text });
    text = '';
    tokens.push(token);
  };
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '**') {
      add({ kind: isLast ? 'rest' : 'segments' });
      continue;
    }
    for (let at = 0; at < segment.length; at += 1) {
      const character = segment.charAt(at);
      const close = character === '[' ? closeOf(segment, at) : undefined;
      if (close !== undefined) {
        add(classToken(segment.slice(at, close + 1), caseBlind));
        at = close;
      } else if (character === '?') add({ kind: 'any' });
      else if (character === '*') add({ kind: 'star' });
      else text += character;
    }
    if (!isLast) text += '/';
  }
  if (text !== '') tokens.push({ kind: 'text', text: caseBlind ? folded(text) : text });
  return tokens;
}

const isMark = (character: string): boolean => character === '!' || character === '^';

/** Where a class that begins here ends; a bracket right at its beginning is one of its characters. */
function closeOf(segment: string, open: number): number | undefined {
  const first = isMark(segment.charAt(open + 1)) ? open + 2 : open + 1;
  const close = segment.indexOf(']', first + 1);
  return close < 0 ? undefined : close;
}

function classToken(text: string, caseBlind: boolean): Token {
  const butThese = isMark(text.charAt(1));
  const within = Array.from(text.slice(butThese ? 2 : 1, -1), (character) => character.codePointAt(0) ?? 0);
  const ranges: (readonly [number, number])[] = [];
  for (let at = 0; at < within.length; at += 1) {
    const [from = 0, dash, to] = within.slice(at, at + 3);
    const isRange = dash === 0x2d && to !== undefined;
    ranges.push([from, isRange ? to : from]);
    if (isRange) at += 2;
  }
  const inOrder = ranges.filter(([from, to]) => from <= to);
  return {
    kind: 'class',
    on: classOf(inOrder, { butThese, caseBlind }),
    text: caseBlind ? folded(text) : text,
  };
}
