import type { Act } from '../contract/acts.ts';
import type { CallInput } from '../contract/calls.ts';
import type { cadenceCalls } from '../contract/cadenceCalls.ts';
import type { debugCalls } from '../contract/debugCalls.ts';
import type { leadCalls } from '../contract/leadCalls.ts';
import type { planCalls } from '../contract/planCalls.ts';
import type { ownershipCalls } from '../contract/ownershipCalls.ts';
import type { PacketDraft } from '../contract/packets.ts';
import type { Judged } from '../contract/review.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import type { WireJudged, WirePacket } from '../contract/wire.ts';
import { sameWords } from '../core/labels.ts';
import type { State } from '../core/state.ts';
import { presentWorkers } from '../core/worker.ts';
import { ask, type Handler, type Handlers } from './call.ts';
import { defined } from './defined.ts';
import { nextForLead } from './leadNext.ts';
import type { leadViews } from './leadViews.ts';
import type { reviewView } from './reviewView.ts';

type Acts = Exclude<keyof typeof leadCalls, keyof typeof leadViews | keyof typeof reviewView>;

/** What the orchestrator can ask the desk for: each call is read into one act. */
export const leadActs: Handlers<Acts> = {
  add_step: asks('add_step', ({ title, role, tasks }) => ({
    type: 'add-step',
    title,
    role,
    tasks: tasks.map(packetOf),
  })),
  release_step: asks('release_step', ({ step }) => ({ type: 'release', ...defined({ step }) })),
  plan_stands: asks('plan_stands', ({ result, reason }) => ({ type: 'plan-stands', result, reason })),
  add_todo: asks('add_todo', ({ packet, role, because }) => ({
    type: 'add-todo',
    packet: packetOf(packet),
    role,
    ...defined({ because }),
  })),
  edit_todo: asks('edit_todo', ({ todo, packet, role, worker }, state) => {
    const named = workerNamed(state, worker);
    if (isRefusal(named)) return named;
    return {
      type: 'edit-todo',
      todo,
      packet: packetOf(packet),
      role: role ?? '',
      ...defined({ worker: named }),
    };
  }),
  move_todo: asks('move_todo', ({ todo, before, reason }) => ({
    type: 'move-todo',
    todo,
    reason,
    ...defined({ before }),
  })),
  drop_todo: asks('drop_todo', ({ todo, reason }) => ({ type: 'drop-todo', todo, reason })),
  merge_todos: asks('merge_todos', ({ todo, into, reason }) => ({ type: 'merge-todo', todo, into, reason })),
  split_todo: asks('split_todo', ({ todo, parts, role }) => ({
    type: 'split-todo',
    todo,
    parts: parts.map(packetOf),
    ...defined({ role }),
  })),
  reconcile_todo: asks('reconcile_todo', ({ todo, packet, role, worker, before }, state) => {
    const named = workerNamed(state, worker);
    if (isRefusal(named)) return named;
    return {
      type: 'reconcile',
      todo,
      packet: packetOf(packet),
      role: role ?? '',
      ...defined({ worker: named, before }),
    };
  }),
  dispatch_todo: asks('dispatch_todo', ({ worker, todo, bundle, ...said }, state) => {
    const named = workerNamed(state, worker);
    if (isRefusal(named)) return named;
    const { budget_minutes: budget, budget_calls: calls } = said;
    return { type: 'dispatch', worker: named ?? 0, ...defined({ todo, bundle, budget, calls }) };
  }),
  withdraw_dispatch: asks('withdraw_dispatch', ({ dispatch, reason }) => ({
    type: 'withdraw',
    dispatch,
    reason,
  })),
  relaunch_worker: asks('relaunch_worker', ({ dispatch }) => ({ type: 'relaunch', dispatch })),
  answer_question: asks(
    'answer_question',
    ({ question, chosen, rationale, constraints, next_step: nextStep }) => ({
      type: 'answer',
      question,
      answer: defined({ chosen, rationale, constraints, nextStep }),
    }),
  ),
  return_question: asks('return_question', ({ question, missing }) => ({
    type: 'return-question',
    question,
    missing: missing.map(({ field, why, better }) => ({ field, words: '', why, better })),
  })),
  approve_result: asks('approve_result', ({ result, shown, judged, message }) => ({
    type: 'approve',
    result,
    judged: judged.map(judgedOf),
    ...defined({ shown, message }),
  })),
  reject_result: asks('reject_result', ({ result, reason, missing, next }) => ({
    type: 'reject',
    result,
    reason,
    missing,
    next,
  })),
  undo_approval: asks('undo_approval', ({ result, reason }) => ({ type: 'undo-approval', result, reason })),
  review_hard: asks('review_hard', ({ result, in_place: inPlace }) => ({
    type: 'ask-verify',
    result,
    hard: inPlace !== true,
  })),
  add_late_item: asks('add_late_item', ({ result, item }) => ({ type: 'add-late-item', result, item })),
  note_late_result: asks('note_late_result', ({ result }) => ({ type: 'note-late-result', result })),
  close_orchestration: asks('close_orchestration', () => ({ type: 'close' })),
};

/** The calls that change something; each can be sent again with its own id. */
type Changing =
  | Acts
  | keyof typeof planCalls
  | keyof typeof cadenceCalls
  | keyof typeof debugCalls
  | Exclude<keyof typeof ownershipCalls, 'list_scopes' | 'get_conflict'>;

export function asks<N extends Changing>(
  call: N,
  read: (input: CallInput<N>, state: State) => Act | Refusal,
): Handler<N> {
  return async (room, input, caller) => {
    const act = read(input, room.desk.state);
    if (isRefusal(act)) return { refusal: act };
    const reply = await ask(room, caller, call, act, input.call_id);
    if (!reply.ok) return reply;
    const next = nextForLead(room.desk.state);
    return { text: `${reply.said}\nNEXT: ${next}`, content: { said: reply.said, ...reply.made, next } };
  };
}

function judgedOf({
  todo,
  done_when: doneWhen,
  by_eye: byEye,
  reproduction,
  gate,
  pass,
  word,
}: WireJudged): Judged {
  if (gate) return { what: gate, line: 1, pass, word };
  if (reproduction) return { what: 'reproduction', line: 1, pass, word, ...defined({ todo }) };
  const what = doneWhen === undefined && byEye !== undefined ? 'by-eye' : 'done-when';
  return { what, line: doneWhen ?? byEye ?? 1, pass, word, ...defined({ todo }) };
}

export function packetOf(packet: WirePacket): PacketDraft {
  const { task, scope, not_your_job: notYourJob, done_when: doneWhen, verify, priority } = packet;
  return defined({ task, scope, notYourJob, doneWhen, verify, priority });
}

export function workerNamed(state: State, worker: number | string | undefined): number | undefined | Refusal {
  if (typeof worker !== 'string') return worker;
  const named = presentWorkers(state).find(({ name }) => sameWords(name, worker));
  return (
    named?.n ??
    refusal('unknown-worker', 'There is no worker of that name.', 'Call list_workers and name one of them.')
  );
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'code' in value;
}
