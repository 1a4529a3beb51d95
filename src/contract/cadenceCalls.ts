import * as z from 'zod';
import { adds, type CallRow } from './callRow.ts';
import { wireWords } from './wire.ts';
import { callId } from './workCalls.ts';

const dispatch = z.int().min(1).describe('The number of the dispatch: 7 of task "7.1"');

/** How the orchestrator keeps quiet, and what it says when it does not (P5, P10). */
export const cadenceCalls = {
  no_op: {
    seat: 'orchestrator',
    act: 'no-op',
    title: 'Note that nothing is done',
    description:
      'Logs that you looked and do nothing, with what stood. The right call while all are healthy.',
    hints: adds,
    input: z.strictObject({ note: wireWords.optional(), call_id: callId }),
  },
  nudge: {
    seat: 'orchestrator',
    act: 'nudge',
    title: 'Nudge a worker',
    description:
      'Interrupts a worker that went quiet, with a reason. Refused while its contact is fresh: use feedback, or no_op.',
    hints: adds,
    input: z.strictObject({ dispatch, reason: wireWords.min(1), call_id: callId }),
  },
  give_time: {
    seat: 'orchestrator',
    act: 'give-time',
    title: 'Give more time',
    description: 'Adds minutes to the budget of live work; a worker that was stopped for it starts again.',
    hints: adds,
    input: z.strictObject({
      dispatch,
      minutes: z.int().min(1).max(10_080),
      reason: wireWords.min(1),
      call_id: callId,
    }),
  },
  feedback: {
    seat: 'orchestrator',
    act: 'feedback',
    title: 'Give feedback',
    description: 'A remark that rides on the worker’s next contact. It gives no work and interrupts nothing.',
    hints: adds,
    input: z.strictObject({ dispatch, words: wireWords.min(1), call_id: callId }),
  },
} as const satisfies Record<string, CallRow>;
