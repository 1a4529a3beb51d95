// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

const number = z.int().check(z.minimum(1));
/** As long as it may be and still be said whole, unaltered, in every answer and every no (T2). */
const words = z.string().check(z.maxLength(4_000));

export const instructionActs = {
  /** `stop`: what Lockkeeper launched is ended too. */
  instruct: z.object({ words, stop: z.optional(z.literal(true)) }),
  'carry-on': z.object({ instruction: number }),
} as const;

export const instructionEvents = {
  instructed: z.object({ instruction: number, words, stop: z.optional(z.literal(true)) }),
  'carried-on': z.object({ instruction: number }),
} as const;
