// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';
import { because } from './because.ts';
import { packetDraft } from './packets.ts';

const number = z.int().check(z.minimum(1));
/** In UTF-16 units, as in acts.ts. */
const words = z.string().check(z.maxLength(4_000));
const name = z.string().check(z.maxLength(80));
const most = 20_000;
const numbers = z.array(number).check(z.maxLength(most));
/** The user's word that SCOPE may be the whole workspace; worth nothing from anybody else. */
const whole = z.optional(z.literal(true));
const tasks = z.array(packetDraft).check(z.maxLength(200));

/** A step of the new plan: one that is there, kept or changed in what is given, or a new one. */
const plannedStep = z.object({
  step: z.optional(number),
  title: z.optional(words),
  role: z.optional(name),
  tasks: z.optional(tasks),
});
export type PlannedStep = z.output<typeof plannedStep>;

/** What becomes of a live TODO. What `packet` does not name stays as it is. */
const fate = z.object({
  todo: number,
  fate: z.enum(['goes-on', 'changes', 'withdrawn']),
  packet: z.optional(packetDraft),
  reason: z.optional(words),
  whole,
});
export type Fate = z.output<typeof fate>;

const several = <T extends z.ZodMiniType>(one: T) => z._default(z.array(one).check(z.maxLength(most)), []);

/** The plan and the list changed in one transaction (P1, T7). What is not named stays as it is. */
export const replanActs = {
  replan: z.object({
    reason: words,
    /** The oldest standing instruction, word for word: the replan ends it (T2). */
    quotes: z.optional(z.object({ instruction: number, words })),
    /** Results that say the plan is affected, and are answered by it. */
    answers: z._default(numbers, []),
    /** Every step that is not released, in the new order, but for those in `dropSteps`. */
    steps: z.optional(z.array(plannedStep).check(z.maxLength(2_000))),
    dropSteps: several(z.object({ step: number, reason: words })),
    live: several(fate),
    todos: several(
      z.object({
        todo: number,
        packet: z.optional(packetDraft),
        role: z.optional(name),
        worker: z.optional(number),
        whole,
      }),
    ),
    add: several(z.object({ packet: packetDraft, role: name, because: z.optional(because), whole })),
    drop: several(z.object({ todo: number, reason: words })),
    /** TODOs that are not live, in their new order; they share the places that they hold now. */
    order: z._default(numbers, []),
  }),
} as const;
