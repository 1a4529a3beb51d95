// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';
import { packetDraft } from './packets.ts';

const number = z.int().check(z.minimum(1));
const said = z.string().check(z.maxLength(4_000));
const entries = z.array(z.string().check(z.maxLength(400))).check(z.minLength(1), z.maxLength(200));

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
const sides = z.tuple([side, side]);
const which = z.union([z.literal(1), z.literal(2)]);
export const mergePaths = ['owner-first', 'split', 'hand-over', 'take-side'] as const;
const mergePath = z.enum(mergePaths);
export type MergePath = z.output<typeof mergePath>;
/** What shows that nothing broke: a command and what it said. */
const regression = z.object({ command: said, result: said });

export const ownershipActs = {
  'dispatch-side-by-side': z.object({
    parts: z.array(z.object({ todo: number, worker: number })).check(z.minLength(2), z.maxLength(100)),
    reason: said,
  }),

  'lock-scope': z.object({ scope: entries, holder, reason: said }),
  'release-lock': z.object({ lock: number, reason: said }),
  'hand-over-lock': z.object({ lock: number, holder, reason: said }),

  'open-conflict': z.object({ files: entries, sides, noticed: said }),
  /** Whose write it was that nobody could attribute. */
  'name-writer': z.object({ conflict: number, writer: side }),
  'assign-owner': z.object({ conflict: number, side: which, reason: said }),
  /** `work` is what the path leaves to do, on the list in the same act; or the word that it leaves nothing. */
  'set-merge-path': z.object({
    conflict: number,
    path: mergePath,
    words: said,
    work: z.union([z.literal('nothing'), z.object({ packet: packetDraft, role: said })]),
  }),
  'give-evidence': z.object({ conflict: number, contract: said, regression }),
  resume: z.object({ conflict: number, reason: said }),

  'request-scope': z.object({ dispatch: number, epoch: number, paths: entries, reason: said }),
  'grant-scope': z.object({ request: number }),
  'decline-request': z.object({ request: number, reason: said }),

  /** `calls`: its guard speaks up before Lockkeeper's own calls too, so that one that it did not hear of tells. */
  'note-guarded': z.object({ worker: number, calls: z.optional(z.literal(true)) }),
  /** It called, and its guard had not heard of that. */
  'note-unguarded': z.object({ worker: number }),
  /** It called with the token that it got in place of one that a stranger may have been shown. */
  'note-reconnected': z.object({ worker: number }),
} as const;

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
  'worker-reconnected': z.object({ worker: number }),
} as const;
