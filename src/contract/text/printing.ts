import { escaped, isDressed, written } from './escapes.ts';

/** One entry of a list; `mark` says what it is about and stands before its own words, where it has any. */
export interface MarkedEntry {
  readonly mark: string;
  readonly text?: string;
}

/** A field with a text of any lines. */
export function textField(name: string, text: string): string {
  return entry(`${name}: `, text);
}

/** A field with a list: `none` where it is empty, one line where one entry fits there. */
export function listField(name: string, entries: readonly string[]): string {
  const [first] = entries;
  if (first === undefined) return `${name}: none`;
  const isShort = entries.length === 1 && !first.includes('\n') && !isNone(first);
  return isShort ? entry(`${name}: `, first) : spreadField(name, entries);
}

/** The same with a line for each entry. */
export function spreadField(name: string, entries: readonly string[]): string {
  return [`${name}:`, ...entries.map((text) => listEntry(text))].join('\n');
}

/** A field whose entries may say what they are about. `read` is how such a mark is read again. */
export function markedField(name: string, entries: readonly (string | MarkedEntry)[], read: RegExp): string {
  if (entries.length === 0) return `${name}: none`;
  const lines = entries.map((one) => {
    if (typeof one !== 'string')
      return one.text === undefined ? `- ${one.mark}` : entry(`- ${one.mark}`, one.text);
    return listEntry(one, read);
  });
  return [`${name}:`, ...lines].join('\n');
}

export function isNone(text: string): boolean {
  return /^none\.?$/i.test(text.trim());
}

function listEntry(text: string, mark?: RegExp): string {
  const [first = ''] = text.split('\n', 1);
  return entry('- ', text, isDressed(first) || mark?.test(first) === true);
}

/** A blank line between others stays blank; at the end it would be lost. */
function entry(head: string, text: string, isMistaken = false): string {
  const [first = '', ...rest] = text.split('\n');
  const begins = isMistaken || first === '' || /^\s/.test(first) ? escaped(first) : written(first);
  const last = rest.findLastIndex((line) => line !== '');
  const lines = rest.map((line, index) =>
    line === '' ? (index > last ? `  ${escaped('')}` : '') : `  ${written(line)}`,
  );
  return [`${head}${begins}`, ...lines].join('\n');
}
