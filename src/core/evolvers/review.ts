import type { EventOf } from '../../contract/events.ts';
import type { Evolvers } from '../decision.ts';
import { without } from './dispatch.ts';
import { gone } from '../listed.ts';
import { mootRequests } from './request.ts';
import type { Approval, State } from '../state.ts';
import { at, change } from '../table.ts';
import { wholeBudget } from './budget.ts';

export const reviewEvolvers: Pick<
  Evolvers,
  'approved' | 'approval-undone' | 'rejected' | 'result-withdrawn'
> = {
  approved: (state, event, { actor }) => {
    const result = at(state.results, event.result);
    const dispatch = result && at(state.dispatches, result.dispatch);
    if (!dispatch) return state;
    let after: State = {
      ...without(state, dispatch.n, 'inReview', 'silentSince', 'ended'),
      ...mootRequests(state, dispatch.n),
      live: state.live.filter((n) => n !== dispatch.n),
      results: change(state.results, event.result, {
        state: 'approved',
        gates: event.gates,
        approval: {
          ...bound(event),
          orchestration: state.orchestration?.n ?? 0,
          releases: state.orchestration?.releases ?? 0,
        },
        reviewedBy: actor,
      }),
    };
    after = { ...after, dispatches: change(after.dispatches, dispatch.n, { over: 'approved' }) };
    for (const n of [...event.done, ...event.closed]) after = gone(after, n, { state: 'approved' });
    for (const n of event.returned) after = { ...after, todos: change(after.todos, n, { state: 'waiting' }) };
    const { returned } = event;
    return { ...after, list: [...returned, ...after.list.filter((n) => !returned.includes(n))] };
  },
  'approval-undone': (state, { result, reason, returned, fired }) => {
    const approval = at(state.results, result)?.approval ?? {};
    const results = change(state.results, result, { approval: { ...approval, undone: reason } });
    let { todos } = state;
    for (const n of returned) todos = change(todos, n, { state: 'waiting' });
    const debug = fired && at(todos, fired.todo)?.debug;
    if (debug) todos = change(todos, fired.todo, { debug: { ...debug, fired: fired.reading } });
    return {
      ...state,
      results,
      todos,
      list: [...returned, ...state.list.filter((n) => !returned.includes(n))],
    };
  },
  rejected: (state, event, { actor, at: sentAgainAt }) => {
    const { reason, missing, next } = event;
    const result = at(state.results, event.result);
    const dispatch = result && at(state.dispatches, result.dispatch);
    if (!dispatch) return state;
    const cleared = without(
      state,
      dispatch.n,
      'inReview',
      'acknowledgedAt',
      'unacknowledgedSince',
      'silentSince',
      'ended',
      'progress',
    );
    return {
      ...cleared,
      dispatches: change(cleared.dispatches, dispatch.n, {
        epoch: dispatch.epoch + 1,
        sentAgainAt,
        ...(dispatch.budget ? { budget: wholeBudget(dispatch.budget) } : {}),
      }),
      results: change(state.results, event.result, {
        state: 'rejected',
        rejection: { reason, missing, next },
        reviewedBy: actor,
      }),
    };
  },
  'result-withdrawn': (state, event) => ({
    ...state,
    results: change(state.results, event.result, { state: 'withdrawn', why: event.reason }),
  }),
};

function bound({ shown, tree, base, commit, judged, override, subject }: EventOf<'approved'>): Approval {
  return {
    ...(shown === undefined ? {} : { shown }),
    ...(tree === undefined ? {} : { tree }),
    ...(base === undefined ? {} : { base }),
    ...(commit === undefined ? {} : { commit }),
    ...(judged === undefined ? {} : { judged }),
    ...(override === undefined ? {} : { override }),
    ...(subject === undefined ? {} : { subject }),
  };
}
