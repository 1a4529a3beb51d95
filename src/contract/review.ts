// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

const number = z.int().check(z.minimum(1));
const words = z.string().check(z.maxLength(4_000));
/** What git names an object by, in hexadecimal. */
const object = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/));
const argv = z.array(z.string().check(z.maxLength(4_000))).check(z.minLength(1), z.maxLength(200));

/** One DONE-WHEN, or one line of VERIFY that is seen by eye, as the reviewer judges it; both count from 1. */
export const judged = z.object({
  todo: number,
  what: z.enum(['done-when', 'by-eye']),
  line: number,
  pass: z.boolean(),
  word: words,
});
export type Judged = z.output<typeof judged>;

/** What a VERIFY command came to when Lockkeeper ran it (P8: *witnessed*). */
export const witnessed = z.object({
  result: number,
  /** The TODO whose VERIFY it is; none for the workspace's own regression command. */
  todo: z.optional(number),
  /** Counts from 1. */
  line: z.optional(number),
  argv,
  /** The tree it ran on, exactly: it was the same before and after, or `changed` says what was not. */
  tree: object,
  /** Whether it ran in a fresh worktree at head plus the change (`review-hard`); then `tree` is the change's own. */
  fresh: z.boolean(),
  /** What git keeps and it changed, by path: then it witnesses nothing. `tree` is the one it began on. */
  changed: z.optional(z.array(words).check(z.minLength(1), z.maxLength(50))),
  /** Null where it has none: ended by a signal, by its time limit, by a person, or never started. */
  exitCode: z.nullable(z.int()),
  why: z.optional(words),
  milliseconds: z.int().check(z.minimum(0)),
  /** Of what it wrote, the SHA-256 it is kept under, and its last words. */
  output: z.object({ sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)), bytes: z.int(), end: words }),
});
export type Witnessed = z.output<typeof witnessed>;

export const gateNames = ['objective', 'scope', 'conflict', 'evidence'] as const;
export type GateName = (typeof gateNames)[number];
