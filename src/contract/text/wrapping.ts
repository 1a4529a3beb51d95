import { fenceOf, headingOf, type Names } from './grammar.ts';

/** For each line that opens a fence, the next bare one of its kind; read from the end, so that it is one pass. */
export function closingFences(lines: readonly string[]): readonly (number | undefined)[] {
  const next = new Map<string, number>();
  const found: (number | undefined)[] = [];
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const fence = fenceOf(lines[index] ?? '');
    if (!fence) continue;
    found[index] = next.get(fence.kind);
    if (fence.isBare) next.set(fence.kind, index);
  }
  return found;
}

/** A fence around the whole ends with the last bare one of its kind: better a word too many than an item lost. */
export function lastFences(lines: readonly string[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  lines.forEach((line, index) => {
    const fence = fenceOf(line);
    if (fence?.isBare) last.set(fence.kind, index);
  });
  return last;
}

const quote = /^[ \t]{0,3}>[ \t]?/;

/** The lines out of a block quote, where no heading stands outside of one. */
export function unquoted<N extends string>(lines: readonly string[], names: Names<N>): readonly string[] {
  let depth = 0;
  for (const line of lines) {
    if (headingOf(line, names)) return lines;
    if (depth > 0 || !quote.test(line)) continue;
    const { rest, marks } = withoutQuotes(line, 9);
    if (headingOf(rest, names)) depth = marks;
  }
  if (depth === 0) return lines;
  let isOver = false;
  return lines.map((line) => {
    if (quote.test(line)) {
      isOver = false;
      return withoutQuotes(line, depth).rest;
    }
    isOver ||= line.trim() === '';
    return isOver ? '' : line;
  });
}

function withoutQuotes(line: string, most: number): { readonly rest: string; readonly marks: number } {
  let rest = line;
  let marks = 0;
  while (marks < most && quote.test(rest)) {
    rest = rest.replace(quote, '');
    marks += 1;
  }
  return { rest, marks };
}
