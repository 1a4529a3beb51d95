import type { Refusal, Subject } from '../contract/refusal.ts';
import { closingReasons } from '../core/closing.ts';
import { gateReasons, type Reason } from '../core/gate.ts';
import { nextTodo, openItemBefore, unreconciled } from '../core/order.ts';
import type { Dispatch, State } from '../core/state.ts';
import { unreleasedSteps } from '../core/steps.ts';
import { at } from '../core/table.ts';
import type { CommandId } from './ids.ts';

/** The button that does what a refusal names as its way out. */
export interface WayOut {
  readonly label: string;
  readonly command: CommandId;
  readonly argument: object;
}

const way = (label: string, command: CommandId, argument: object = {}): WayOut => ({
  label,
  command,
  argument,
});

/** Everything that stands in the way of a release or of closing, each with its own way out. */
export function waysOut(
  state: State,
  { code }: Refusal,
): readonly { readonly reason: Reason; readonly out: WayOut | undefined }[] {
  const reasons = code === 'not-closable' ? closingReasons(state) : gateReasons(state);
  return reasons.map((reason) => ({ reason, out: fromReason(state, reason) }));
}

/** The way out of a refusal as a command, where one command is enough. */
export function wayOut(state: State, { code, about }: Refusal): WayOut | undefined {
  switch (code) {
    case 'no-orchestration':
      return way('Start an Orchestration', 'lockkeeper.start');
    case 'orchestration-open':
      return way('Close the Orchestration', 'lockkeeper.close');
    case 'unreconciled': {
      const todo = unreconciled(state);
      return todo && way(`Reconcile TODO ${todo.n}`, 'lockkeeper.reconcile', { todo: todo.n });
    }
    case 'something-live':
      return fromLive(state);
    case 'gate-shut':
      return fromReason(state, gateReasons(state)[0]);
    case 'not-closable':
      return fromReason(state, closingReasons(state)[0]);
    case 'open-item-first': {
      const next = nextTodo(state);
      const item = next && openItemBefore(state, next);
      return (
        item &&
        way(`Move TODO ${item.n} to the Head`, 'lockkeeper.moveTodo', { todo: item.n, before: next.n })
      );
    }
    case 'not-next': {
      const next = nextTodo(state);
      return next && way(`Dispatch TODO ${next.n}`, 'lockkeeper.dispatch', { todo: next.n });
    }
    case 'nothing-next': {
      const [step] = unreleasedSteps(state);
      return step
        ? way(`Release Step ${step.n}`, 'lockkeeper.release', { step: step.n })
        : way('Add a TODO', 'lockkeeper.addTodo');
    }
    case 'no-reproduction':
    case 'no-rollback':
      return about && way('Describe the Bug', 'lockkeeper.describeBug', { todo: about.n });
    case 'no-step':
    case 'plan-thin':
      return way('Plan a Step', 'lockkeeper.addStep');
    case 'unknown-worker':
      return way('Add a Worker', 'lockkeeper.addWorker', roleOfNext(state));
    case 'role-mismatch':
      return way('Add a Worker', 'lockkeeper.addWorker', roleOfNext(state));
    case 'instruction-stands':
    case 'instruction-before': {
      const [instruction] = state.instructed;
      return way('Carry On', 'lockkeeper.carryOn', { instruction });
    }
    case 'contact-fresh':
    case 'interrupts-spent':
      return way('Give Feedback', 'lockkeeper.feedback');
    case 'budget-used-up':
      return way('Give It More Time', 'lockkeeper.giveTime', { dispatch: about?.n });
    case 'ended':
      return way('Relaunch It', 'lockkeeper.relaunch', { dispatch: about?.n });
    case 'waits-for-answer':
      return way('Answer It', 'lockkeeper.answer');
    case 'seat-lent':
      return way('Take the Seat Back', 'lockkeeper.takeSeatBack');
    case 'rolled-back':
    case 'replaced':
      return way('Accept It as It Is', 'lockkeeper.acceptJournal');
    case 'io-error':
    case 'damaged':
    case 'unreadable':
    case 'not-writable':
      return way('Reopen the Journal', 'lockkeeper.reopenJournal');
    case 'merge-conflicts':
      return about?.kind === 'conflict' ? fromSubject(state, about) : fromLive(state, 'reject');
    case 'objective-unmet':
    case 'gate-failed':
      return fromLive(state, 'reject');
    case 'too-many-side-by-side':
    case 'bundle-not-head':
      return way('Dispatch the Next TODO', 'lockkeeper.dispatch');
    case 'unknown-lock':
      return way('Show Owned Files', 'lockkeeper.showOwned');
    default:
      return about && fromSubject(state, about);
  }
}

/** Who has the files, the case over them, or the TODO that asks for them. */
function fromSubject(state: State, { kind, n }: Subject): WayOut | undefined {
  switch (kind) {
    case 'lock':
      return way(`Release Lock ${n}`, 'lockkeeper.releaseLock', { lock: n });
    case 'dispatch':
      return fromDispatch(at(state.dispatches, n));
    case 'conflict':
      return way(`Work Conflict ${n}`, 'lockkeeper.workConflict', { conflict: n });
    case 'worker':
      return way('Send Work Unguarded', 'lockkeeper.allowUnguarded', { worker: n });
    case 'todo':
      return way(`Edit TODO ${n}`, 'lockkeeper.editTodo', { todo: n });
    case 'step':
      return way('Replan', 'lockkeeper.replan');
  }
}

function roleOfNext(state: State): object {
  const role = nextTodo(state)?.role;
  return role === undefined ? {} : { role };
}

function fromLive(state: State, wanted: 'look' | 'reject' = 'look'): WayOut | undefined {
  const [live] = state.live;
  return fromDispatch(live === undefined ? undefined : at(state.dispatches, live), wanted);
}

function fromDispatch(
  dispatch: Dispatch | undefined,
  wanted: 'look' | 'reject' = 'look',
): WayOut | undefined {
  if (!dispatch) return undefined;
  const { inReview } = dispatch;
  if (inReview === undefined) return way('Withdraw It', 'lockkeeper.withdraw', { dispatch: dispatch.n });
  return wanted === 'reject'
    ? way(`Reject Result ${inReview}`, 'lockkeeper.reject', { result: inReview })
    : way(`Open Result ${inReview}`, 'lockkeeper.openResult', { result: inReview });
}

function fromReason(state: State, reason: Reason | undefined): WayOut | undefined {
  if (!reason) return undefined;
  const { n } = reason.about;
  switch (reason.code) {
    case 'unreconciled':
      return way(`Reconcile TODO ${n}`, 'lockkeeper.reconcile', { todo: n });
    case 'in-review': {
      const dispatch = at(state.todos, n)?.dispatch;
      const result = dispatch === undefined ? undefined : at(state.dispatches, dispatch)?.inReview;
      return result === undefined
        ? undefined
        : way(`Open Result ${result}`, 'lockkeeper.openResult', { result });
    }
    case 'live': {
      const dispatch = at(state.todos, n)?.dispatch;
      return dispatch === undefined ? undefined : way('Withdraw It', 'lockkeeper.withdraw', { dispatch });
    }
    case 'open-item':
    case 'waiting':
    case 'deferred':
      return way(
        'Dispatch the Next TODO',
        'lockkeeper.dispatch',
        reason.code === 'deferred' ? { todo: n } : {},
      );
    case 'plan-affected':
      return way('The Plan Stands', 'lockkeeper.planStands', { result: n });
    case 'late-item':
      return way('Add the Late Item', 'lockkeeper.addLateItem', { result: n });
    case 'late-result':
      return way(`Open Result ${n}`, 'lockkeeper.openResult', { result: n });
    case 'instruction':
      return way('Carry On', 'lockkeeper.carryOn', { instruction: n });
    case 'conflict':
      return way(`Work Conflict ${n}`, 'lockkeeper.workConflict', { conflict: n });
    case 'question':
      return way(`Answer Question ${n}`, 'lockkeeper.answer', { question: n });
    default:
      return undefined;
  }
}
