import type { Packet } from '../../contract/packets.ts';
import { packetText } from '../../contract/text/packetText.ts';
import { conflictName, conflictsOf, stepWords } from '../dispute.ts';
import { instructionWords, parking } from '../instruction.ts';
import { byWhom, todoName, todoWords, upper } from '../labels.ts';
import { messageLine } from '../messages.ts';
import { earlierItems } from '../order.ts';
import type { AskedQuestion, Dispatch, State, StoredResult } from '../state.ts';
import { at, each } from '../table.ts';
import { taskId } from '../task.ts';
import { filesNews } from './filesNews.ts';
import { folded } from './folded.ts';
import { visible } from './visible.ts';
import { standingOf } from './workerRows.ts';

/**
 * P10: all that a worker was ever told of the task it has, as one text: what holds first, then why it is as it is. Who
 * forgot reads it again and knows as much as before. What anybody wrote stands indented, so that it passes for no
 * heading of ours.
 */
export function taskDocument(state: State, worker: number): string {
  const one = at(state.workers, worker);
  if (!one || one.removed) return `There is no worker ${worker}.\n`;
  const dispatch = latest(state, worker);
  const lines = [
    `TASK OF ${line(one.name)}, ${line(one.role)}`,
    ...section('THE USER SAID', instructions(state, dispatch)),
    ...(dispatch ? taskLines(state, dispatch) : ['', 'No task was sent to it yet.']),
  ];
  return `${lines.join('\n')}\n`;
}

/** The live one; else the last it had. */
function latest(state: State, worker: number): Dispatch | undefined {
  const live = state.live.map((n) => at(state.dispatches, n)).find((one) => one?.worker === worker);
  return live ?? [...each(state.dispatches)].findLast((one) => one.worker === worker);
}

/** T2: what stands, and what was said while it was at work; word for word. */
function instructions(state: State, dispatch: Dispatch | undefined): readonly string[] {
  const since = dispatch?.over === undefined ? (dispatch?.at ?? Infinity) : Infinity;
  return [...each(state.instructions)].flatMap((one) => {
    if (one.over === undefined) return [instructionWords(one), `It stands. ${parking}`];
    if (one.at < since) return [];
    const how = one.over.replan === undefined ? 'work carried on' : `replan ${one.over.replan} answered it`;
    return [`${instructionWords(one)} It is over: ${how}.`];
  });
}

function taskLines(state: State, dispatch: Dispatch): readonly string[] {
  const { n, epoch, over, why, results, messages = [] } = dispatch;
  const task = taskId({ dispatch: n, epoch });
  const todos = dispatch.todos.flatMap((number) => at(state.todos, number) ?? []);
  const standing = over === undefined ? standingOf(state, dispatch) : `over, ${over}${why ? `: ${why}` : ''}`;
  const outcomes = results.flatMap((number) => at(state.results, number) ?? []);
  return [
    '',
    line(`Task ${task}: ${standing}`),
    ...todos.map((todo) => line(todoName(todo))),
    ...section('CHANGED BY A REPLAN', changes(dispatch)),
    ...section('SENT BACK', outcomes.flatMap(rejection)),
    ...section('FILES', filesNews(state, dispatch)),
    ...section('CONFLICTS', conflicts(state, dispatch)),
    ...section('THE PACKET, as it now stands', [packetText(dispatch.packet)]),
    ...section('CONSTRAINTS', constraints(state, dispatch)),
    ...section('QUESTIONS AND ANSWERS', questionsOf(state, dispatch).flatMap(question)),
    ...section(
      'FEEDBACK AND NUDGES',
      messages.map((one) => `${messageLine(one)}${one.heardAt === undefined ? ' (not told yet)' : ''}`),
    ),
    ...section(
      'LEFT OPEN EARLIER, to be answered by number in the next result',
      earlierItems(state, n).map((todo) => `TODO ${todo.n}: ${todoWords(todo)}`),
    ),
    ...section('RESULTS', outcomes.map(outcome)),
    ...section('CONTEXT, as it was sent', [dispatch.context]),
  ];
}

/** Each replan change: what the task was called, why, and which fields are other ones since. */
function changes({ changes: was = [], packet, n }: Dispatch): readonly string[] {
  return was.map((before, index) => {
    const after = was[index + 1]?.packet ?? packet;
    const [from, to] = [before.epoch, before.epoch + 1].map((epoch) => taskId({ dispatch: n, epoch }));
    return `${from} became ${to}, with another ${fieldsChanged(before.packet, after)}: ${before.reason}`;
  });
}

const fields = {
  task: 'TASK',
  scope: 'SCOPE',
  notYourJob: 'NOT-YOUR-JOB',
  doneWhen: 'DONE-WHEN',
  verify: 'VERIFY',
  priority: 'PRIORITY',
} as const satisfies Record<keyof Packet, string>;

function fieldsChanged(before: Packet, after: Packet): string {
  const keys = Object.keys(fields) as (keyof Packet)[];
  const other = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return other.map((key) => fields[key]).join(', ');
}

function rejection({ n, rejection: given }: StoredResult): readonly string[] {
  if (!given) return [];
  return [`Result ${n}: ${given.reason}`, `Missing evidence: ${given.missing}`, `Next: ${given.next}`];
}

function conflicts(state: State, dispatch: Dispatch): readonly string[] {
  return conflictsOf(state, dispatch.n).map(
    (conflict) => `${upper(conflictName(conflict))}, ${conflict.files.join(', ')}: ${stepWords(conflict)}`,
  );
}

/** Those of the orchestration, and those that an answer on this task gave. */
function constraints(state: State, dispatch: Dispatch): readonly string[] {
  const answered = questionsOf(state, dispatch).flatMap(({ n, answer }) =>
    answer && !/^none\.?$/i.test(answer.constraints.trim()) ? [`${answer.constraints} (answer ${n})`] : [],
  );
  return [...(state.orchestration?.constraints ?? []), ...answered];
}

function questionsOf(state: State, dispatch: Dispatch): readonly AskedQuestion[] {
  return dispatch.questions.flatMap((n) => at(state.questions, n) ?? []);
}

function question(one: AskedQuestion): readonly string[] {
  const { n, packet, answer, missing, why, blocking } = one;
  const standing = blocking ? `${one.state}, blocking` : one.state;
  return [
    `Question ${n} (${standing}${byWhom(one)}): ${packet.question ?? ''}`,
    ...(answer
      ? [`Chosen: ${answer.chosen}`, `Because: ${answer.rationale}`, `Next step: ${answer.nextStep}`]
      : []),
    ...(one.state === 'returned' ? missing.map((flaw) => `Missing, ${flaw.field}: ${flaw.why}`) : []),
    ...(why === undefined ? [] : [why]),
  ];
}

function outcome(result: StoredResult): string {
  return `Result ${result.n}${byWhom(result)}, ${result.state}: ${result.packet.summary}`;
}

/** A heading and what belongs under it, entry by entry; nothing where there is none. */
function section(title: string, entries: readonly string[]): readonly string[] {
  if (entries.length === 0) return [];
  return ['', title, ...entries.flatMap(quoted)];
}

function quoted(text: string): readonly string[] {
  return folded(visible(text))
    .split('\n')
    .map((one) => `    ${one}`);
}

function line(text: string): string {
  return visible(text.replaceAll(/\s+/gu, ' ')).trim();
}
