/**
 * How a field is written: a text of any lines, a list of entries, one word (what follows is not read), or a head,
 * which names the packet and holds nothing but what stands behind it.
 */
type Holds = 'text' | 'list' | 'word' | 'head';

/** A field of a packet as text, by its own name and by the names that people give it. */
export interface Field<N extends string = string> {
  readonly name: N;
  readonly holds: Holds;
  readonly also?: readonly string[];
  /** What an entry may begin with to say what it is about; anchored, and apart from the entry's own words. */
  readonly mark?: RegExp;
}

export interface Heading<N extends string> {
  readonly field: Field<N>;
  readonly indent: number;
  /** What stood before the name: behind a bullet it may be an entry that happens to begin like a heading. */
  readonly style: 'plain' | 'bullet' | 'number';
  /** Whether it is set off by asterisks or underlines. */
  readonly isDressed: boolean;
  /** A number behind the name, as in `RESULT 7.1`. */
  readonly label?: string;
  readonly inline: string;
}

const heading =
  /^([ \t]*)(#{1,6}[ \t]+)?((?:[-*+•]|\d{1,3}[.)])[ \t]+)?([*_`]{0,3})(\p{L}[\p{L}'’ _-]{1,40}?)(?: #?(\d{1,9}(?:\.\d{1,9})?))?(?: \([^()]{0,60}\))?\??([*_`]{0,3})[ \t]?(?:([:\uff1a])(.*))?$/u;

export type Names<N extends string> = ReadonlyMap<string, Field<N>>;

export function namesOf<N extends string>(fields: readonly Field<N>[]): Names<N> {
  return new Map(
    fields.flatMap((field) => [field.name, ...(field.also ?? [])].map((name) => [bare(name), field])),
  );
}

const bare = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}]/gu, '');

/** A line that names a field: `TASK: …`, `**Task:** …`, `## Task`, `1. task: …`. */
export function headingOf<N extends string>(line: string, names: Names<N>): Heading<N> | undefined {
  const found = heading.exec(line);
  if (!found) return undefined;
  const [
    ,
    space = '',
    hashes = '',
    bullet = '',
    opener = '',
    name = '',
    label,
    closer = '',
    colon,
    rest = '',
  ] = found;
  const field = names.get(bare(name));
  if (!field) return undefined;
  // Without a colon it is a heading only where it is dressed as one.
  if (colon === undefined && hashes === '' && (opener === '' || closer === '')) return undefined;
  const isOpen = opener !== '' && closer === '' && rest.startsWith(opener);
  return {
    field,
    indent: widthOf(space),
    style: bullet === '' ? 'plain' : /^\d/.test(bullet) ? 'number' : 'bullet',
    isDressed: /^[*_]/.test(opener),
    ...(label === undefined ? {} : { label }),
    inline: (isOpen ? rest.slice(opener.length) : rest).trimStart(),
  };
}

export interface Bullet {
  /** Up to the entry's own words. */
  readonly width: number;
  readonly number?: number;
  readonly rest: string;
}

export function bulletOf(line: string): Bullet | undefined {
  const found = /^[ \t]*(?:[-*+•]|(\d{1,3})[.)])(?:[ \t]+|$)/.exec(line);
  if (!found) return undefined;
  const number = found[1] === undefined ? {} : { number: Number(found[1]) };
  return { width: widthOf(found[0]), ...number, rest: line.slice(found[0].length) };
}

/** A line that opens a code fence, or closes one where it is bare. */
export function fenceOf(line: string): { readonly kind: string; readonly isBare: boolean } | undefined {
  const found = /^ {0,3}(`{3,20}|~{3,20})([^`]*)$/.exec(line);
  return found ? { kind: found[1]?.charAt(0) ?? '', isBare: found[2]?.trim() === '' } : undefined;
}

const tab = 4;

function widthOf(space: string): number {
  let width = 0;
  for (const character of space) width += character === '\t' ? tab : 1;
  return width;
}

export function indentOf(line: string): number {
  return widthOf(/^[ \t]*/.exec(line)?.[0] ?? '');
}

/** The line without so many columns of its indent. */
export function outdented(line: string, columns: number): string {
  let left = columns;
  let from = 0;
  while (left > 0 && (line[from] === ' ' || line[from] === '\t')) {
    left -= line[from] === '\t' ? tab : 1;
    from += 1;
  }
  return line.slice(from);
}
