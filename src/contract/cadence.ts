// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

const number = z.int().check(z.minimum(1));
const count = z.int().check(z.minimum(0));

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
