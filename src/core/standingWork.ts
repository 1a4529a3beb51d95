import { refuse, type Decision } from './decision.ts';
import { dispatchName } from './labels.ts';
import type { Dispatch, State, Todo } from './state.ts';
import { at } from './table.ts';

/** T6: why nothing else goes out just now: something is live. */
export function somethingLive(state: State): Decision | undefined {
  const [live] = state.live;
  const standing = live === undefined ? undefined : at(state.dispatches, live);
  if (!standing) return undefined;
  const others = state.live.length - 1;
  return refuse(
    'something-live',
    others > 0
      ? `${dispatchName(state, standing)} and ${others} more are live, side by side; nothing goes out behind them.`
      : `${dispatchName(state, standing)} is live; one thing is live at a time.`,
    standing.inReview === undefined
      ? `Wait for its result, or withdraw dispatch ${standing.n} with a reason.`
      : `Approve or reject result ${standing.inReview}.`,
  );
}

/**
 * The bundle that a TODO belongs to and that is still under way: it was a part of it and came back to the list, so
 * it may go out beside the others again, though nothing behind them may.
 */
export function bundleUnderWay(state: State, todo: Todo): Dispatch | undefined {
  const last = todo.dispatch === undefined ? undefined : at(state.dispatches, todo.dispatch);
  const isTheirs = state.live.every((n) => at(state.dispatches, n)?.bundle === last?.bundle);
  return last?.bundle !== undefined && state.live.length > 0 && isTheirs ? last : undefined;
}
