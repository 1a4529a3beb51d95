import type { Event } from '../../contract/events.ts';
import type { Evolvers } from '../decision.ts';
import { saidWith } from '../said.ts';
import type { State } from '../state.ts';
import { at, change, put } from '../table.ts';

type RequestEvents = Extract<Event['type'], 'scope-requested' | 'scope-granted' | 'request-declined'>;

export const requestEvolvers: Pick<Evolvers, RequestEvents> = {
  'scope-requested': (state, event, { at: now }) => {
    const { request: n, dispatch, paths, reason } = event;
    const asker = at(state.dispatches, dispatch);
    return {
      ...state,
      requests: put(state.requests, n, { n, dispatch, paths, reason, at: now, state: 'open' }),
      requested: [...state.requested, n],
      dispatches: change(state.dispatches, dispatch, {
        requests: [...(asker?.requests ?? []), n],
        ...saidWith(asker, [paths, reason]),
      }),
    };
  },
  'scope-granted': (state, { request: n }) => {
    const request = at(state.requests, n);
    const dispatch = request && at(state.dispatches, request.dispatch);
    if (!dispatch) return state;
    const { packet, granted = [] } = dispatch;
    return {
      ...state,
      requests: change(state.requests, n, { state: 'granted' }),
      requested: state.requested.filter((one) => one !== n),
      dispatches: change(state.dispatches, dispatch.n, {
        packet: { ...packet, scope: [...packet.scope, ...request.paths] },
        granted: [...granted, ...request.paths],
      }),
    };
  },
  'request-declined': (state, { request: n, reason }) => ({
    ...state,
    requests: change(state.requests, n, { state: 'declined', why: reason }),
    requested: state.requested.filter((one) => one !== n),
  }),
};

/** What becomes of the requests of a dispatch that is over. */
export function mootRequests(state: State, dispatch: number): Pick<State, 'requests' | 'requested'> {
  const ended = state.requested.filter((n) => at(state.requests, n)?.dispatch === dispatch);
  if (ended.length === 0) return { requests: state.requests, requested: state.requested };
  return {
    requests: ended.reduce((table, n) => change(table, n, { state: 'moot' }), state.requests),
    requested: state.requested.filter((n) => !ended.includes(n)),
  };
}
