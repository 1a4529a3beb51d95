// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';
import { witnessed } from './review.ts';

const { argv } = witnessed.shape;

export const witnessActs = {
  'note-witnessed': witnessed,
  'allow-command': z.object({ argv }),
  'revoke-command': z.object({ argv }),
} as const;

export const witnessEvents = {
  witnessed,
  'command-allowed': z.object({ argv }),
  'command-revoked': z.object({ argv }),
} as const;
