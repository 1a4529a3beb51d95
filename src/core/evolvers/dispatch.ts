import type { Evolvers } from '../decision.ts';

import type { Dispatch, State } from '../state.ts';
import { saidWith } from '../said.ts';
import { at, change, put } from '../table.ts';
import { wholeBudget } from './budget.ts';
import { mootRequests } from './request.ts';
import { enteredBy } from '../task.ts';

type DispatchEvents =
  | 'dispatched'
  | 'acknowledged'
  | 'progressed'
  | 'fell-silent'
  | 'came-back'
  | 'unacknowledged'
  | 'ended'
  | 'relaunched'
  | 'withdrawn';

export const dispatchEvolvers: Pick<Evolvers, DispatchEvents> = {
  dispatched: (state, event, { at: now }) => {
    const {
      dispatch: n,
      worker,
      todos: numbers,
      packet,
      context,
      purpose,
      bundle,
      reason,
      apart,
      budget,
      calls,
    } = event;
    let { todos } = state;
    for (const todo of numbers) todos = change(todos, todo, { state: 'live', dispatch: n });
    const made: Dispatch = {
      n,
      worker,
      todos: numbers,
      packet,
      context,
      epoch: 1,
      at: now,
      results: [],
      questions: [],
      ...(purpose === undefined ? {} : { purpose }),
      ...(apart ? { apart } : {}),
      ...(budget === undefined
        ? {}
        : { budget: wholeBudget({ minutes: budget, ...(calls === undefined ? {} : { calls }) }) }),
      ...(bundle === undefined ? {} : { bundle, bundleReason: reason ?? '' }),
    };
    const { orchestration } = state;
    return {
      ...state,
      todos,
      dispatches: put(state.dispatches, n, made),
      live: [...state.live, n],
      bundles: Math.max(state.bundles, bundle ?? 0),
      ...(orchestration && orchestration.firstDispatchAt === undefined
        ? { orchestration: { ...orchestration, firstDispatchAt: now } }
        : {}),
    };
  },
  acknowledged: (state, event, { at: acknowledgedAt }) =>
    changed(without(state, event.dispatch, 'unacknowledgedSince'), event.dispatch, { acknowledgedAt }),
  unacknowledged: (state, event, { at: unacknowledgedSince }) =>
    changed(state, event.dispatch, { unacknowledgedSince }),
  progressed: (state, event, { at: now, actor }) =>
    changed(state, event.dispatch, {
      progress: { at: now, text: event.text, ...enteredBy(actor) },
      ...saidWith(at(state.dispatches, event.dispatch), event.text),
    }),
  'fell-silent': (state, event) => changed(state, event.dispatch, { silentSince: event.lastContact }),
  'came-back': (state, event) => without(state, event.dispatch, 'silentSince'),
  ended: (state, { dispatch, exitCode, reason }, { at: now }) =>
    changed(state, dispatch, { ended: { at: now, exitCode, ...(reason ? { reason } : {}) } }),
  relaunched: (state, event, { at: sentAgainAt }) =>
    changed(without(state, event.dispatch, 'ended', 'silentSince', 'unacknowledgedSince'), event.dispatch, {
      sentAgainAt,
    }),
  withdrawn: (state, event) => {
    const dispatch = at(state.dispatches, event.dispatch);
    if (!dispatch) return state;
    let { todos } = state;
    for (const n of dispatch.todos) todos = change(todos, n, { state: 'waiting' });
    const cleared = without(state, event.dispatch, 'inReview');
    return {
      ...cleared,
      todos,
      dispatches: change(cleared.dispatches, event.dispatch, {
        over: 'withdrawn',
        why: event.reason,
        epoch: dispatch.epoch + 1,
      }),
      ...mootRequests(state, event.dispatch),
      live: state.live.filter((n) => n !== event.dispatch),
      list: [...dispatch.todos, ...state.list.filter((n) => !dispatch.todos.includes(n))],
    };
  },
};

function changed(state: State, n: number, part: Partial<Dispatch>): State {
  return { ...state, dispatches: change(state.dispatches, n, part) };
}

export function without(state: State, n: number, ...keys: readonly (keyof Dispatch)[]): State {
  const dispatch = at(state.dispatches, n);
  if (!dispatch) return state;
  const rest = Object.fromEntries(
    Object.entries(dispatch).filter(([key]) => !keys.some((gone) => gone === key)),
  ) as unknown as Dispatch;
  return { ...state, dispatches: put(state.dispatches, n, rest) };
}
