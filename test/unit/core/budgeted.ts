import assert from 'node:assert/strict';
import { isRefused } from '../../../src/core/decision.ts';
import type { Dispatch } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { type History, user, worker } from './history.ts';

export const keeper = { seat: 'keeper' } as const;
export const task = { dispatch: 1, epoch: 1 } as const;
export const note = { type: 'note-budget', ...task } as const;
export const more = { type: 'give-time', dispatch: 1, minutes: 10, reason: 'The last test is red' } as const;

export const one = ({ state }: History): Dispatch => at(state.dispatches, 1) ?? assert.fail('no dispatch');
export const types = ({ events }: History): string[] => events.map(({ type }) => type);
export const isUp = (history: History): boolean => types(history).includes('budget-used-up');
export const entries = ({ state }: History): string[] =>
  inbox(state).map(({ kind, detail }) => `${kind}: ${detail}`);

/** Each act of a history takes a second of its own; a no-op is the least there is to do. */
export function pass(history: History, minutes: number): void {
  for (let second = 0; second < minutes * 60; second += 1) history.does(user, { type: 'no-op' });
}

export function heard(history: History): string {
  const decision = history.ask(worker(one(history).worker), {
    type: 'hear',
    dispatch: 1,
    epoch: one(history).epoch,
  });
  return isRefused(decision) ? decision.refusal.code : decision.said;
}
