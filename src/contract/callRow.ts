import type * as z from 'zod';
import type { ActName } from './acts.ts';

/** What an MCP client is told of a tool, so that it knows when to ask its person. */
interface CallHints {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: false;
}

/** One call an agent can make. `act` is what it asks the desk for; absent where it only reads. */
export interface CallRow {
  readonly seat: 'worker' | 'orchestrator';
  readonly act?: ActName;
  /** What else it asks for, by its arguments. */
  readonly also?: readonly ActName[];
  readonly title: string;
  readonly description: string;
  readonly hints: CallHints;
  readonly input: z.ZodObject;
}

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
