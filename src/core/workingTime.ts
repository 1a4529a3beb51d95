import type { Dispatch, State } from './state.ts';
import { at, change } from './table.ts';

/** Whether its worker has asked what it cannot go on without, and nobody has answered yet. */
export function waitsForAnswer({ questions }: State, dispatch: Dispatch): boolean {
  return dispatch.questions.some((n) => {
    const question = at(questions, n);
    return question?.state === 'open' && question.blocking;
  });
}

/**
 * Whether the time of a dispatch counts: its worker has the work, and may go on with it. Not while its result is in
 * review, while it has ended, while everything is stopped, or while it waits for an answer without which, by its own
 * word, it cannot go on.
 */
export function isCounting(state: State, dispatch: Dispatch): boolean {
  const { ended, inReview } = dispatch;
  return (
    !ended && inReview === undefined && state.instructed.length === 0 && !waitsForAnswer(state, dispatch)
  );
}

/** The milliseconds of work that a dispatch has used of its budget. */
export function usedTime({ budget }: Dispatch, now: number): number {
  if (!budget) return 0;
  const { used, since } = budget;
  return used + (since === undefined ? 0 : Math.max(0, now - since));
}

/** Starts and stops the clocks of what is live by what an event has made of it, whichever event that was. */
export function withWorkingTime(after: State, now: number): State {
  let { dispatches } = after;
  for (const n of after.live) {
    const dispatch = at(dispatches, n);
    if (!dispatch?.budget) continue;
    const counts = isCounting(after, dispatch);
    if (counts === (dispatch.budget.since !== undefined)) continue;
    const { since: _, ...budget } = dispatch.budget;
    const used = usedTime(dispatch, now);
    dispatches = change(dispatches, n, { budget: { ...budget, used, ...(counts ? { since: now } : {}) } });
  }
  return dispatches === after.dispatches ? after : { ...after, dispatches };
}
