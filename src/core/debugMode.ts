import { openOrchestration, type Dispatch, type State, type Todo } from './state.ts';
import { at } from './table.ts';

/** P9: whether a TODO is worked in debug mode: by itself, or with its orchestration. */
export function isDebug(state: State, todo: Todo | undefined): boolean {
  return todo?.debug?.on ?? openOrchestration(state)?.debug ?? false;
}

export function isDebugDispatch(state: State, { todos }: Dispatch): boolean {
  return todos.some((n) => isDebug(state, at(state.todos, n)));
}
