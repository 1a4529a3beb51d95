import type { Evolvers } from '../decision.ts';
import type { Lock } from '../state.ts';
import { change, put } from '../table.ts';

export const lockEvolvers: Pick<Evolvers, 'scope-locked' | 'lock-released' | 'lock-handed-over'> = {
  'scope-locked': (state, event, { at: now, actor }) => {
    const { lock: n, scope, holder, reason, conflict } = event;
    const lock: Lock = {
      n,
      scope,
      holder,
      reason,
      by: actor,
      at: now,
      ...(conflict === undefined ? {} : { conflict }),
    };
    return { ...state, locks: put(state.locks, n, lock), held: [...state.held, n] };
  },
  'lock-released': (state, { lock, reason }) => ({
    ...state,
    locks: change(state.locks, lock, { over: reason }),
    held: state.held.filter((n) => n !== lock),
  }),
  'lock-handed-over': (state, { lock, holder, reason }, { actor }) => ({
    ...state,
    locks: change(state.locks, lock, { holder, reason, by: actor }),
  }),
};
