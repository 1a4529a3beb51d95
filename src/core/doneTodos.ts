import type { Dispatch, StoredResult } from './state.ts';

/** Which TODOs of the dispatch the result calls done; a single one always is what the result is about. */
export function doneTodos(result: StoredResult, dispatch: Dispatch): readonly number[] {
  if (dispatch.todos.length === 1) return dispatch.todos;
  return result.packet.bundle.filter(({ state }) => state === 'done').map(({ todo }) => todo);
}
