import type { MarkAbout } from '../../contract/timeline.ts';
import { decisive } from '../../core/decisive.ts';
import { openOrchestration, type State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import type { AgentsDecision } from '../../core/views/decisions.ts';
import type { CommandId } from '../ids.ts';
import { rows } from './sentences.ts';

/** A command, or the document of what the decision is about. */
export type Way =
  | { readonly label: string; readonly command: CommandId; readonly argument?: object }
  | { readonly label: string; readonly opens: MarkAbout };

const way = (label: string, command: CommandId, argument?: object): Way =>
  argument ? { label, command, argument } : { label, command };

/**
 * P2: first what takes a decision over, where the rules have a way back, then what opens it, then the user's own words,
 * which stop what has gone out. Of an orchestration that is closed all is only looked at.
 */
export function waysOf(state: State, decision: AgentsDecision): readonly Way[] {
  const opening = opensOf(state, decision);
  if (!openOrchestration(state)) return opening;
  return [...overtaking(state, decision), ...opening, way(rows.instruct, 'lockkeeper.instruct')];
}

function opensOf(state: State, { what, n, about }: AgentsDecision): readonly Way[] {
  switch (decisive[what]) {
    case 'result':
      return [way(rows.result, 'lockkeeper.openResult', { result: n })];
    case 'lock':
      return state.held.includes(n) ? [way(rows.owned, 'lockkeeper.showOwned', { lock: n })] : [];
    case 'dispatch':
    case 'request': {
      const dispatch = at(state.dispatches, about?.n ?? 0);
      if (dispatch?.over === undefined)
        return [way(rows.task, 'lockkeeper.openTask', { worker: dispatch?.worker })];
      break;
    }
    case 'orchestration':
      return [way(rows.handoff, 'lockkeeper.handoff', { orchestration: n })];
    default:
      break;
  }
  return about ? [{ label: rows.open(about), opens: about }] : [];
}

/** What the rules have no way back for is only opened: a dropped TODO, a split, a released step, a case that is over. */
function overtaking(state: State, { what, n, about }: AgentsDecision): readonly Way[] {
  switch (what) {
    case 'answered':
      // Before its worker has it an answer is replaced.
      return at(state.questions, n)?.heardAt === undefined
        ? [way(rows.replace, 'lockkeeper.replaceAnswer', { question: n })]
        : [];
    case 'question-returned':
      return [way(rows.answer, 'lockkeeper.replaceAnswer', { question: n })];
    case 'approved':
      return [way(rows.undo, 'lockkeeper.undoApproval', { result: n })];
    case 'dispatched':
    case 'time-given':
      return [way(rows.withdraw, 'lockkeeper.withdraw', { dispatch: n })];
    case 'scope-granted':
      return [
        way(rows.scope, 'lockkeeper.replan'),
        way(rows.withdraw, 'lockkeeper.withdraw', { dispatch: about?.n }),
      ];
    case 'request-declined':
      return [way(rows.scope, 'lockkeeper.replan')];
    case 'plan-stood':
    case 'replanned':
      return [way(rows.replan, 'lockkeeper.replan')];
    case 'todo-reconciled':
      return [
        way(rows.edit, 'lockkeeper.editTodo', { todo: n }),
        way(rows.move, 'lockkeeper.moveTodo', { todo: n }),
        way(rows.drop, 'lockkeeper.dropTodo', { todo: n }),
      ];
    case 'todo-moved':
      return [way(rows.move, 'lockkeeper.moveTodo', { todo: n })];
    case 'late-item-added':
      return [way(rows.drop, 'lockkeeper.dropTodo', { todo: n })];
    case 'todo-merged': {
      const todo = at(state.todos, n)?.mergedInto ?? 0;
      const isWaiting = at(state.todos, todo)?.state === 'waiting';
      return isWaiting ? [way(rows.split(todo), 'lockkeeper.splitTodo', { todo })] : [];
    }
    case 'scope-locked':
    case 'lock-handed-over':
      return [
        way(rows.release, 'lockkeeper.releaseLock', { lock: n }),
        way(rows.handOver, 'lockkeeper.handOverLock', { lock: n }),
      ];
    case 'lock-released':
      return [way(rows.lock, 'lockkeeper.lockScope', { scope: at(state.locks, n)?.scope })];
    case 'conflict-opened':
    case 'owner-assigned':
    case 'merge-path-set':
      return state.disputed.includes(n)
        ? [way(rows.conflict, 'lockkeeper.workConflict', { conflict: n })]
        : [];
    default:
      return [];
  }
}
