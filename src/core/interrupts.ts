import type { Recorded } from '../contract/events.ts';
import { frozenSide } from './dispute.ts';
import type { State } from './state.ts';
import { at, change } from './table.ts';

const hour = 3_600_000;

/** P10: how often a worker was interrupted within the hour that ends now. */
export function interruptsOf(state: State, worker: number, now: number): number {
  return (at(state.workers, worker)?.interrupted ?? []).filter((when) => when > now - hour).length;
}

/**
 * P10: keeps when each worker was interrupted by what it did not wait for: a nudge, an instruction, a freeze, a
 * replan change. An answer, a returned question and a verdict are waited for, and feedback waits itself. `after`: what the event made.
 */
export function withInterrupts(after: State, { at: now, event }: Pick<Recorded, 'at' | 'event'>): State {
  switch (event.type) {
    case 'nudged':
      return interrupted(after, [event.dispatch], now);
    case 'instructed':
      return interrupted(after, after.live, now);
    case 'task-changed':
      return isWaitedFor(after) ? after : interrupted(after, [event.dispatch], now);
    case 'conflict-opened': {
      const frozen = frozenSide(event);
      const dispatch = frozen.kind === 'worker' ? frozen.dispatch : undefined;
      return dispatch === undefined ? after : interrupted(after, [dispatch], now);
    }
    default:
      return after;
  }
}

/** Who was stopped waits to hear how it goes on. */
function isWaitedFor({ replans, instructed }: State): boolean {
  return instructed.length > 0 || at(replans, replans.size)?.instruction !== undefined;
}

function interrupted(state: State, dispatches: readonly number[], now: number): State {
  let { workers } = state;
  for (const n of dispatches) {
    const worker = at(workers, at(state.dispatches, n)?.worker ?? 0);
    if (!worker) continue;
    const before = (worker.interrupted ?? []).filter((when) => when > now - hour);
    workers = change(workers, worker.n, { interrupted: [...before, now] });
  }
  return workers === state.workers ? state : { ...state, workers };
}
