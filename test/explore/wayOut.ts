import { closingReasons } from '../../src/core/closing.ts';
import type { Reason } from '../../src/core/gate.ts';
import type { State } from '../../src/core/state.ts';
import { at } from '../../src/core/table.ts';
import type { Try } from './leadTries.ts';
import { isOpen } from './turn.ts';

/**
 * From every state somebody gets on by what the rules name, without an override and without giving anything up:
 * of the things that stand at least one can be taken up just now, and where none stands, closing is accepted.
 */
export function isStuck(state: State, accepted: readonly Try[]): string | undefined {
  if (!isOpen(state)) {
    const canStart = accepted.some(({ act }) => act.type === 'start');
    return canStart ? undefined : 'deadlock: closed, and none can be started';
  }
  const reasons = closingReasons(state);
  if (reasons.length === 0) {
    const closes = accepted.some(({ act }) => act.type === 'close' && act.override === undefined);
    return closes ? undefined : 'deadlock: nothing stands and it cannot be closed';
  }
  if (reasons.some((reason) => accepted.some((one) => takesUp(state, reason, one)))) return undefined;
  return `deadlock: nothing of what stands can be taken up: ${reasons.map(({ next }) => next).join(' ')}`;
}

function takesUp(state: State, { code, about }: Reason, { actor, act }: Try): boolean {
  const dispatch = at(state.todos, about.n)?.dispatch;
  switch (code) {
    case 'in-review':
      return act.type === 'approve' || act.type === 'reject';
    case 'live':
      return act.type === 'submit' && act.dispatch === dispatch;
    case 'unreconciled':
      return act.type === 'reconcile' && act.todo === about.n;
    case 'late-item':
      return act.type === 'add-late-item' && act.result === about.n;
    case 'late-result':
      return act.type === 'note-late-result' && act.result === about.n;
    case 'plan-affected':
      return act.type === 'plan-stands' && act.result === about.n;
    case 'question':
      return act.type === 'answer' && act.question === about.n;
    default:
      return (
        act.type === 'dispatch' ||
        (act.type === 'move-todo' && act.before !== undefined && actor.seat !== 'user')
      );
  }
}
