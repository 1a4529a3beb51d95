import { readLine, type ReadLine } from './escapes.ts';
import {
  bulletOf,
  fenceOf,
  headingOf,
  indentOf,
  namesOf,
  outdented,
  type Field,
  type Heading,
  type Names,
} from './grammar.ts';
import { isNone } from './printing.ts';
import { closingFences, lastFences, unquoted } from './wrapping.ts';

/** One entry of a field as it stands in the text; lines count from 0, the last one included. */
export interface PlacedEntry {
  readonly text: string;
  readonly line: number;
  readonly lastLine: number;
  /** The number it was listed under. */
  readonly number?: number;
  /** What its mark says, where it begins with one. */
  readonly mark?: RegExpExecArray;
  /** Whether it was written as an entry of its own, after a bullet or a number. */
  readonly isListed: boolean;
  readonly isEscaped: boolean;
}

export interface PlacedField<N extends string = string> {
  readonly name: N;
  readonly line: number;
  readonly label?: string;
  readonly entries: readonly PlacedEntry[];
}

interface OpenEntry {
  readonly lines: ReadLine[];
  readonly line: number;
  lastLine: number;
  readonly indent: number;
  readonly width: number;
  readonly number?: number;
  readonly mark?: RegExpExecArray;
  readonly isListed: boolean;
}

interface OpenField<N extends string> {
  readonly heading: Heading<N>;
  readonly line: number;
  readonly entries: OpenEntry[];
}

export function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/);
}

/**
 * The fields of a text as a person or an agent writes them, whatever stands around them: headings in any case,
 * bold, numbered or with hashes; a code fence or a block quote around the whole; CRLF. One pass over the lines.
 */
export function readFields<N extends string>(
  lines: readonly string[],
  fields: readonly Field<N>[],
  firstLine = 0,
): readonly PlacedField<N>[] {
  const reader = new Reader(namesOf(fields), lines);
  reader.read();
  return reader.fields.map((field) => placed(field, firstLine));
}

class Reader<N extends string> {
  readonly fields: OpenField<N>[] = [];
  readonly #names: Names<N>;
  readonly #lines: readonly string[];
  #open: OpenField<N> | undefined;
  #style: Heading<N>['style'] | undefined;
  /** Where the code fence around the whole ends. */
  #end: number | undefined;

  constructor(names: Names<N>, lines: readonly string[]) {
    this.#names = names;
    this.#lines = unquoted(lines, names);
  }

  read(): void {
    const closing = closingFences(this.#lines);
    const last = lastFences(this.#lines);
    for (let index = 0; index < this.#lines.length; index += 1) {
      const line = this.#lines[index] ?? '';
      if (index === this.#end) {
        this.#open = undefined;
        continue;
      }
      if (this.#continues(line, index)) continue;
      const fence = fenceOf(line);
      if (!fence) this.#take(line, index);
      else if (!this.#open) this.#end ??= last.get(fence.kind) ?? index;
      else index = this.#fenced(index, closing[index] ?? index);
    }
  }

  /** A line that stands deeper than its entry, or is blank, goes on with it word for word. */
  #continues(line: string, index: number): boolean {
    const last = this.#open?.entries.at(-1);
    if (!this.#open || !last) return this.#open !== undefined && line.trim() === '';
    if (line.trim() === '') {
      last.lines.push({ text: '', isEscaped: false });
      return true;
    }
    if (indentOf(line) < last.indent + 2) return false;
    const { holds } = this.#open.heading.field;
    if (holds === 'list' && !last.isListed && bulletOf(line)) return false;
    last.lines.push(readLine(outdented(line, last.width)));
    last.lastLine = index;
    return true;
  }

  #take(line: string, index: number): void {
    const open = this.#open;
    const isInside = open !== undefined && indentOf(line) >= open.heading.indent + 2;
    const heading = isInside ? undefined : headingOf(line, this.#names);
    if (heading && this.#isMeant(heading)) {
      this.#style ??= heading.style;
      this.#open = { heading, line: index, entries: [] };
      this.fields.push(this.#open);
      const { indent, inline, field } = heading;
      if (inline !== '') this.#begin(inline, index, { indent, width: indent + 2 });
      if (field.holds === 'head') this.#open = undefined;
      return;
    }
    if (!open) return;
    const last = open.entries.at(-1);
    const { holds } = open.heading.field;
    const bullet = holds === 'list' ? bulletOf(line) : undefined;
    const indent = indentOf(line);
    if (bullet) this.#begin(bullet.rest, index, { indent, ...bullet, isListed: true });
    else if (!last)
      this.#begin(line.trimStart(), index, { indent: this.#indentOfFirst(indent), width: indent });
    else if (holds === 'text') this.#goOn(last, line, index, open.heading.indent);
    else if (holds === 'list') {
      const isLine = !last.isListed && last.line !== open.line;
      if (isLine) this.#begin(line.trimStart(), index, { indent: last.indent, width: indent });
      else this.#goOn(last, line, index, last.indent);
    }
  }

  /** Behind a bullet only where the first heading stood behind one too, or where it is dressed as one. */
  #isMeant({ style, isDressed }: Heading<N>): boolean {
    return style === 'plain' || isDressed || style === (this.#style ?? style);
  }

  /** A text that begins below its heading is measured from the heading, so that all its lines are read alike. */
  #indentOfFirst(indent: number): number {
    return this.#open?.heading.field.holds === 'text' ? this.#open.heading.indent : indent;
  }

  #begin(
    words: string,
    line: number,
    how: { indent: number; width: number; number?: number; isListed?: boolean },
  ): void {
    const mark = this.#open?.heading.field.mark?.exec(words) ?? undefined;
    this.#open?.entries.push({
      lines: [readLine(mark ? words.slice(mark[0].length) : words)],
      line,
      lastLine: line,
      indent: how.indent,
      width: how.width,
      ...(how.number === undefined ? {} : { number: how.number }),
      ...(mark ? { mark } : {}),
      isListed: how.isListed === true,
    });
  }

  #goOn(entry: OpenEntry, line: string, index: number, columns: number): void {
    entry.lines.push(readLine(outdented(line, columns)));
    entry.lastLine = index;
  }

  /** A fence inside a field: its lines are nobody's headings. One without an end says nothing. */
  #fenced(from: number, to: number): number {
    const open = this.#open;
    if (!open || to === from || (this.#end !== undefined && from < this.#end && to >= this.#end)) return from;
    const last = open.entries.at(-1);
    if (last) {
      for (let index = from; index <= to; index += 1)
        this.#goOn(last, this.#lines[index] ?? '', index, open.heading.indent);
    } else if (open.heading.field.holds === 'text') {
      this.#begin(this.#lines[from] ?? '', from, { indent: open.heading.indent, width: open.heading.indent });
      const begun = open.entries.at(-1);
      for (let index = from + 1; begun && index <= to; index += 1)
        this.#goOn(begun, this.#lines[index] ?? '', index, open.heading.indent);
    } else {
      for (let index = from + 1; index < to; index += 1) {
        const line = this.#lines[index] ?? '';
        if (line.trim() !== '')
          this.#begin(bulletOf(line)?.rest ?? line.trim(), index, {
            indent: open.heading.indent,
            width: open.heading.indent,
          });
      }
    }
    return to;
  }
}

function placed<N extends string>(
  { heading, line, entries }: OpenField<N>,
  firstLine: number,
): PlacedField<N> {
  const { field, label } = heading;
  return {
    name: field.name,
    line: firstLine + line,
    ...(label === undefined ? {} : { label }),
    entries: entries.flatMap((entry): PlacedEntry[] => {
      const { lines, number, mark, isListed } = entry;
      const isBlank = (one: ReadLine | undefined): boolean =>
        one !== undefined && !one.isEscaped && one.text.trim() === '';
      let to = lines.length;
      while (to > 0 && isBlank(lines[to - 1])) to -= 1;
      let from = 0;
      while (from < to && isBlank(lines[from])) from += 1;
      if (from === to && !mark) return [];
      return [
        {
          text: lines
            .slice(from, to)
            .map(({ text }) => text)
            .join('\n'),
          line: firstLine + entry.line,
          lastLine: firstLine + entry.lastLine,
          ...(number === undefined ? {} : { number }),
          ...(mark ? { mark } : {}),
          isListed,
          isEscaped: lines[0]?.isEscaped === true,
        },
      ];
    }),
  };
}

/** The entries of a field, wherever it stands; a list that says `none` and nothing else is empty. */
export function entriesOf<N extends string>(
  fields: readonly PlacedField<N>[],
  name: N,
): readonly PlacedEntry[] | undefined {
  const found = fields.filter((field) => field.name === name).flatMap(({ entries }) => entries);
  return found.length === 0 ? undefined : found;
}

export function listOf<N extends string>(fields: readonly PlacedField<N>[], name: N): string[] | undefined {
  const found = entriesOf(fields, name);
  const [only] = found ?? [];
  if (found?.length === 1 && only && !only.isListed && !only.isEscaped && isNone(only.text)) return [];
  return found?.map(({ text }) => text);
}

export function textOf<N extends string>(fields: readonly PlacedField<N>[], name: N): string | undefined {
  return entriesOf(fields, name)
    ?.map(({ text }) => text)
    .join('\n');
}
