// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';
import { witnessed } from './review.ts';

const { argv, result } = witnessed.shape;
/** `hard`: in a fresh worktree at head plus the change, with the workspace's own regression command. */
const asked = z.object({ result, hard: z.boolean() });
/** A person ended the run: it is not begun again but by a word. */
const cancelled = z.object({ result });

export const witnessActs = {
  'note-witnessed': witnessed,
  'note-cancelled': cancelled,
  'ask-verify': asked,
  'allow-command': z.object({ argv }),
  'revoke-command': z.object({ argv }),
} as const;

export const witnessEvents = {
  witnessed,
  'verify-cancelled': cancelled,
  'verify-asked': asked,
  'command-allowed': z.object({ argv }),
  'command-revoked': z.object({ argv }),
} as const;
