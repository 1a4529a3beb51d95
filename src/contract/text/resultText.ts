import type { DebugReport, Evidence, Flaw, ItemAnswer, OpenItem, Result, ResultDraft } from '../packets.ts';
import type { Field } from './grammar.ts';
import { listField, markedField, textField, type MarkedEntry } from './printing.ts';
import {
  entriesOf,
  linesOf,
  listOf,
  readFields,
  textOf,
  type PlacedEntry,
  type PlacedField,
} from './reading.ts';
import { taskField, taskIn, taskLine } from './task.ts';

const aboutEvidence =
  /^[*_`]{0,3}(?:TODO #?([1-9]\d{0,8})(?:[,;:]| -) ?)?DONE[- ]?WHEN #?([1-9]\d{0,8})[*_`]{0,3}(?: ?\([^()]{0,400}\))?[*_`]{0,3}(?: ?[:.)–-][*_`]{0,3} ?|$)/i;
const aboutItem = /^(?=\[[TD])\[(?:TODO #?([1-9]\d{0,8}))?(?:, ?)?(?:DONE[- ]?WHEN #?([1-9]\d{0,8}))?\] ?/i;
const aboutEarlier = /^(?:TODO )?#?([1-9]\d{0,8}) ?[:–-] ?(closed|done|still open|open)(?: ?[:,;–-] ?|$)/i;
const aboutBundle = /^(?:TODO )?#?([1-9]\d{0,8}) ?[:–-] ?(done|closed|still open|open)\.?$/i;

const aboutDebug = /^[*_`]{0,3}(BUG|ROOT|FIX|TEST|RESULT)[*_`]{0,3} ?[:–-][*_`]{0,3} ?/i;
const debugParts = ['bug', 'root', 'fix', 'test', 'result'] as const;

export const resultFields = [
  { name: 'RESULT', holds: 'head', also: ['RESULT FOR TASK', 'RESULT OF TASK'] },
  taskField,
  { name: 'OUTCOME', holds: 'word', also: ['STATUS'] },
  { name: 'SUMMARY', holds: 'text' },
  { name: 'EVIDENCE', holds: 'list', also: ['DONE-WHEN EVIDENCE'], mark: aboutEvidence },
  { name: 'FILES', holds: 'list', also: ['FILES CHANGED', 'CHANGED FILES'] },
  { name: 'PLAN-AFFECTED', holds: 'text', also: ['IS THE PLAN AFFECTED'] },
  { name: 'EARLIER-ITEMS', holds: 'list', mark: aboutEarlier },
  { name: 'BUNDLE', holds: 'list', mark: aboutBundle },
  { name: 'DEBUG', holds: 'list', also: ['DEBUG REPORT'], mark: aboutDebug },
  {
    name: 'STILL-OPEN',
    holds: 'list',
    also: ['WHAT IS STILL OPEN', 'WHATS STILL OPEN', 'OPEN ITEMS'],
    mark: aboutItem,
  },
] as const satisfies readonly Field[];

/** A result as a worker sends it: for which task. */
export interface SentResult {
  readonly task?: string;
  readonly packet: ResultDraft;
}

export interface ReadResult extends SentResult {
  readonly fields: readonly PlacedField[];
  /** What stands in it and cannot be read, so that it is not taken for said. */
  readonly unread: readonly Flaw[];
}

/** T4: a whole result as text; `parseResult` is the inverse. */
export function resultText({ task, packet }: { readonly task?: string; readonly packet: Result }): string {
  const { planAffected, earlierItems, bundle, open } = packet;
  return [
    'RESULT:',
    ...taskLine(task),
    textField('OUTCOME', packet.outcome),
    textField('SUMMARY', packet.summary),
    markedField('EVIDENCE', packet.evidence.map(evidenceEntry), aboutEvidence),
    listField('FILES', packet.files),
    textField('PLAN-AFFECTED', planText(planAffected)),
    ...(earlierItems.length === 0
      ? []
      : [markedField('EARLIER-ITEMS', earlierItems.map(earlierEntry), aboutEarlier)]),
    ...(bundle.length === 0
      ? []
      : ['BUNDLE:', ...bundle.map(({ todo, state }) => `- TODO ${todo}: ${state}`)]),
    ...(packet.debug ? [markedField('DEBUG', debugEntries(packet.debug), aboutDebug)] : []),
    open.length === 0 ? 'STILL-OPEN: Nothing' : markedField('STILL-OPEN', open.map(itemEntry), aboutItem),
  ].join('\n');
}

/** A result to be filled in: a line for each DONE-WHEN, each item of an earlier result, each TODO of a bundle. */
export function resultForm(
  task: string,
  asked: {
    readonly doneWhen: readonly { readonly todo?: number; readonly doneWhen: number }[];
    readonly earlier: readonly number[];
    readonly bundle: readonly number[];
    readonly debug?: boolean;
  },
): string {
  return [
    `RESULT:\nFOR-TASK: ${task}`,
    'OUTCOME: ',
    'SUMMARY: ',
    'EVIDENCE:',
    ...asked.doneWhen.map(({ todo, doneWhen }) => `- ${evidenceMark(todo, doneWhen)}`),
    'FILES:',
    '- ',
    'PLAN-AFFECTED: ',
    ...(asked.earlier.length === 0
      ? []
      : ['EARLIER-ITEMS:', ...asked.earlier.map((todo) => `- TODO ${todo}: `)]),
    ...(asked.bundle.length === 0 ? [] : ['BUNDLE:', ...asked.bundle.map((todo) => `- TODO ${todo}: `)]),
    ...(asked.debug ? ['DEBUG:', ...debugParts.map((part) => `- ${part.toUpperCase()}: `)] : []),
    'STILL-OPEN: ',
  ].join('\n');
}

export function parseResult(text: string): ReadResult {
  const fields = readFields(linesOf(text), resultFields);
  const unread: Flaw[] = [];
  const outcome = textOf(fields, 'OUTCOME') ?? textOf(fields, 'RESULT');
  const summary = textOf(fields, 'SUMMARY');
  const evidence = entriesOf(fields, 'EVIDENCE');
  const files = listOf(fields, 'FILES');
  const planAffected = textOf(fields, 'PLAN-AFFECTED');
  const stillOpen = openIn(entriesOf(fields, 'STILL-OPEN'));
  const earlierItems = told(fields, 'EARLIER-ITEMS', earlierIn, 'TODO 7: still open', unread);
  const bundle = told(fields, 'BUNDLE', bundleIn, 'TODO 7: done', unread);
  const debug = told(fields, 'DEBUG', debugIn, 'BUG: what was seen', unread);
  return {
    fields,
    unread,
    ...taskIn(fields),
    packet: {
      ...(outcome === undefined ? {} : { outcome }),
      ...(summary === undefined ? {} : { summary }),
      ...(evidence === undefined
        ? {}
        : { evidence: isNothingListed(fields, 'EVIDENCE') ? [] : evidence.map(evidenceIn) }),
      ...(files === undefined ? {} : { files }),
      ...(planAffected === undefined ? {} : { planAffected: planIn(planAffected) }),
      ...(stillOpen === undefined ? {} : { stillOpen }),
      ...(earlierItems === undefined ? {} : { earlierItems }),
      ...(bundle === undefined ? {} : { bundle }),
      ...(debug === undefined ? {} : { debug: Object.fromEntries(debug) }),
    },
  };
}

function isNothingListed(fields: readonly PlacedField[], name: string): boolean {
  return listOf(fields, name)?.length === 0;
}

function evidenceMark(todo: number | undefined, doneWhen: number): string {
  return `${todo === undefined ? '' : `TODO ${todo}, `}DONE-WHEN ${doneWhen}: `;
}

function evidenceEntry({ todo, doneWhen, shows }: Evidence): MarkedEntry {
  return { mark: evidenceMark(todo, doneWhen), text: shows };
}

/** Evidence that names no DONE-WHEN is for the one whose number it stands under. */
function evidenceIn({ mark, number, text }: PlacedEntry): Partial<Evidence> {
  const todo = mark?.[1] === undefined ? {} : { todo: Number(mark[1]) };
  const named = mark?.[2] === undefined ? number : Number(mark[2]);
  return { ...todo, ...(named === undefined || named < 1 ? {} : { doneWhen: named }), shows: text };
}

function planText({ affected, why }: Result['planAffected']): string {
  const word = affected ? 'yes' : 'no';
  return why === '' ? word : `${word}: ${why}`;
}

function planIn(text: string): ResultDraft['planAffected'] {
  const found = /^(yes|no)(?:$|: ?)/.exec(text);
  return found ? { affected: found[1] === 'yes', why: text.slice(found[0].length) } : text;
}

function itemEntry({ words, todo, doneWhen }: OpenItem): string | MarkedEntry {
  if (todo === undefined && doneWhen === undefined) return words;
  const about = [
    ...(todo === undefined ? [] : [`TODO ${todo}`]),
    ...(doneWhen === undefined ? [] : [`DONE-WHEN ${doneWhen}`]),
  ];
  return { mark: `[${about.join(', ')}] `, text: words };
}

/** The word alone goes on as it is written, so that the rules judge it; a list goes on as a list. */
function openIn(entries: readonly PlacedEntry[] | undefined): ResultDraft['stillOpen'] {
  const [only] = entries ?? [];
  if (entries?.length === 1 && only && !only.isListed) return only.text;
  return entries?.map(({ mark, text }) => ({
    words: text,
    ...(mark?.[1] === undefined ? {} : { todo: Number(mark[1]) }),
    ...(mark?.[2] === undefined ? {} : { doneWhen: Number(mark[2]) }),
  }));
}

function earlierEntry({ todo, closed, evidence }: ItemAnswer): MarkedEntry {
  const mark = `TODO ${todo}: ${closed ? 'closed' : 'still open'}`;
  return evidence === undefined ? { mark } : { mark: `${mark}: `, text: evidence };
}

function earlierIn({ mark, text, isEscaped }: PlacedEntry): ItemAnswer | undefined {
  if (!mark) return undefined;
  const evidence = text === '' && !isEscaped ? {} : { evidence: text };
  return { todo: Number(mark[1]), closed: /^(?:closed|done)$/i.test(mark[2] ?? ''), ...evidence };
}

function bundleIn({ mark, text }: PlacedEntry): Result['bundle'][number] | undefined {
  if (!mark || text !== '') return undefined;
  return { todo: Number(mark[1]), state: /open$/i.test(mark[2] ?? '') ? 'open' : 'done' };
}

function debugEntries(debug: DebugReport): readonly MarkedEntry[] {
  return debugParts.map((part) => ({ mark: `${part.toUpperCase()}: `, text: debug[part] }));
}

function debugIn({ mark, text }: PlacedEntry): readonly [string, string] | undefined {
  return mark?.[1] === undefined ? undefined : [mark[1].toLowerCase(), text];
}

function told<T>(
  fields: readonly PlacedField[],
  name: 'EARLIER-ITEMS' | 'BUNDLE' | 'DEBUG',
  read: (entry: PlacedEntry) => T | undefined,
  better: string,
  unread: Flaw[],
): T[] | undefined {
  const entries = entriesOf(fields, name);
  if (entries === undefined || isNothingListed(fields, name)) return undefined;
  return entries.flatMap((entry): T[] => {
    const found = read(entry);
    if (found !== undefined) return [found];
    unread.push({
      field: name,
      words: entry.text,
      why: `This line of ${name} does not say what became of which TODO.`,
      better,
    });
    return [];
  });
}
