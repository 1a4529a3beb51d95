/** A sentence of a text and where it stands in it. */
export type Sentence = { readonly from: number; readonly to: number };

const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|z\.b|d\.h|u\.a|approx|ca|cf|vs|no|nr|incl|min|max|etc)\.$/i;

/**
 * The sentences of a text. A line break ends one, except where the line announces what follows with a colon;
 * then the lines up to the next blank one belong to it.
 */
export function sentencesOf(text: string): readonly Sentence[] {
  const found: Sentence[] = [];
  let from = 0;
  let announced = false;
  const close = (to: number): void => {
    if (text.slice(from, to).trim() !== '') found.push({ from, to });
    from = to;
    announced = false;
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\n') {
      const line = text.slice(Math.max(from, at - 200), at).trimEnd();
      const blankLine = /^[^\S\n]{0,40}\n/.test(text.slice(at + 1, at + 42));
      if (line.endsWith(':')) announced = true;
      else if (announced && !blankLine) continue;
      else close(at + 1);
    } else if (
      !announced &&
      /[.!?;]/.test(char) &&
      /^(?:["”’')\]]{0,2}\s|["”’')\]]{0,2}$)/.test(text.slice(at + 1, at + 4))
    ) {
      if (
        char === '.' &&
        abbreviation.test(text.slice(Math.max(0, at - 10), at + 1)) &&
        !/^\s+\p{Lu}/u.test(text.slice(at + 1, at + 6))
      )
        continue;
      if (char === '.' && /(?:^|\n)\s{0,8}\d{1,2}$/.test(text.slice(Math.max(0, at - 12), at))) continue;
      close(at + 1);
    }
  }
  close(text.length);
  return found;
}
