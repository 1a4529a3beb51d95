import { short, todoName, todoWords, workerName } from '../core/labels.ts';
import { isOpenItem, isUnreconciled, type State, type Todo } from '../core/state.ts';
import { at } from '../core/table.ts';
import type { Entry } from './page.ts';

/** A TODO as one entry of a list. */
export function todoEntry(state: State, n: number): Entry | undefined {
  const todo = at(state.todos, n);
  return todo && { key: n, line: todoLine(state, todo), data: todoData(state, todo) };
}

export function todoLine(state: State, todo: Todo): string {
  const data = todoData(state, todo);
  return `${todoName(todo)}: ${String(data['standing'])}, ${todo.role}`;
}

export function todoData(state: State, todo: Todo): Record<string, unknown> {
  const dispatch = todo.state === 'live' && todo.dispatch ? at(state.dispatches, todo.dispatch) : undefined;
  return {
    todo: todo.n,
    words: short(todoWords(todo), 160),
    standing: standingOf(todo, dispatch?.inReview !== undefined),
    role: todo.role,
    open_item: isOpenItem(todo),
    ...(todo.step === undefined ? {} : { step: todo.step }),
    ...(todo.worker === undefined ? {} : { suggested_worker: todo.worker }),
    ...(dispatch ? { dispatch: dispatch.n, worker: workerName(state, dispatch.worker) } : {}),
  };
}

function standingOf(todo: Todo, inReview: boolean): string {
  if (todo.state === 'live') return inReview ? 'in review' : 'live';
  if (todo.state !== 'waiting') return todo.state;
  if (isUnreconciled(todo)) return 'left open, not reconciled';
  if (todo.deferred) return 'deferred';
  return isOpenItem(todo) ? 'left open' : 'waiting';
}
