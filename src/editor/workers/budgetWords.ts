import { inCalls, inMinutes } from '../../core/labels.ts';
import type { Dispatch } from '../../core/state.ts';
import { usedTime } from '../../core/workingTime.ts';
import type { Heard } from './heard.ts';

/** "12 of 40 calls"; undefined where they have no limit, and in review: a rejection begins anew. */
export function callsWords(dispatch: Dispatch, { calls }: Pick<Heard, 'calls'>): string | undefined {
  const limit = dispatch.budget?.limit;
  return limit === undefined || dispatch.inReview !== undefined
    ? undefined
    : `${calls(dispatch)} of ${inCalls(limit)}`;
}

/** What of its budget is used, in time and in calls; nothing where it has none. */
export function budgetLines(dispatch: Dispatch, heard: Pick<Heard, 'calls' | 'now'>): readonly string[] {
  const { budget } = dispatch;
  if (!budget) return [];
  const used = Math.floor(usedTime(dispatch, heard.now) / 60_000);
  const calls = callsWords(dispatch, heard);
  const parts = [`${used} of ${inMinutes(budget.minutes)} of work`, ...(calls === undefined ? [] : [calls])];
  return [`Budget: ${parts.join(', ')}`];
}
