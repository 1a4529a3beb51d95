// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

/**
 * How a worker runs: a command started in a visible terminal, the bundled rehearsal program, or by hand: at this
 * editor, or elsewhere, where its writes cannot be held up.
 */
export const runs = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    argv: z
      .array(z.string().check(z.minLength(1), z.maxLength(4_000)))
      .check(z.minLength(1), z.maxLength(100)),
    /** The agent that its program is, by the id of its profile: started in its own way, `argv` adds to that. */
    agent: z.optional(z.string().check(z.regex(/^[a-z][a-z-]{0,39}$/))),
  }),
  z.object({ kind: z.literal('rehearsal') }),
  z.object({ kind: z.literal('by-hand'), where: z.enum(['here', 'elsewhere']) }),
]);
export type Runs = z.output<typeof runs>;
