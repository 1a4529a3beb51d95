/**
 * A line that would be read as something else, or that holds what nobody sees, is written after a backslash
 * and a space; in it, `\u{…}` is the character of that number.
 */
const unseen =
  /(?!\t)[\p{C}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\u{e0100}-\u{e01ef}]/u;
const everyUnseen = new RegExp(unseen.source, 'gu');
const code = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;

/** Whether a line has to be escaped wherever it stands. */
function isUnsafe(line: string): boolean {
  return /^\\(?: |$)/.test(line) || /\s$/.test(line) || unseen.test(line);
}

export function escaped(line: string): string {
  if (line === '') return '\\';
  const marked = line.replace(/\\(?=u\{)/g, '\\u{5c}').replace(everyUnseen, code);
  return `\\ ${marked.replace(/\s$/, code)}`;
}

/** A line of a text as it is written. */
export function written(line: string): string {
  return isUnsafe(line) ? escaped(line) : line;
}

export interface ReadLine {
  readonly text: string;
  readonly isEscaped: boolean;
}

/** The inverse of `written` and `escaped`; blanks at the end of a line that is not escaped mean nothing. */
export function readLine(line: string): ReadLine {
  const body = line.trimEnd();
  if (body === '\\') return { text: '', isEscaped: true };
  if (!line.startsWith('\\ ')) return { text: body, isEscaped: false };
  const text = body.slice(2).replace(/\\u\{([0-9a-f]{1,6})\}/gi, (whole, digits: string) => {
    const point = Number.parseInt(digits, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
  return { text, isEscaped: true };
}

/** Whether an entry begins like a dressed heading, so that it has to be escaped. */
export function isDressed(entry: string): boolean {
  return /^[*_]{1,3}\p{L}[^:\uff1a]{1,120}[:\uff1a]/u.test(entry);
}
