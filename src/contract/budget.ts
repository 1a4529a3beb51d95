// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

const number = z.int().check(z.minimum(1));
const words = z.string();

/**
 * `used`: milliseconds of work. `minutes`, `limit`: the budget as it is from then on. `calls`: so many were counted, and
 * it was their number that was used up.
 */
export const budgetEvents = {
  'budget-used-up': z.object({
    dispatch: number,
    message: number,
    words,
    used: z.int(),
    calls: z.optional(number),
  }),
  'stopped-over-budget': z.object({ dispatch: number, used: z.int() }),
  'time-jumped': z.object({ dispatch: number, jumped: z.int() }),
  'time-given': z.object({
    dispatch: number,
    message: number,
    words,
    minutes: number,
    limit: z.optional(number),
    reason: words,
  }),
} as const;
