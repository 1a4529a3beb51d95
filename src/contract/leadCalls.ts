import * as z from 'zod';
import { because } from './because.ts';
import { budget } from './budgetFields.ts';
import { adds, reads, records, takesAway, type CallRow } from './callRow.ts';
import { wireAnswer, wireJudged, wireMissing, wireName, wirePacket, wireWords } from './wire.ts';
import { callId, waitSeconds } from './workCalls.ts';

const number = z.int().min(1);
const todo = number.describe('The number of the TODO');
const result = number.describe('The number of the result');
const question = number.describe('The number of the question');
const dispatch = number.describe('The number of the dispatch: 7 of task "7.1"');
const worker = z.union([number, wireName]).describe('The worker, by name or number');
const before = number.describe('The TODO it goes before; the end of the list when left out');
const reason = wireWords.min(1);
const role = wireName.describe('What it needs a worker to be good at');
const page = {
  after: number.optional().describe('`next` of the page before'),
  limit: z.int().min(1).max(500).optional(),
};
const once = { call_id: callId };

/** What the agent who was lent the orchestrator's seat can ask for. */
export const leadCalls = {
  get_status: {
    seat: 'orchestrator',
    title: 'Get the status',
    description:
      'The objective, whether the gate is open or why not, what is live with whom and since when, and what wants ' +
      'your word. Begin here, and after every pause. Next: what `next` says.',
    hints: reads,
    input: z.strictObject({}),
  },
  sync_status: {
    seat: 'orchestrator',
    title: 'Sync status',
    description: 'At most 20 lines to hand on: gate, next, who needs a word, a line per worker.',
    hints: reads,
    input: z.strictObject({}),
  },
  list_todos: {
    seat: 'orchestrator',
    title: 'List the TODOs',
    description: 'The TODO list in order, paged. Next: get_todo for a packet, dispatch_todo for the first.',
    hints: reads,
    input: z.strictObject(page),
  },
  get_todo: {
    seat: 'orchestrator',
    title: 'Get a TODO',
    description: 'One TODO: its packet, where it comes from, and the worker’s own words if it was left open.',
    hints: reads,
    input: z.strictObject({ todo }),
  },
  list_plan: {
    seat: 'orchestrator',
    title: 'List the plan',
    description:
      'The steps of the plan with their state, a page at a time. A step is no work until it is released.',
    hints: reads,
    input: z.strictObject(page),
  },
  list_workers: {
    seat: 'orchestrator',
    title: 'List the workers',
    description: 'Every worker with its role, what it is doing and its last contact, a page at a time.',
    hints: reads,
    input: z.strictObject(page),
  },
  get_result: {
    seat: 'orchestrator',
    title: 'Get a result',
    description:
      'One result beside the packet it answers. Read what is still open first. Next: reconcile_todo for each ' +
      'item, then review_result.',
    hints: reads,
    input: z.strictObject({ result }),
  },
  review_result: {
    seat: 'orchestrator',
    title: 'Review a result',
    description:
      'The gates of a result with their reasons, the lines to judge, the files that changed, and `shown`. ' +
      'Next: approve_result or reject_result.',
    hints: reads,
    input: z.strictObject({ result, after: number.optional() }),
  },
  get_question: {
    seat: 'orchestrator',
    title: 'Get a question',
    description: 'One question with its six fields. Next: answer_question, or return_question once.',
    hints: reads,
    input: z.strictObject({ question }),
  },
  list_inbox: {
    seat: 'orchestrator',
    title: 'List the Inbox',
    description:
      'What wants a word, blocking questions first, a page at a time. With wait_seconds it waits for something new. ' +
      'Next: take the first.',
    hints: reads,
    input: z.strictObject({ ...page, wait_seconds: waitSeconds }),
  },
  add_step: {
    seat: 'orchestrator',
    act: 'add-step',
    title: 'Add a step to the plan',
    description:
      'Plans a step with its tasks, each with its six fields. Next: release_step when the gate is open.',
    hints: adds,
    input: z.strictObject({ title: wireWords, role, tasks: z.array(wirePacket).max(200), ...once }),
  },
  release_step: {
    seat: 'orchestrator',
    act: 'release',
    title: 'Release the next step',
    description:
      'Turns the next step of the plan into TODOs. Refused while anything is on the list. Next: dispatch_todo.',
    hints: adds,
    input: z.strictObject({ step: number.optional(), ...once }),
  },
  plan_stands: {
    seat: 'orchestrator',
    act: 'plan-stands',
    title: 'Say that the plan stands',
    description: 'Answers a result that says the plan is affected: it stands, and why.',
    hints: records,
    input: z.strictObject({ result, reason, ...once }),
  },
  add_todo: {
    seat: 'orchestrator',
    act: 'add-todo',
    title: 'Add a TODO',
    description:
      'Adds work to the end of the list. `because` names the result, answer, rejection or instruction that made it necessary.',
    hints: adds,
    input: z.strictObject({ packet: wirePacket, role, because: z.optional(because), ...once }),
  },
  edit_todo: {
    seat: 'orchestrator',
    act: 'edit-todo',
    title: 'Edit a TODO',
    description:
      'Changes fields of a waiting TODO’s packet, its role or its worker. A live one is not edited.',
    hints: takesAway,
    input: z.strictObject({
      todo,
      packet: wirePacket.default({}),
      role: role.optional(),
      worker: worker.optional(),
      ...once,
    }),
  },
  move_todo: {
    seat: 'orchestrator',
    act: 'move-todo',
    title: 'Move a TODO',
    description: 'Changes the order, with a reason. Planned work is never moved before an open item.',
    hints: records,
    input: z.strictObject({ todo, before: before.optional(), reason, ...once }),
  },
  drop_todo: {
    seat: 'orchestrator',
    act: 'drop-todo',
    title: 'Drop a TODO',
    description:
      'Takes a TODO off the list with a reason. Of an open item this is only a proposal to the user.',
    hints: takesAway,
    input: z.strictObject({ todo, reason, ...once }),
  },
  merge_todos: {
    seat: 'orchestrator',
    act: 'merge-todo',
    title: 'Merge two TODOs',
    description: 'Merges one TODO into another, which keeps the texts and DONE-WHENs of both.',
    hints: takesAway,
    input: z.strictObject({ todo, into: number.describe('The TODO that stays'), reason, ...once }),
  },
  split_todo: {
    seat: 'orchestrator',
    act: 'split-todo',
    title: 'Split a TODO',
    description: 'Puts two or more TODOs in place of one. Each DONE-WHEN goes into one of the parts.',
    hints: takesAway,
    input: z.strictObject({ todo, parts: z.array(wirePacket).max(20), role: role.optional(), ...once }),
  },
  reconcile_todo: {
    seat: 'orchestrator',
    act: 'reconcile',
    title: 'Reconcile an open item',
    description:
      'Gives what a result left open its packet, role and place. Nothing is dispatched before every item has them.',
    hints: records,
    input: z.strictObject({
      todo,
      packet: wirePacket,
      role: role.optional(),
      worker: worker.optional(),
      before: before.optional(),
      ...once,
    }),
  },
  dispatch_todo: {
    seat: 'orchestrator',
    act: 'dispatch',
    title: 'Dispatch the next TODO',
    description:
      'Sends the next TODO, or a bundle from the head of the list, to one worker. One thing is live at a time. ' +
      'To a worker that no guard holds back only once the user has said so; your try asks. Next: list_inbox now and then; do not interrupt a healthy worker.',
    hints: adds,
    input: z.strictObject({
      worker,
      todo: todo.optional(),
      bundle: z.strictObject({ todos: z.array(number).min(2).max(200), purpose: wireWords }).optional(),
      ...budget,
      ...once,
    }),
  },
  withdraw_dispatch: {
    seat: 'orchestrator',
    act: 'withdraw',
    title: 'Withdraw a dispatch',
    description: 'Ends live work with a reason; its TODO goes back to the head of the list.',
    hints: takesAway,
    input: z.strictObject({ dispatch, reason, ...once }),
  },
  relaunch_worker: {
    seat: 'orchestrator',
    act: 'relaunch',
    title: 'Relaunch a worker',
    description: 'Starts again a worker whose program ended without a result, on the same task.',
    hints: records,
    input: z.strictObject({ dispatch, ...once }),
  },
  answer_question: {
    seat: 'orchestrator',
    act: 'answer',
    title: 'Answer a question',
    description: 'Answers in four parts: the chosen option, rationale, constraints, next step.',
    hints: records,
    input: z.strictObject({ question, ...wireAnswer, ...once }),
  },
  return_question: {
    seat: 'orchestrator',
    act: 'return-question',
    title: 'Return a question',
    description: 'Sends an incomplete question back, once, with the exact missing fields.',
    hints: records,
    input: z.strictObject({ question, missing: z.array(wireMissing).max(20), ...once }),
  },
  approve_result: {
    seat: 'orchestrator',
    act: 'approve',
    title: 'Approve a result',
    description:
      'Approves a result whose four gates pass: each line of review_result judged, with a word on what you saw. ' +
      'What it left open stays on the list.',
    hints: records,
    input: z.strictObject({
      result,
      shown: z.string().max(64).optional(),
      judged: z.array(wireJudged).max(2_000).default([]),
      message: wireWords.optional().describe('Of the commit: a Conventional Commit'),
      ...once,
    }),
  },
  reject_result: {
    seat: 'orchestrator',
    act: 'reject',
    title: 'Reject a result',
    description:
      'Sends the work back to the same worker: the reason, the exact missing evidence, the next action.',
    hints: records,
    input: z.strictObject({ result, reason: wireWords, missing: wireWords, next: wireWords, ...once }),
  },
  undo_approval: {
    seat: 'orchestrator',
    act: 'undo-approval',
    title: 'Undo an approval',
    description: 'Takes your own approval back; its TODO returns, or after a release a TODO reverts it.',
    hints: takesAway,
    input: z.strictObject({ result, reason: wireWords, ...once }),
  },
  review_hard: {
    seat: 'orchestrator',
    act: 'ask-verify',
    title: 'Review hard',
    description:
      'Runs VERIFY on head plus the change, and the regression command; `in_place`: where it was made. Next: ' +
      'get_result.',
    hints: adds,
    input: z.strictObject({ result: number, in_place: z.boolean().optional(), ...once }),
  },
  add_late_item: {
    seat: 'orchestrator',
    act: 'add-late-item',
    title: 'Add a late item',
    description: 'Puts on the list what a late result left open, by its number there. Next: reconcile_todo.',
    hints: records,
    input: z.strictObject({ result, item: number, ...once }),
  },
  note_late_result: {
    seat: 'orchestrator',
    act: 'note-late-result',
    title: 'Note a late result',
    description: 'Says that you have read a late result whose items are all settled.',
    hints: records,
    input: z.strictObject({ result, ...once }),
  },
  close_orchestration: {
    seat: 'orchestrator',
    act: 'close',
    title: 'Close the orchestration',
    description: 'Ends the orchestration. Refused while anything stands. Next: handoff.',
    hints: takesAway,
    input: z.strictObject(once),
  },
  handoff: {
    seat: 'orchestrator',
    title: 'Hand off',
    description:
      'What the orchestration came to, or stands at, as Markdown lines: COMPLETED with evidence, PENDING with ' +
      'reason, RISKS, NEXT.',
    hints: reads,
    input: z.strictObject(page),
  },
} as const satisfies Record<string, CallRow>;
