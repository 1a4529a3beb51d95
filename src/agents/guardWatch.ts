import { randomUUID } from 'node:crypto';
import type { Act } from '../contract/acts.ts';
import type { Bearer } from '../contract/actor.ts';
import { isHeldBack, isSeatGuarded } from '../core/state.ts';
import { at } from '../core/table.ts';
import type { Desk } from '../desk/desk.ts';

/**
 * P2: whether the guard of a worker, or of the seat, is still there. A guard that stands before all of an agent's tools also hears of the
 * calls to Lockkeeper, and says so first; a call that comes without that shows that it is gone, whatever the reason.
 */
export interface GuardWatch {
  /** Its guard says that this call comes. */
  announced(who: Bearer, call: string): void;
  /** The call came. Resolves when it is on the record what that shows. */
  came(who: Bearer, call: string): Promise<void>;
}

/** Of each. What a person did not let an agent call stays announced for ever. */
const mostAnnounced = 8;

/** `onCall` is told of each call whether a guard of its caller's is there, once that is on the record. */
export function watchGuards(
  desk: Desk,
  onCall: (who: Bearer, guarded: boolean) => void = () => undefined,
): GuardWatch {
  const announced = new Map<Bearer, string[]>();
  return {
    announced(who, call) {
      announced.set(who, [...(announced.get(who) ?? []), call].slice(-mostAnnounced));
    },
    async came(who, call) {
      const waiting = announced.get(who) ?? [];
      const index = waiting.indexOf(call);
      if (index >= 0) {
        announced.set(who, waiting.toSpliced(index, 1));
        onCall(who, true);
        return;
      }
      const act = missing(desk, who);
      if (act) await desk.submit({ id: randomUUID(), actor: { seat: 'keeper' }, act });
      onCall(who, isGuarded(desk, who));
    },
  };
}

function isGuarded({ state }: Desk, who: Bearer): boolean {
  if (who === 'orchestrator') return state.seat !== undefined && isSeatGuarded(state.seat);
  const worker = at(state.workers, who);
  return worker !== undefined && isHeldBack(worker);
}

function missing({ state }: Desk, who: Bearer): Act | undefined {
  if (who === 'orchestrator')
    return state.seat?.guard === 'calls' ? { type: 'note-seat-guard', guard: 'gone' } : undefined;
  const worker = at(state.workers, who);
  if (worker?.guarded !== true || worker.guardsCalls !== true) return undefined;
  return { type: 'note-unguarded', worker: who };
}
