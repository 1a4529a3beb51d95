// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';
import { saidBudget } from './budgetActs.ts';
import { holder, mergePath, regression, seatGuard, side, sides, which } from './ownership.ts';
import { packetDraft } from './packets.ts';

const number = z.int().check(z.minimum(1));
const said = z.string().check(z.maxLength(4_000));
const entries = z.array(z.string().check(z.maxLength(400))).check(z.minLength(1), z.maxLength(200));

export const ownershipActs = {
  'dispatch-side-by-side': z.object({
    parts: z
      .array(z.object({ todo: number, worker: number, ...saidBudget }))
      .check(z.minLength(2), z.maxLength(100)),
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
  /** The same of whoever the seat is lent to: its guard asked, spoke of a call, or did not speak of the one that came. */
  'note-seat-guard': z.object({ guard: seatGuard }),
  /** It called with the token that it got in place of one that a stranger may have been shown. */
  'note-reconnected': z.object({ worker: number }),
} as const;
