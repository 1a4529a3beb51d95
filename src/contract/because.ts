// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

/** What made a TODO necessary that was not in the plan (T7). */
export const because = z.object({
  kind: z.enum(['result', 'answer', 'rejection', 'instruction']),
  number: z.int().check(z.minimum(1)),
});
export type Because = z.output<typeof because>;
