import { fenceOf, indentOf } from '../../contract/text/grammar.ts';
import { linesOf } from '../../contract/text/reading.ts';

/** A line of the text as it stands there; lines are counted from 0. */
export interface SourceLine {
  readonly line: number;
  readonly words: string;
}

/** An entry of a list, with a box or without, and what hangs below it. */
export interface Item {
  readonly line: number;
  readonly indent: number;
  readonly words: string;
  readonly box: 'open' | 'done' | 'none';
  /** Its further lines, without their indent. */
  readonly more: SourceLine[];
  readonly below: Item[];
}

/** A heading with the lists below it; the first one of a text has none. */
export interface Section {
  readonly heading: Heading | undefined;
  readonly items: Item[];
}

export interface Heading {
  readonly level: number;
  readonly words: string;
  readonly lines: readonly number[];
}

/** A Markdown text as headings and lists. Whatever is neither is `unclear`: each line that is not blank is somewhere. */
export interface Outline {
  readonly lines: readonly string[];
  readonly sections: readonly Section[];
  readonly unclear: readonly SourceLine[];
}

const hashed = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/;
/** What many write for a heading below all headings. */
const bold = /^ {0,3}(?:\*\*|__)([^*_].*?)(?:\*\*|__)[ \t]*:?[ \t]*$/;
const underline = /^ {0,3}(?:(=+)|-+)[ \t]*$/;
const rule = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const entry = /^[ \t]*(?:[-*+•]|\d{1,9}[.)])(?:[ \t]+|$)(?:\[([ xX✓✔])\](?:[ \t]+|$))?(.*)$/u;
/** A table, a quotation, HTML: no part of an entry above it. */
const otherBlock = /^ {0,3}(?:\||>|<)/;
const deepest = 7;

export function outlineOf(text: string): Outline {
  const lines = linesOf(text);
  const sections: Section[] = [{ heading: undefined, items: [] }];
  const unclear: SourceLine[] = [];
  let open: Item[] = [];
  let fence: string | undefined;
  let isAfterBlank = true;
  /** The line of a paragraph that an underline would make a heading. */
  let paragraph: SourceLine | undefined;
  const head = (heading: Heading): void => {
    sections.push({ heading, items: [] });
    open = [];
  };
  for (const [line, words] of lines.entries()) {
    const source = { line, words };
    const before = paragraph;
    paragraph = undefined;
    const mark = fenceOf(words);
    if (fence !== undefined || mark) {
      if (fence === undefined) fence = mark?.kind;
      else if (mark?.isBare === true && mark.kind === fence) fence = undefined;
      if (words.trim() !== '') unclear.push(source);
      open = [];
      continue;
    }
    if (words.trim() === '') {
      isAfterBlank = true;
      continue;
    }
    const isFirst = isAfterBlank;
    isAfterBlank = false;
    const hash = hashed.exec(words);
    const strong = bold.exec(words);
    const under = before && underline.exec(words);
    const found = rule.test(words) ? null : entry.exec(words);
    if (under) {
      unclear.pop();
      head({ level: under[1] ? 1 : 2, words: before.words.trim(), lines: [before.line, line] });
    } else if (hash?.[2]) head({ level: hash[1]?.length ?? 1, words: hash[2], lines: [line] });
    else if (strong?.[1]) head({ level: deepest, words: strong[1].replace(/:$/, ''), lines: [line] });
    else if (found) {
      const indent = indentOf(words);
      const item: Item = {
        line,
        indent,
        words: found[2]?.trim() ?? '',
        box: found[1] === undefined ? 'none' : found[1] === ' ' ? 'open' : 'done',
        more: [],
        below: [],
      };
      open = open.filter((above) => above.indent < indent);
      (open.at(-1)?.below ?? sections.at(-1)?.items)?.push(item);
      open.push(item);
    } else {
      const indent = indentOf(words);
      const isLazy = !isFirst && !otherBlock.test(words);
      const owner = open.findLast((above) => above.indent < indent) ?? (isLazy ? open.at(-1) : undefined);
      if (owner && !rule.test(words)) owner.more.push({ line, words: words.trim() });
      else {
        unclear.push(source);
        paragraph = rule.test(words) || otherBlock.test(words) ? undefined : source;
        open = [];
      }
    }
  }
  return { lines, sections, unclear };
}
