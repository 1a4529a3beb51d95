import type { Act } from '../../contract/acts.ts';
import { longestWords } from '../../contract/acts.ts';
import type { Actor } from '../../contract/actor.ts';
import { longestText, questionDraft, resultDraft, type Flaw } from '../../contract/packets.ts';
import { refusal, type Refusal } from '../../contract/refusal.ts';
import type { PlacedField } from '../../contract/text/reading.ts';
import { shownText } from '../../contract/text/shown.ts';
import { parseWorkerText, type WorkerText } from '../../contract/text/workerText.ts';
import { isRefused } from '../../core/decision.ts';
import { isBlank, workerName } from '../../core/labels.ts';
import { decide } from '../../core/orchestration.ts';
import type { State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { taskOf, type TaskName } from '../../core/task.ts';
import { visible } from '../../core/views/visible.ts';
import { plainWorkspace } from '../../core/workspace.ts';
import { sent as words } from '../byHand/sentences.ts';

/** Which worker sent it, and the dispatch it is for where the text names none. */
export interface Sender {
  readonly worker: number;
  readonly dispatch: number;
}

/** What a worker's text comes to. */
export interface ReadSent {
  readonly kind?: WorkerText['kind'];
  readonly fields: readonly PlacedField[];
  readonly act?: Act;
  /** What is missing or cannot be read, by its field. */
  readonly flaws: readonly Flaw[];
  /** Why it cannot be entered as it stands, whatever its fields hold. */
  readonly refusal?: Refusal;
}

/** Reads a worker's text as the act it asks for, judged by the rules without doing it. */
export function readSent(
  state: State,
  sender: Sender,
  text: string,
  folders: readonly string[] = [],
): ReadSent {
  const read = parseWorkerText(text);
  if (!read) return { fields: [], flaws: [unread], refusal: words.unread };
  const { kind, fields } = read;
  const task = taskMeant(state, sender, read.task);
  if ('code' in task) return { kind, fields, flaws: [], refusal: task };
  const act = actOf(task, read);
  const unfit = [...tooLong(act), ...(read.kind === 'result' ? read.unread : [])];
  if (unfit.length > 0) return { kind, fields, flaws: unfit, refusal: incomplete(kind, unfit) };
  if (act.type === 'progress' && isBlank(act.text))
    return { kind, fields, flaws: [blankProgress], refusal: incomplete(kind, [blankProgress]) };
  const actor: Actor = { seat: 'worker', worker: sender.worker, enteredBy: 'user' };
  const decision = decide(state, { actor, now: 0, act, workspace: { ...plainWorkspace, folders } });
  if (!isRefused(decision)) return { kind, fields, act, flaws: [] };
  const flaws = (decision.refusal.flaws ?? []).map(asText);
  return flaws.length > 0
    ? { kind, fields, act, flaws }
    : { kind, fields, act, flaws, refusal: decision.refusal };
}

/** The refusal that names each missing field, with the way out. */
export function incomplete(kind: WorkerText['kind'], flaws: readonly Flaw[]): Refusal {
  const fields = [...new Set(flaws.map(({ field }) => field))].join(', ');
  return refusal(
    'sent-incomplete',
    words.incomplete(kind, fields),
    words.complete(flaws[0]?.why ?? ''),
    flaws,
  );
}

/** A worker's text as a document: what to do, the text as it came, then what it lacks. */
export function sentDocument(
  state: State,
  { worker }: Sender,
  text: string,
  { fields, flaws }: ReadSent,
): string {
  if (isBlank(text)) return [words.introBlank(visible(workerName(state, worker))), '', ''].join('\n');
  const lacking = flaws
    .filter(({ words: about, field }) => about === '' && !fields.some(({ name }) => name === field))
    .map(({ field }) => field);
  return [
    ...words.intro(visible(workerName(state, worker))),
    '',
    shownText(text).trimEnd(),
    '',
    ...[...new Set(lacking)].flatMap((field) => [`${field}: `, '']),
  ].join('\n');
}

function taskMeant(state: State, { dispatch }: Sender, named: string | undefined): TaskName | Refusal {
  if (named === undefined) return { dispatch, epoch: at(state.dispatches, dispatch)?.epoch ?? 1 };
  return taskOf(named) ?? words.noTask(visible(named).slice(0, 60));
}

function actOf(task: TaskName, read: WorkerText): Act {
  switch (read.kind) {
    case 'progress':
      return { type: 'progress', ...task, text: read.text ?? '' };
    case 'question': {
      const { packet, revises } = read;
      return { type: 'ask', ...task, packet, ...(revises === undefined ? {} : { revises }) };
    }
    case 'result':
      return { type: 'submit', ...task, packet: read.packet };
  }
}

/** What is longer than the record takes, by its field. */
function tooLong(act: Act): readonly Flaw[] {
  if (act.type === 'progress') return act.text.length > longestWords ? [long('PROGRESS', longestWords)] : [];
  if (act.type !== 'ask' && act.type !== 'submit') return [];
  const parsed = (act.type === 'ask' ? questionDraft : resultDraft).safeParse(act.packet);
  const fields = parsed.success ? [] : parsed.error.issues.map(({ path }) => nameOf(String(path[0])));
  return [...new Set(fields)].map((field) => long(field, longestText));
}

function nameOf(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter}`).toUpperCase();
}

function long(field: string, most: number): Flaw {
  return { field, words: '', why: words.tooLong(most), better: words.shorter };
}

/** The better form of a field as a call takes it, as it is written in a text. */
function asText(flaw: Flaw): Flaw {
  const better = flaw.better
    .replace(/^\[\]$/, 'none')
    .replace(/^leave it out$/, '')
    .replace(/^todo: (\d+), /, 'TODO $1, ')
    .replace(/^todo: (\d+)$/, 'TODO $1, DONE-WHEN 1: ')
    .replace(/doneWhen: (\d+)(?:, shows: )?/, 'DONE-WHEN $1: ');
  return { ...flaw, better };
}

const unread: Flaw = { field: 'PROGRESS', words: '', why: words.unread.sentence, better: words.progress };
const blankProgress: Flaw = {
  field: 'PROGRESS',
  words: '',
  why: words.blankProgress,
  better: words.progress,
};
