import * as z from 'zod';
import { because } from './because.ts';
import { takesAway, type CallRow } from './callRow.ts';
import { barePacket, wireName, wireWords } from './wire.ts';
import { callId } from './workCalls.ts';

const number = z.int().min(1);
const reason = wireWords.min(1);
const role = wireName;

/** What the orchestrator does about plan and list as a whole. */
export const planCalls = {
  replan: {
    seat: 'orchestrator',
    act: 'replan',
    title: 'Replan',
    description:
      'Changes plan and list at once, each part under the rules of its own call. `quotes`: the instruction it ' +
      'ends, word for word; then every live TODO has a fate. What you leave out stays. The worker of a live TODO ' +
      'that changes is told and acknowledges anew.',
    hints: takesAway,
    input: z.strictObject({
      reason,
      quotes: z.strictObject({ instruction: number, words: wireWords }).optional(),
      answers: z.array(number).max(200).default([]).describe('Results that say the plan is affected'),
      steps: z
        .array(
          z.strictObject({
            step: number.optional(),
            title: wireWords.optional(),
            role: role.optional(),
            tasks: z.array(barePacket).max(200).optional(),
            drop: reason.optional().describe('Why it leaves the plan'),
          }),
        )
        .max(2_000)
        .default([])
        .describe('Every step not released, in the new order; without a number a new one'),
      todos: z
        .array(
          z.strictObject({
            todo: number,
            fate: z.enum(['goes-on', 'changes', 'withdrawn', 'dropped']),
            packet: barePacket.optional(),
            role: role.optional(),
            worker: z.union([number, wireName]).optional(),
            reason: reason.optional(),
          }),
        )
        .max(2_000)
        .default([])
        .describe('`withdrawn` is for a live one, `dropped` for one that is not'),
      add: z
        .array(z.strictObject({ packet: barePacket, role, because: because }))
        .max(200)
        .default([]),
      order: z
        .array(number)
        .max(2_000)
        .default([])
        .describe('TODOs not live; they share the places they hold'),
      call_id: callId,
    }),
  },
} as const satisfies Record<string, CallRow>;
