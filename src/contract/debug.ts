// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

const number = z.int().check(z.minimum(1));
const words = z.string().check(z.maxLength(4_000));

/** What shows the bug before anything is mended: a command, and what it prints. */
const reproduction = z.object({ command: words, shows: words });
/** Before a risky fix: what is watched, by which command if by one, which reading fires it, and what is undone then. */
const rollback = z.object({ watch: words, reading: words, undo: words, command: z.optional(words) });

/** P9: what is known of a bug before its fix goes out. `why` is the reason for the risk. */
const bug = {
  reproduction,
  risk: z.enum(['low', 'risky']),
  why: words,
  rollback: z.optional(rollback),
};
export const debugActs = {
  /** Without a TODO it is the whole orchestration. */
  'debug-mode': z.object({ todo: z.optional(number), on: z.boolean(), reason: words }),
  'describe-bug': z.object({ todo: number, ...bug }),
  /** The rollback trigger of an approved fix fired: `reading` is what was read. Its approval is taken back. */
  'fire-rollback': z.object({ todo: number, reading: words }),
} as const;

export const debugEvents = {
  'debug-turned': z.object({ todo: z.optional(number), on: z.boolean(), reason: words }),
  'bug-described': z.object({ todo: number, ...bug }),
} as const;

export type Rollback = z.output<typeof rollback>;
export type Bug = Omit<z.output<(typeof debugEvents)['bug-described']>, 'todo'>;
