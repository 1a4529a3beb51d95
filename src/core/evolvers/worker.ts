import type { Evolvers } from '../decision.ts';
import type { Worker } from '../state.ts';
import { at, change, put } from '../table.ts';

type WorkerEvents =
  | 'worker-registered'
  | 'token-renewed'
  | 'worker-removed'
  | 'worker-guarded'
  | 'worker-reconnected'
  | 'worker-unguarded'
  | 'unguarded-allowed'
  | 'seat-lent'
  | 'seat-taken-back'
  | 'seat-guard-noted'
  | 'try-refused';

export const workerEvolvers: Pick<Evolvers, WorkerEvents> = {
  'worker-registered': (state, event) => {
    const { worker: n, name, role, runs, tokenHash, expires } = event;
    const made: Worker = { n, name, role, runs, tokenHash, expires, removed: false };
    return { ...state, workers: put(state.workers, n, made) };
  },
  'token-renewed': (state, { worker, tokenHash, expires, exposed }, { at: now }) => {
    // With a new token a new session begins, and nobody knows yet whether a guard asks for it.
    const renewed = {
      tokenHash,
      expires,
      guarded: false,
      guardsCalls: false,
      ...(exposed ? { exposedAt: now } : {}),
    };
    return { ...state, workers: change(state.workers, worker, renewed) };
  },
  'worker-guarded': (state, { worker, calls }) => ({
    ...state,
    workers: change(state.workers, worker, { guarded: true, ...(calls ? { guardsCalls: true } : {}) }),
  }),
  'worker-unguarded': (state, { worker }) => ({
    ...state,
    // What the user allowed was said of another time.
    workers: change(state.workers, worker, { guarded: false, unguardedAllowed: false }),
  }),
  'worker-reconnected': (state, { worker: n }) => {
    const worker = at(state.workers, n);
    if (!worker) return state;
    const { exposedAt: _, ...back } = worker;
    return { ...state, workers: put(state.workers, n, back) };
  },
  'unguarded-allowed': (state, { worker }) => ({
    ...state,
    workers: change(state.workers, worker, { unguardedAllowed: true }),
  }),
  'worker-removed': (state, { worker }) => ({
    ...state,
    workers: change(state.workers, worker, { removed: true, tokenHash: '' }),
  }),
  'seat-lent': (state, { tokenHash, expires }) => ({ ...state, seat: { tokenHash, expires } }),
  'seat-taken-back': ({ seat: _, ...state }) => state,
  'seat-guard-noted': (state, { guard }) =>
    state.seat ? { ...state, seat: { ...state.seat, guard } } : state,
  'try-refused': (state, _, { actor }) => ({
    ...state,
    tries: { ...state.tries, [actor]: (state.tries[actor] ?? 0) + 1 },
  }),
};
