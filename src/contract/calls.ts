import type * as z from 'zod';
import type { CallRow } from './callRow.ts';
import { cadenceCalls } from './cadenceCalls.ts';
import { debugCalls } from './debugCalls.ts';
import { leadCalls } from './leadCalls.ts';
import { ownershipCalls } from './ownershipCalls.ts';
import { planCalls } from './planCalls.ts';
import { workCalls } from './workCalls.ts';

/** Every call of the agents' door. Nothing in it is the user's alone, and nothing overrides. */
export const calls = {
  ...workCalls,
  ...leadCalls,
  ...ownershipCalls,
  ...planCalls,
  ...cadenceCalls,
  ...debugCalls,
} as const satisfies Record<string, CallRow>;

export type CallName = keyof typeof calls;
export type CallInput<N extends CallName> = z.output<(typeof calls)[N]['input']>;

export function isCall(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}
