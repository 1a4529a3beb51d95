// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

const number = z.int().check(z.minimum(1));
const words = z.string().check(z.maxLength(4_000));
/** What git names an object by, in hexadecimal. */
const object = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/));
const argv = z.array(z.string().check(z.maxLength(4_000))).check(z.minLength(1), z.maxLength(200));

/**
 * One DONE-WHEN, or one line of VERIFY that is seen by eye, as the reviewer judges it; both count from 1. Or what
 * reproduces the bug, where that is seen by eye (line 1). Without `todo` it is of the only one that the result is about.
 * Of a result that was reviewed hard each computed gate is judged in words too (line 1), and of no TODO alone.
 */
export const judged = z.object({
  todo: z.optional(number),
  what: z.enum(['done-when', 'by-eye', 'reproduction', 'scope', 'conflict', 'evidence']),
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
  /** Counts from 1; none for what reproduces a bug. */
  line: z.optional(number),
  /** P9: what reproduces the bug of the TODO, on what stood there before the fix, or on the result. */
  reproduction: z.optional(z.enum(['before', 'after'])),
  /** Of a reproduction: whether it wrote what was described. */
  printed: z.optional(z.boolean()),
  /** There is no such program, or it may not be run. */
  notStarted: z.optional(z.literal(true)),
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

/** The ladder of P8: Lockkeeper ran it on exactly this tree; the worker's output is there; words. */
export const evidenceLevels = ['witnessed', 'attached', 'claimed'] as const;
export type EvidenceLevel = (typeof evidenceLevels)[number];

/** P8: what a machine finds out; nobody can tick it instead. */
const computedGates = ['scope', 'conflict', 'evidence'] as const;
export const gateNames = ['objective', ...computedGates] as const;
export type GateName = (typeof gateNames)[number];

/** SHA-256 of what was shown: base, tree and files. */
const shown = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** P8: the user's word past computed gates that fail. */
export const gateOverride = z.object({
  gates: z.array(z.enum(computedGates)).check(z.minLength(1)),
  reason: words,
});
export type GateOverride = z.output<typeof gateOverride>;

/** The shape of an approval. `message` is what the commit says; one is proposed where it is left out. */
export const approval = z.object({
  result: number,
  shown: z.optional(shown),
  judged: z.array(judged).check(z.maxLength(2_000)),
  message: z.optional(words),
  override: z.optional(gateOverride),
});

/** An approval is taken back. */
export const approvalUndo = z.object({ result: number, reason: words });

/** `returned` go back to the head of the list; `commit` takes the change back, where one was made. */
export const approvalUndone = z.object({
  result: number,
  reason: words,
  returned: z.array(number),
  commit: z.optional(object),
  /** P9: the rollback trigger that fired, by its TODO, and what was read. */
  fired: z.optional(z.object({ todo: number, reading: words })),
});

/** What an approval bound to, on the record. */
export const approvalBound = {
  shown: z.optional(shown),
  tree: z.optional(object),
  /** The tree that the work began from. */
  base: z.optional(object),
  commit: z.optional(object),
  judged: z.optional(z.array(judged)),
  override: z.optional(gateOverride),
  /** The first line of the commit's message. */
  subject: z.optional(words),
};
