import { isByHand, type State, type Worker } from './state.ts';
import { each } from './table.ts';

export function presentWorkers(state: State): readonly Worker[] {
  return [...each(state.workers)].filter((worker) => !worker.removed);
}

/** Whether anybody calls from outside: a worker with a token, or whoever has the seat. */
export function hasCallers(state: State): boolean {
  return state.seat !== undefined || presentWorkers(state).some((worker) => !isByHand(worker));
}
