// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';

const number = z.int().check(z.minimum(1));
const said = z.string().check(z.maxLength(4_000));

/** For whom files are kept. Never for the orchestrator's seat: it does not execute (T1). */
export const holder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('worker'), worker: number }),
  z.object({ kind: z.literal('user') }),
  z.object({ kind: z.literal('closed') }),
]);
export type Holder = z.output<typeof holder>;

/** One of the two who meet in a file. Without a dispatch a worker has nothing live there. */
export const side = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('worker'), worker: number, dispatch: z.optional(number) }),
  z.object({ kind: z.literal('user') }),
  z.object({ kind: z.literal('unknown') }),
]);
export type Side = z.output<typeof side>;

/** In the order in which they came to the file; the later one is frozen. */
export const sides = z.tuple([side, side]);
export const which = z.union([z.literal(1), z.literal(2)]);
export const mergePaths = ['owner-first', 'split', 'hand-over', 'take-side'] as const;
export const mergePath = z.enum(mergePaths);
export type MergePath = z.output<typeof mergePath>;
/** What shows that nothing broke: a command and what it said. */
export const regression = z.object({ command: said, result: said });

/** What is known of the guard before an agent in the seat. */
export const seatGuard = z.enum(['asks', 'calls', 'gone']);
export type SeatGuard = z.output<typeof seatGuard>;

const words = z.string();
const list = z.array(words);

export const ownershipEvents = {
  'scope-locked': z.object({
    lock: number,
    scope: list,
    holder,
    reason: words,
    conflict: z.optional(number),
  }),
  'lock-released': z.object({ lock: number, reason: words }),
  'lock-handed-over': z.object({ lock: number, holder, reason: words }),

  'conflict-opened': z.object({
    conflict: number,
    files: list,
    sides,
    noticed: words,
    request: z.optional(number),
    /** Whose change does not merge into the branch; the user's side is then what is committed there. */
    result: z.optional(number),
  }),
  'conflict-widened': z.object({ conflict: number, files: list }),
  'writer-named': z.object({ conflict: number, writer: side }),
  'owner-assigned': z.object({ conflict: number, side: which, reason: words }),
  'merge-path-set': z.object({
    conflict: number,
    path: mergePath,
    words,
    todo: z.optional(number),
  }),
  'evidence-given': z.object({ conflict: number, contract: words, regression }),
  resumed: z.object({ conflict: number, reason: words }),

  'scope-requested': z.object({ request: number, dispatch: number, paths: list, reason: words }),
  'scope-granted': z.object({ request: number }),
  'request-declined': z.object({ request: number, reason: words }),

  'worker-guarded': z.object({ worker: number, calls: z.optional(z.literal(true)) }),
  'worker-unguarded': z.object({ worker: number }),
  'seat-guard-noted': z.object({ guard: seatGuard }),
  'worker-reconnected': z.object({ worker: number }),
} as const;
