import type { CallHints } from './calls.ts';

/** Changes nothing. */
export const reads: CallHints = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** Adds to the record; the same call again changes nothing more. */
export const records: CallHints = { ...reads, readOnlyHint: false };

/** Adds to the record; the same call again adds again. */
export const adds: CallHints = { ...records, idempotentHint: false };

/** Takes something off the list, ends it or writes over it. The journal keeps what was. */
export const takesAway: CallHints = { ...records, destructiveHint: true };
