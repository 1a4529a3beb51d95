import { conflictsOf, frozenSide } from '../dispute.ts';
import { gateReasons, type Reason } from '../gate.ts';
import { interruptsOf } from '../interrupts.ts';
import { short } from '../labels.ts';
import { openOrchestration, type State } from '../state.ts';
import { at } from '../table.ts';
import { inbox, type InboxEntry, type InboxKind } from './inbox.ts';
import { nextAction } from './nextAction.ts';
import { startup, startupWords } from './startup.ts';
import { visible } from './visible.ts';
import { missingRoles, workerRows, type WorkerRow, type WorkerStanding } from './workerRows.ts';

/** Lines, whatever there is to tell (P10). */
export const mostLines = 20;
/** Names of one kind that stand in the line of the gate; the rest is counted. */
const mostRuns = 20;

/** What a summary needs beside the state: the time, and who was heard of when, in epoch milliseconds. */
export interface Moment {
  readonly now: number;
  readonly lateAfterMinutes: number;
  readonly heard: (worker: number) => number | undefined;
}

/**
 * P1, P10: how all of it stands in at most twenty lines: the gate with everything that shuts it, the one next thing,
 * what wants a word, and a line for each worker, who needs something first. What does not fit is counted by its kind,
 * and called healthy only where it is.
 */
export function syncStatus(state: State, moment: Moment): readonly string[] {
  const open = openOrchestration(state);
  const begun = startup(state, moment.now, moment.lateAfterMinutes);
  const missing = missingRoles(state);
  const head = [
    open ? `OBJECTIVE: ${one(open.objective, 160)}` : 'No orchestration is open.',
    ...gateLine(state),
    ...(begun?.late === true ? [`START: ${begun.call ?? startupWords(begun)}`] : []),
    ...(missing.length === 0 ? [] : [`NO WORKER FOR: ${few(missing.map((role) => one(role, 40)))}`]),
    `NEXT: ${one(nextAction(state).sentence, 200)}`,
  ];
  const waits = inbox(state);
  const rows = workerRows(state).toSorted((left, right) => urgency(state, left) - urgency(state, right));
  const room = mostLines - head.length - 2;
  const forWaits = Math.max(Math.floor(room / 2), room - Math.max(rows.length, 1));
  const waiting = cut(
    waits.map((entry) => waitLine(entry, moment.now)),
    forWaits,
    (from) => moreWaits(waits.slice(from)),
  );
  const workers = cut(
    rows.map((row) => workerLine(state, row, moment)),
    room - waiting.length,
    (from) => moreWorkers(state, rows.slice(from)),
  );
  return [
    ...head,
    waitHead(state, waits),
    ...waiting,
    rows.length === 0 ? 'WORKERS: none' : `WORKERS: ${rows.length}`,
    ...workers,
  ];
}

/** T5: every reason, by its kind and what it is about; nothing that shuts the gate is left out. */
function gateLine(state: State): readonly string[] {
  if (!openOrchestration(state) && state.instructed.length === 0) return [];
  const reasons = gateReasons(state);
  if (reasons.length === 0) return ['GATE: open'];
  const kinds = new Map<string, Reason[]>();
  for (const reason of reasons) kinds.set(reason.code, [...(kinds.get(reason.code) ?? []), reason]);
  const said = [...kinds].map(([code, found]) => {
    const [first] = found;
    const thing = { todo: 'TODO', result: 'result', question: 'question', conflict: 'conflict' };
    const what = first && first.about.kind !== 'instruction' ? ` ${thing[first.about.kind]}` : '';
    return `${gateWords[code] ?? code}${what} ${runs(found.map(({ about }) => about.n))}`;
  });
  return [`GATE: shut by ${reasons.length}: ${said.join('; ')}`];
}

const gateWords: Readonly<Record<string, string>> = {
  instruction: 'instruction',
  'in-review': 'in review',
  live: 'live',
  unreconciled: 'to reconcile',
  deferred: 'passed over',
  'open-item': 'still open',
  waiting: 'not done',
  'late-item': 'items of late',
  'plan-affected': 'plan affected by',
  conflict: 'open',
};

/** "1, 3 to 7, 9"; of very many the last ones are counted. */
function runs(numbers: readonly number[]): string {
  const found: { from: number; to: number; count: number }[] = [];
  for (const n of numbers.toSorted((left, right) => left - right)) {
    const last = found.at(-1);
    if (last && n <= last.to + 1) {
      last.to = n;
      last.count += 1;
    } else found.push({ from: n, to: n, count: 1 });
  }
  const rest = found.slice(mostRuns).reduce((sum, { count }) => sum + count, 0);
  return [
    ...found.slice(0, mostRuns).map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`)),
    ...(rest === 0 ? [] : [`and ${rest} more up to ${found.at(-1)?.to ?? ''}`]),
  ].join(', ');
}

/** What only the user settles, whoever has the seat. */
const usersAlone: ReadonlySet<InboxKind> = new Set(['instruction', 'command', 'proposal']);

function waitHead({ seat }: State, waits: readonly InboxEntry[]): string {
  if (waits.length === 0) return 'NEEDS A WORD: nothing';
  const alone = waits.filter(({ kind }) => usersAlone.has(kind)).length;
  if (!seat) return `NEEDS YOUR WORD: ${waits.length}`;
  return `NEEDS A WORD: ${waits.length}, ${alone} of them the user’s alone`;
}

function waitLine({ kind, n, title, detail, since }: InboxEntry, now: number): string {
  const aged = since > 0 ? `, ${age(since, now)}` : '';
  return `- ${kindWords(kind)} ${n}: ${one(title, 120)} (${one(detail, 80)}${aged})`;
}

function moreWaits(rest: readonly InboxEntry[]): string {
  const counts = new Map<InboxKind, number>();
  for (const { kind } of rest) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return `- and ${rest.length} more: ${[...counts].map(([kind, count]) => `${count} ${kindWords(kind)}`).join(', ')}`;
}

function kindWords(kind: InboxKind): string {
  return kind.replace('-', ' ');
}

/** Who needs somebody first; the idle last. */
const standings: readonly WorkerStanding[] = [
  'ended without a result',
  'over its budget',
  'silent',
  'asks',
  'not acknowledged',
  'in review',
  'working',
  'idle',
];
const healthy: ReadonlySet<WorkerStanding> = new Set(['in review', 'working', 'idle']);

function isHealthy(state: State, row: WorkerRow): boolean {
  return healthy.has(row.standing) && frozenIn(state, row).length === 0;
}

function urgency(state: State, row: WorkerRow): number {
  return standings.indexOf(row.standing) - (isHealthy(state, row) ? 0 : standings.length);
}

/** The conflicts in which it is held up. */
function frozenIn(state: State, { dispatch, worker }: WorkerRow): readonly number[] {
  if (!dispatch) return [];
  return conflictsOf(state, dispatch.n).flatMap((conflict) => {
    const frozen = frozenSide(conflict);
    return frozen.kind === 'worker' && frozen.worker === worker.n ? [conflict.n] : [];
  });
}

function workerLine(state: State, row: WorkerRow, { now, heard }: Moment): string {
  const { worker, standing, dispatch } = row;
  const contact = heard(worker.n);
  const [first] = dispatch?.todos ?? [];
  const task = first === undefined ? undefined : at(state.todos, first)?.packet?.task;
  const interrupts = interruptsOf(state, worker.n, now);
  const todos = dispatch ? ` on TODO ${dispatch.todos.join(', ')}` : '';
  const frozen = frozenIn(state, row);
  return [
    `- ${one(worker.name, 40)}, ${one(worker.role, 40)}: ${standing}${todos}${task === undefined ? '' : ` “${one(task, 50)}”`}`,
    ...(frozen.length === 0 ? [] : [`frozen by conflict ${frozen.join(', ')}`]),
    ...(dispatch ? [`for ${age(dispatch.at, now)}`] : []),
    ...(contact === undefined ? [] : [`heard ${age(contact, now)} ago`]),
    ...(dispatch?.progress ? [`said “${one(dispatch.progress.text, 50)}”`] : []),
    ...(interrupts === 0 ? [] : [interrupts === 1 ? '1 interrupt' : `${interrupts} interrupts`]),
  ].join(', ');
}

function moreWorkers(state: State, rest: readonly WorkerRow[]): string {
  const ill = rest.filter((row) => !isHealthy(state, row)).length;
  const idle = rest.filter(({ standing }) => standing === 'idle').length;
  const calm = state.instructed.length > 0 && idle < rest.length ? 'stopped by the instruction' : 'healthy';
  const how = ill === 0 ? calm : `${ill} of them not healthy`;
  return `- and ${rest.length} more, ${how}${idle === 0 ? '' : `, ${idle} idle`}`;
}

/** At most so many lines; the last one tells of what is left out. */
function cut(lines: readonly string[], most: number, more: (from: number) => string): readonly string[] {
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), more(most - 1)];
}

function few(names: readonly string[]): string {
  const [shown, rest] = [names.slice(0, 5), names.length - 5];
  return `${shown.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`;
}

/** One line in which nothing is hidden, and that passes for no other. */
function one(text: string, most: number): string {
  return visible(short(text, most));
}

function age(from: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - from) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
