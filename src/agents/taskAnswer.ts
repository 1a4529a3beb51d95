import type { Packet } from '../contract/packets.ts';
import { placesOf } from '../core/folders.ts';
import { short, todoWords } from '../core/labels.ts';
import { earlierItems } from '../core/order.ts';
import { messageLine } from '../core/messages.ts';
import type { AskedQuestion, Dispatch, Message, State, StoredResult } from '../core/state.ts';
import { at, each } from '../core/table.ts';
import { taskId } from '../core/task.ts';
import { changeOf, rejectionOf } from '../core/taskBefore.ts';
import { filesNews } from '../core/views/filesNews.ts';
import { packetText } from '../contract/text/packetText.ts';
import { briefFlaws, type Answer } from './answer.ts';
import type { Room } from './call.ts';
import { ownershipContent } from './scopeNews.ts';

type Standing = 'none' | 'new' | 'working' | 'in-review' | 'returned' | 'changed';

/** What a worker has to do now, and what became of what it did before. */
export interface Duty {
  readonly standing: Standing;
  readonly dispatch?: Dispatch;
  readonly verdict?: StoredResult;
}

export function dutyOf(state: State, worker: number): Duty {
  const dispatch = state.live.map((n) => at(state.dispatches, n)).find((one) => one?.worker === worker);
  const verdict = lastVerdict(state, worker);
  return {
    standing: dispatch ? standingOf(state, dispatch) : 'none',
    ...(dispatch ? { dispatch } : {}),
    ...(verdict ? { verdict } : {}),
  };
}

function standingOf(state: State, dispatch: Dispatch): Standing {
  if (dispatch.inReview !== undefined) return 'in-review';
  if (dispatch.acknowledgedAt !== undefined) return 'working';
  if (changeOf(dispatch)) return 'changed';
  return rejectionOf(state, dispatch) ? 'returned' : 'new';
}

const verdicts = new WeakMap<State['results'], ReadonlyMap<number, StoredResult>>();

/** Made once for all who wait: results change far more seldom than calls come. */
function lastVerdict(state: State, worker: number): StoredResult | undefined {
  let known = verdicts.get(state.results);
  if (!known) {
    const found = new Map<number, StoredResult>();
    for (const result of each(state.results)) {
      const of = at(state.dispatches, result.dispatch)?.worker;
      if (of !== undefined && verdictOf(result) !== undefined) found.set(of, result);
    }
    known = found;
    verdicts.set(state.results, known);
  }
  return known.get(worker);
}

function verdictOf({ state }: StoredResult): 'approved' | 'rejected' | 'withdrawn' | undefined {
  return state === 'approved' || state === 'rejected' || state === 'withdrawn' ? state : undefined;
}

/** The whole task in words and as data. After a compaction an agent needs nothing else. */
export function taskAnswer(
  state: State,
  { standing, dispatch, verdict }: Duty,
  folders: ReturnType<Room['folders']> = [],
  open: typeof folders = folders,
  fresh: readonly Message[] = [],
): Answer {
  const last = verdict ? { last_verdict: { result: verdict.n, verdict: verdictOf(verdict) } } : {};
  const lastLines = verdict
    ? [`LAST VERDICT: your result ${verdict.n} was ${verdictOf(verdict) ?? ''}.`]
    : [];
  if (!dispatch) {
    return {
      text: ['You have no task.', ...lastLines, 'NEXT: call get_task with wait_seconds 45.'].join('\n'),
      content: { task: null, standing, todos: [], earlier_items: [], questions: [], ...last },
    };
  }
  const task = taskId({ dispatch: dispatch.n, epoch: dispatch.epoch });
  const rejection = standing === 'in-review' ? undefined : rejectionOf(state, dispatch);
  const change = changeOf(dispatch);
  const earlier = earlierItems(state, dispatch.n).map((todo) => ({ todo: todo.n, words: todoWords(todo) }));
  const questions = questionsOf(state, dispatch);
  const messages = (dispatch.messages ?? []).filter(({ heardAt }) => heardAt !== undefined);
  return {
    text: [
      `TASK ${task} (${standing}), TODO ${dispatch.todos.join(', ')}`,
      ...(standing === 'in-review' ? [] : lastLines),
      ...(change
        ? [`CHANGED by a replan, and these are its fields as they stand now: ${change.reason}`]
        : []),
      ...(rejection
        ? [`REJECTED: ${rejection.reason}`, `MISSING: ${rejection.missing}`, `DO NEXT: ${rejection.next}`]
        : []),
      '',
      packetText(dispatch.packet),
      '',
      dispatch.context,
      ...worktreeLines(folders, open),
      ...folderLines(dispatch, folders),
      ...earlierLines(earlier),
      ...questions.map(questionLine),
      ...filesNews(state, dispatch),
      ...messageLines(messages, fresh),
      '',
      `NEXT: ${nextFor(standing, task, dispatch)}`,
    ].join('\n'),
    content: {
      task,
      standing,
      todos: dispatch.todos,
      packet: wirePacketOf(dispatch.packet),
      context: dispatch.context,
      ...(folders.length > 1 || isApart(folders, open)
        ? { folders: folders.map(({ name, fsPath }) => ({ name, path: fsPath })) }
        : {}),
      ...(change ? { changed: change.reason } : {}),
      ...(rejection ? { rejection } : {}),
      earlier_items: earlier,
      questions: questions.map(questionContent),
      ...ownershipContent(state, dispatch),
      ...(messages.length === 0
        ? {}
        : { messages: messages.map(({ n, kind, words }) => ({ message: n, kind, words })) }),
      ...last,
    },
  };
}

function nextFor(standing: Standing, task: string, dispatch: Dispatch): string {
  if (standing === 'in-review') {
    return `result ${dispatch.inReview ?? ''} is in review; call get_task with wait_seconds 45 for the verdict.`;
  }
  const work =
    'work inside SCOPE until DONE-WHEN is met, run VERIFY, then submit_result and say what is still open.';
  return standing === 'working' ? work : `acknowledge_task with task ${task}; then ${work}`;
}

/** Whether a worker's folders are not those that the person has open. */
function isApart(folders: ReturnType<Room['folders']>, open: typeof folders): boolean {
  return folders.some(({ fsPath }, index) => fsPath !== open[index]?.fsPath);
}

/** A process that was started for an earlier task stands in another folder. */
function worktreeLines(folders: ReturnType<Room['folders']>, open: typeof folders): readonly string[] {
  const [first] = folders;
  if (!first || !isApart(folders, open)) return [];
  const where = folders.length === 1 ? ` It is ${first.fsPath}.` : '';
  return [`WORKTREE: you work in a copy of your own, not in the folder that the person has open.${where}`];
}

/** Where each of several folders lies; the worker was started in the one its scope begins in. */
function folderLines({ packet }: Dispatch, folders: ReturnType<Room['folders']>): readonly string[] {
  const places = placesOf(
    packet.scope,
    folders.map(({ name }) => name),
  );
  if (!places) return [];
  const lines = folders.map(({ name, fsPath }) => {
    return `- ${name}/ is ${fsPath}${name === places.start ? ', where you are started' : ''}`;
  });
  return ['WHERE THE FOLDERS ARE:', ...lines];
}

/** Everything that was said to it on this task, so that one who forgot needs nothing else; what is new comes first. */
function messageLines(messages: readonly Message[], fresh: readonly Message[]): readonly string[] {
  const isNew = ({ n }: Message): boolean => fresh.some((one) => one.n === n);
  const [now, before] = [messages.filter(isNew), messages.filter((one) => !isNew(one))];
  return [
    ...now.map(messageLine),
    ...(before.length === 0 ? [] : ['SAID TO YOU BEFORE:', ...before.map(messageLine)]),
  ];
}

function earlierLines(items: readonly { todo: number; words: string }[]): readonly string[] {
  if (items.length === 0) return [];
  return [
    'YOUR EARLIER RESULT LEFT OPEN (answer each by number in earlier_items):',
    ...items.map(({ todo, words }) => `- TODO ${todo}: ${words}`),
  ];
}

export function wirePacketOf(packet: Packet): Record<string, unknown> {
  const { task, scope, notYourJob, doneWhen, verify, priority } = packet;
  return { task, scope, not_your_job: notYourJob, done_when: doneWhen, verify, priority };
}

/** A worker's own questions of this dispatch, with the answers given so far. */
export function questionsOf(state: State, dispatch: Dispatch): readonly AskedQuestion[] {
  return dispatch.questions.map((n) => at(state.questions, n)).filter((one) => one !== undefined);
}

export function questionContent(question: AskedQuestion): Record<string, unknown> {
  const { n, state, answer, missing, why } = question;
  return {
    question: n,
    state,
    asked: short(question.packet.question ?? '', 400),
    blocking: question.blocking,
    ...(answer
      ? {
          chosen: answer.chosen,
          rationale: answer.rationale,
          constraints: answer.constraints,
          next_step: answer.nextStep,
        }
      : {}),
    ...(state === 'returned' ? { missing: briefFlaws(missing) } : {}),
    ...(why === undefined ? {} : { why }),
  };
}

export function questionLine(question: AskedQuestion): string {
  const { n, state, answer } = question;
  if (answer) {
    return `ANSWER ${n}: ${answer.chosen}. Because: ${answer.rationale}. Constraints: ${answer.constraints}. Next step: ${answer.nextStep}`;
  }
  if (state === 'returned') {
    const missing = briefFlaws(question.missing)
      .map(({ field, why }) => `${field}: ${why}`)
      .join(' ');
    return `QUESTION ${n} was sent back. ${missing} Call ask_question with revises ${n}.`;
  }
  return state === 'moot'
    ? `QUESTION ${n} is moot: ${question.why ?? ''}`
    : `QUESTION ${n} is not answered yet.`;
}
