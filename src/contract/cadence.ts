// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

const number = z.int().check(z.minimum(1));
const count = z.int().check(z.minimum(0));
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

/** How a live dispatch stood when somebody looked. `heard`: its worker's last contact, where it is known. */
const seen = z.object({
  dispatch: number,
  standing: z.string(),
  fresh: z.boolean(),
  heard: z.optional(z.int()),
});

export const cadenceEvents = {
  /** `gate`: how many reasons shut it. `waiting`: how much stood in the Inbox. `next`: the one next thing. */
  'no-op-noted': z.object({
    gate: count,
    live: z.array(seen),
    waiting: count,
    next: z.string(),
    note: z.optional(z.string()),
  }),
  nudged: z.object({ dispatch: number, message: number, words: z.string() }),
  'feedback-given': z.object({ dispatch: number, message: number, words: z.string() }),
  heard: z.object({ dispatch: number, messages: z.array(number) }),
} as const;
