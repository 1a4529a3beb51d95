import type { PacketDraft, Priority } from '../../contract/packets.ts';
import { outlineOf, type Heading, type Item, type Section, type SourceLine } from './outline.ts';

/** A task as it was found: its words, and what of the other fields stands below it. */
export interface FoundTask {
  readonly draft: PacketDraft;
  readonly lines: readonly number[];
}

export interface FoundStep {
  /** Its heading, behind those that it stands below. */
  readonly title: string;
  readonly tasks: readonly FoundTask[];
  readonly lines: readonly number[];
}

/**
 * What a person had already, as plan and list: headings are steps, entries below them their tasks, a list without a
 * heading is work for the list. What is ticked is done. Each line that is not blank is in one of them, or unclear.
 */
export interface FoundPlan {
  readonly title?: { readonly words: string; readonly lines: readonly number[] };
  readonly steps: readonly FoundStep[];
  readonly todos: readonly FoundTask[];
  readonly done: readonly SourceLine[];
  readonly unclear: readonly SourceLine[];
}

export function planOf(text: string): FoundPlan {
  const { lines, sections, unclear } = outlineOf(text);
  const done = new Set<number>();
  const left = new Set(unclear.map(({ line }) => line));
  const found = sections.map((section) => ({ section, tasks: tasksOf(section.items, done, left) }));
  const top = titleOf(sections);
  const steps: FoundStep[] = [];
  for (const [index, { section, tasks }] of found.entries()) {
    const { heading, items } = section;
    if (!heading || heading === top) continue;
    const path = [...above(sections, index, top), heading];
    const title = path.map(({ words }) => words).join(': ');
    const own = path.flatMap(({ lines: ofHeading }) => ofHeading);
    const isLeaf = items.length === 0 && !isAbove(sections, index);
    if (tasks.length > 0) steps.push({ title, tasks, lines: own });
    else if (isLeaf)
      steps.push({ title, tasks: [{ draft: { task: heading.words }, lines: [] }], lines: own });
    else if (items.length > 0) for (const line of heading.lines) kept(items, done, line, left);
    // Above others it stands in the title of each of them.
    else if (!leadsOn(sections, index, found)) for (const line of heading.lines) left.add(line);
  }
  const sourceOf = (line: number): SourceLine => ({ line, words: lines[line] ?? '' });
  const inOrder = (numbers: ReadonlySet<number>): readonly SourceLine[] =>
    [...numbers].sort((one, other) => one - other).map(sourceOf);
  return {
    ...(top ? { title: { words: top.words, lines: top.lines } } : {}),
    steps,
    todos: found[0]?.section.heading ? [] : (found[0]?.tasks ?? []),
    done: inOrder(done),
    unclear: inOrder(left),
  };
}

/** A heading of which nothing is left to do is done with its entries, or as unclear as they are. */
function kept(items: readonly Item[], done: Set<number>, line: number, left: Set<number>): void {
  if (items.some((item) => done.has(item.line))) done.add(line);
  else left.add(line);
}

/** The one heading above all others, without a list of its own: what the text is about. */
function titleOf(sections: readonly Section[]): Heading | undefined {
  const [first, second, ...others] = sections.filter(({ heading }) => heading);
  if (!first?.heading || !second?.heading || first.items.length > 0) return undefined;
  const { level } = first.heading;
  const isAlone = [second, ...others].every(({ heading }) => heading && heading.level > level);
  return isAlone ? first.heading : undefined;
}

/** The headings that one stands below, from the top. */
function above(sections: readonly Section[], index: number, top: Heading | undefined): readonly Heading[] {
  const path: Heading[] = [];
  let level = sections[index]?.heading?.level ?? 0;
  for (let at = index - 1; at >= 0; at -= 1) {
    const heading = sections[at]?.heading;
    if (!heading || heading.level >= level) continue;
    level = heading.level;
    if (heading !== top) path.unshift(heading);
  }
  return path;
}

function isAbove(sections: readonly Section[], index: number): boolean {
  const next = sections[index + 1]?.heading;
  return next !== undefined && next.level > (sections[index]?.heading?.level ?? 0);
}

/** Whether a heading without a list stands in the title of a step. */
function leadsOn(
  sections: readonly Section[],
  index: number,
  found: readonly { readonly tasks: readonly FoundTask[] }[],
): boolean {
  const level = sections[index]?.heading?.level ?? 0;
  for (let at = index + 1; at < sections.length; at += 1) {
    const section = sections[at];
    if (!section?.heading || section.heading.level <= level) return false;
    const isLeaf = section.items.length === 0 && !isAbove(sections, at);
    if (isLeaf || (found[at]?.tasks.length ?? 0) > 0) return true;
  }
  return false;
}

/** A task for each entry that is not done. */
function tasksOf(items: readonly Item[], done: Set<number>, left: Set<number>): FoundTask[] {
  return items.flatMap((item) => {
    if (item.box === 'done') return [...doneWith(item, done, left)];
    if (item.words === '') {
      for (const line of [item.line, ...item.more.map((one) => one.line)]) left.add(line);
      return tasksOf(item.below, done, left);
    }
    const lines = ownLines(item);
    const draft: Writable = { task: wordsOf(item) };
    const besides: FoundTask[] = [];
    for (const below of item.below) besides.push(...fieldOf(below, { draft, lines, done, left }));
    const named = pathsIn(draft.task ?? '');
    if (!draft.scope && named.length > 0) draft.scope = named;
    return [{ draft, lines }, ...besides];
  });
}

type Writable = { -readonly [K in keyof PacketDraft]: PacketDraft[K] };

interface Task {
  readonly draft: Writable;
  readonly lines: number[];
  readonly done: Set<number>;
  readonly left: Set<number>;
}

/** What is ticked is done with all below it, but for what is expressly not. */
function doneWith(item: Item, done: Set<number>, left: Set<number>): readonly FoundTask[] {
  for (const line of ownLines(item)) done.add(line);
  return item.below.flatMap((below) =>
    below.box === 'open' ? tasksOf([below], done, left) : doneWith(below, done, left),
  );
}

const field =
  /^[*_]{0,3}(scope|files?|not[- ]your[- ]job|out of scope|done[- ]when|acceptance(?: criteria)?|verify|tests?|priority)[*_]{0,3}[ \t]*:[*_]{0,3}[ \t]*(.*)$/is;
const fields = [
  ['scope', /^(?:scope|files?)$/i],
  ['notYourJob', /^(?:not|out)/i],
  ['doneWhen', /^(?:done|acc)/i],
  ['verify', /^(?:verify|test)/i],
] as const;

/** What stands below an entry: a field by its name, else what has to hold when it is done. */
function fieldOf(item: Item, task: Task): readonly FoundTask[] {
  const { draft, lines, done, left } = task;
  if (item.box === 'done') return doneWith(item, done, left);
  const words = wordsOf(item);
  const [, name = '', value = ''] = field.exec(words) ?? [];
  const key = fields.find(([, form]) => form.test(name))?.[0] ?? 'doneWhen';
  const priority = /^(high|normal|low)\.?$/i.exec(value.trim())?.[1];
  if (/^priority$/i.test(name) && priority) draft.priority = priority.toLowerCase() as Priority;
  else {
    const said = name === '' || /^priority$/i.test(name) ? words : value;
    const entries = key === 'scope' ? said.split(',') : [said];
    const plain = entries.map((one) => (key === 'scope' ? one.trim().replace(/^`(.*)`$/, '$1') : one.trim()));
    const kept = [...(draft[key] ?? []), ...plain.filter((one) => one !== '')];
    if (kept.length > 0) draft[key] = kept;
  }
  if (words === '') left.add(item.line);
  else lines.push(...ownLines(item));
  return item.below.flatMap((below) => {
    if (name === '' || below.box === 'done') return fieldOf(below, task);
    return fieldOf({ ...below, words: `${name}: ${below.words}` }, task);
  });
}

function ownLines(item: Item): number[] {
  return [item.line, ...item.more.map(({ line }) => line)];
}

function wordsOf({ words, more }: Item): string {
  return [words, ...more.map((one) => one.words)].filter((one) => one !== '').join('\n');
}

/** Files that the words of a task name as code. */
function pathsIn(words: string): string[] {
  const named = [...words.matchAll(/`([^`\s]+)`/g)].flatMap(([, name = '']) =>
    /^[\w@.-]+(?:\/[\w@.*-]+)+\/?$|^[\w-]+\.[a-z]\w{0,4}$/i.test(name) ? [name] : [],
  );
  return [...new Set(named)];
}
