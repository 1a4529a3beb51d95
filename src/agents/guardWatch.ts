import { randomUUID } from 'node:crypto';
import { at } from '../core/table.ts';
import type { Desk } from '../desk/desk.ts';

/**
 * P2: whether a worker's guard is still there. A guard that stands before all of an agent's tools also hears of the
 * calls to Lockkeeper, and says so first; a call that comes without that shows that it is gone, whatever the reason.
 */
export interface GuardWatch {
  /** Its guard says that this call comes. */
  announced(worker: number, call: string): void;
  /** The call came. Resolves when it is on the record what that shows. */
  came(worker: number, call: string): Promise<void>;
}

/** Of one worker. What a person did not let an agent call stays announced for ever. */
const mostAnnounced = 8;

export function watchGuards(desk: Desk): GuardWatch {
  const announced = new Map<number, string[]>();
  return {
    announced(worker, call) {
      announced.set(worker, [...(announced.get(worker) ?? []), call].slice(-mostAnnounced));
    },
    async came(n, call) {
      const waiting = announced.get(n) ?? [];
      const index = waiting.indexOf(call);
      if (index >= 0) {
        announced.set(n, waiting.toSpliced(index, 1));
        return;
      }
      const worker = at(desk.state.workers, n);
      if (worker?.guarded !== true || worker.guardsCalls !== true) return;
      const act = { type: 'note-unguarded', worker: n } as const;
      await desk.submit({ id: randomUUID(), actor: { seat: 'keeper' }, act });
    },
  };
}
