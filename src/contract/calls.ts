import type * as z from 'zod';
import type { ActName } from './acts.ts';
import { leadCalls } from './leadCalls.ts';
import { workCalls } from './workCalls.ts';

/** What an MCP client is told of a tool, so that it knows when to ask its person. */
export interface CallHints {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: false;
}

/** One call an agent can make. `act` is what it asks the desk for; absent where it only reads. */
export interface CallRow {
  readonly seat: 'worker' | 'orchestrator';
  readonly act?: ActName;
  readonly title: string;
  readonly description: string;
  readonly hints: CallHints;
  readonly input: z.ZodObject;
}

/** Every call of the agents' door. Nothing in it is the user's alone, and nothing overrides. */
export const calls = { ...workCalls, ...leadCalls } as const satisfies Record<string, CallRow>;

export type CallName = keyof typeof calls;
export type CallInput<N extends CallName> = z.output<(typeof calls)[N]['input']>;

export function isCall(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}
