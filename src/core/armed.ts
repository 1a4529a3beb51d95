import type { Rollback } from '../contract/debug.ts';
import { doneTodos } from './doneTodos.ts';
import { openOrchestration, type State, type StoredResult, type Todo } from './state.ts';
import { at, each } from './table.ts';

/** P9: an approved fix that is taken back when its trigger fires. */
export interface Armed {
  readonly todo: Todo;
  readonly result: StoredResult;
  readonly rollback: Rollback;
}

/** The trigger of a TODO whose fix is approved; undefined where it has none, or that was taken back. */
export function armedOn(state: State, n: number): Armed | undefined {
  const todo = at(state.todos, n);
  const rollback = todo?.debug?.on ? todo.debug.bug?.rollback : undefined;
  if (!rollback || todo?.state !== 'approved') return undefined;
  const result = lastApproved(state, n);
  return result && result.approval?.undone === undefined ? { todo, result, rollback } : undefined;
}

/** The result whose approval was the last one of a TODO, and was taken back. */
export function takenBack(state: State, n: number): number | undefined {
  const result = lastApproved(state, n);
  return result?.approval?.undone === undefined ? undefined : result.n;
}

function lastApproved(state: State, n: number): StoredResult | undefined {
  for (let number = state.results.size; number > 0; number -= 1) {
    const result = at(state.results, number);
    const dispatch = result && at(state.dispatches, result.dispatch);
    if (result?.state !== 'approved' || !dispatch) continue;
    const closed = result.packet.earlierItems.some((item) => item.closed && item.todo === n);
    if (closed || doneTodos(result, dispatch).includes(n)) return result;
  }
  return undefined;
}

/** Those that were approved in the orchestration that is open. */
export function armed(state: State): readonly Armed[] {
  const open = openOrchestration(state);
  if (!open) return [];
  const found: Armed[] = [];
  for (const todo of each(state.todos)) {
    if (todo.state !== 'approved' || !todo.debug?.bug?.rollback) continue;
    const one = armedOn(state, todo.n);
    if (one?.result.approval?.orchestration === open.n) found.push(one);
  }
  return found;
}
