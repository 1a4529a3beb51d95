const mostBlankLines = 3;
const mostBlanks = 40;

/**
 * A text that cannot push its end out of sight: many blank lines, and many blanks in a line, are counted and not
 * drawn. It is to be `visible` already.
 */
export function folded(text: string): string {
  const kept: string[] = [];
  let blank = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') blank += 1;
    else {
      kept.push(...gap(blank), withoutGaps(line.trimEnd()));
      blank = 0;
    }
  }
  return kept.join('\n');
}

function gap(blank: number): readonly string[] {
  return blank > mostBlankLines
    ? ['', `⋯ ${blank} blank lines ⋯`, '']
    : Array.from({ length: blank }, () => '');
}

function withoutGaps(line: string): string {
  return line.replaceAll(/\s{2,}/gu, (run) => (run.length > mostBlanks ? ` ⋯ ${run.length} blanks ⋯ ` : run));
}
