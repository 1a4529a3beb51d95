// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

const number = z.int().check(z.minimum(1));
const words = z.string().check(z.maxLength(4_000));

export const cadenceActs = {
  /** P5: looked, and nothing is done; `note`: a word on what was seen. */
  'no-op': z.object({ note: z.optional(words) }),
  /** `anyway`: the user's word past fresh contact or many interrupts; worth nothing from anybody else. */
  nudge: z.object({ dispatch: number, reason: words, anyway: z.optional(z.literal(true)) }),
  feedback: z.object({ dispatch: number, words }),
  /** A worker takes what waits for it, all at once. */
  hear: z.object({ dispatch: number, epoch: number }),
} as const;
