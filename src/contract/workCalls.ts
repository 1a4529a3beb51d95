import * as z from 'zod';
import { reads, records, type CallRow } from './callRow.ts';
import { wireQuestion, wireResult, wireWords } from './wire.ts';

const task = z.string().max(40).describe('The task as get_task names it, for example "7.1"');
const question = z.int().min(1).describe('The number that ask_question gave you');

/** So that a write can be sent again after a lost answer. */
export const callId = z.string().min(1).max(200).optional().describe('Your id: a retry with it counts once');

export const waitSeconds = z
  .number()
  .min(0)
  .max(45)
  .optional()
  .describe('Wait up to this long (at most 45) for something new');

/** What a worker can ask for. Nothing here touches the TODO list (T3). */
export const workCalls = {
  get_task: {
    seat: 'worker',
    also: ['hear', 'hear-answer'],
    title: 'Get your task',
    description:
      'Gives your task with its whole packet, as often as you ask: TASK, SCOPE, NOT-YOUR-JOB, DONE-WHEN, VERIFY, ' +
      'context, a rejection if it came back, and the answers so far. With wait_seconds it waits while there is ' +
      'nothing new for you. Next: acknowledge_task, work inside SCOPE, submit_result.',
    hints: records,
    input: z.strictObject({ wait_seconds: waitSeconds }),
  },
  acknowledge_task: {
    seat: 'worker',
    act: 'acknowledge',
    title: 'Acknowledge your task',
    description: 'Says that you have read the task and begin. Next: work inside SCOPE and report_progress.',
    hints: records,
    input: z.strictObject({ task, call_id: callId }),
  },
  report_progress: {
    seat: 'worker',
    act: 'progress',
    also: ['hear', 'hear-answer'],
    title: 'Report progress',
    description:
      'Says where you are, at checkpoints, and brings back answers and what was said meanwhile. Next: go on, or submit_result.',
    hints: records,
    input: z.strictObject({ task, text: wireWords, call_id: callId }),
  },
  check_paths: {
    seat: 'worker',
    title: 'Check paths',
    description:
      'Says for each path whether you may write it now, and if not, whose it is and what to do. Next: write only ' +
      'what is allowed; request_scope for the rest.',
    hints: reads,
    input: z.strictObject({ paths: z.array(z.string().min(1).max(4_000)).min(1).max(200) }),
  },
  request_scope: {
    seat: 'worker',
    act: 'request-scope',
    title: 'Request more files',
    description:
      'Asks the orchestrator for files that your SCOPE does not hold, with a reason. Go on meanwhile with what it ' +
      'holds; report_progress and get_task tell the answer.',
    hints: records,
    input: z.strictObject({
      task,
      paths: z.array(z.string().min(1).max(400)).min(1).max(200).describe('Files, folders or plain globs'),
      reason: wireWords.min(1),
      call_id: callId,
    }),
  },
  ask_question: {
    seat: 'worker',
    act: 'ask',
    title: 'Ask a question',
    description:
      'Asks the orchestrator and returns a number at once. All six fields are needed; an incomplete question is ' +
      'sent back once, then call again with `revises`. Next: get_answer, or go on if it is not blocking.',
    hints: records,
    input: z.strictObject({
      task,
      ...wireQuestion,
      revises: question.optional().describe('The question that was sent back to you'),
      call_id: callId,
    }),
  },
  get_answer: {
    seat: 'worker',
    also: ['hear-answer'],
    title: 'Get an answer',
    description:
      'Gives the state of your question and, once answered, the choice, rationale, constraints and next step. ' +
      'With wait_seconds it waits while the question is open. Next: do what next_step says, or call again.',
    hints: records,
    input: z.strictObject({ question, wait_seconds: waitSeconds }),
  },
  submit_result: {
    seat: 'worker',
    act: 'submit',
    title: 'Submit your result',
    description:
      'Hands in your result for review. Say honestly what is still open: the word Nothing, or every single thing. ' +
      'If a field is missing it goes back and names it. Next: get_task with wait_seconds, for the verdict.',
    hints: records,
    input: z.strictObject({ task, ...wireResult, call_id: callId }),
  },
} as const satisfies Record<string, CallRow>;
