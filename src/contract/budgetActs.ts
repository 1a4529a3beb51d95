// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

const number = z.int().check(z.minimum(1));
/** Of work. */
export const workMinutes = z.int().check(z.minimum(1));

/** Minutes of work and, where its agent's calls are counted, so many of these; instead of what is set. */
export const saidBudget = { budget: z.optional(workMinutes), calls: z.optional(number) };

export const budgetActs = {
  /** `minutes` more; a worker that was stopped for its budget starts again. */
  'give-time': z.object({
    dispatch: number,
    minutes: workMinutes,
    reason: z.string().check(z.maxLength(4_000)),
  }),
  /**
   * The budget is used up; `past`: the time to hand in a result is over too. `jumped`: so many milliseconds were no
   * work, but the machine asleep, or its clock set. `calls`: its agent has called its tools so often.
   */
  'note-budget': z.object({
    dispatch: number,
    epoch: number,
    past: z.optional(z.literal(true)),
    jumped: z.optional(z.int()),
    calls: z.optional(z.int().check(z.minimum(0))),
  }),
} as const;
