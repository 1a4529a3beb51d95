// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

const numbers = z.array(z.int().check(z.minimum(1))).check(z.maxLength(20_000));

/** The user's word past named things, spent in the transaction that carries it (T5). */
export const override = z.object({
  todos: numbers,
  results: numbers,
  questions: numbers,
  reason: z.string().check(z.maxLength(4_000)),
});
export type Override = z.output<typeof override>;
