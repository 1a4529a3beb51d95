import { isOpenItem, isUnreconciled, type Dispatch, type State, type Todo } from './state.ts';
import { at } from './table.ts';

/** T6: the first TODO of the list neither live, deferred nor in review. */
export function nextTodo(state: State): Todo | undefined {
  return waitingTodos(state)[0];
}

/** The TODOs that wait for a dispatch, in order. */
export function waitingTodos(state: State): readonly Todo[] {
  return listed(state).filter((todo) => todo.state === 'waiting' && !todo.deferred);
}

export function listed(state: State): readonly Todo[] {
  return state.list.map((n) => at(state.todos, n)).filter((todo) => todo !== undefined);
}

/** The first open item that has no packet: until it has one, nothing is dispatched (T4). */
export function unreconciled(state: State): Todo | undefined {
  return listed(state).find((todo) => isUnreconciled(todo) && !todo.deferred);
}

/**
 * The open item that keeps a planned TODO waiting, if one does. A TODO that came back does not wait for
 * what its own results left open: it comes first, and its next result answers for them.
 */
export function openItemBefore(state: State, todo: Todo): Todo | undefined {
  if (isOpenItem(todo)) return undefined;
  return waitingTodos(state).find(
    (other) =>
      isOpenItem(other) &&
      !other.sources.every(({ result }) => dispatchOf(state, result)?.todos.includes(todo.n) === true),
  );
}

/** Items of earlier, rejected results of this dispatch that are still on the list. */
export function earlierItems(state: State, dispatch: number): readonly Todo[] {
  return listed(state).filter(
    (todo) =>
      todo.state === 'waiting' &&
      todo.sources.some(({ result }) => at(state.results, result)?.dispatch === dispatch),
  );
}

/**
 * Where the items of a result go: behind their own TODO and the items it already left, and before all
 * planned ones. The number of the TODO they stand before; undefined is the tail.
 */
export function placeOfItems(state: State, dispatch: number): number | undefined {
  const own = at(state.dispatches, dispatch)?.todos ?? [];
  const todos = listed(state);
  const lastOwn = todos.findLastIndex((todo) => own.includes(todo.n));
  const planned = todos.findIndex(
    (todo) => !own.includes(todo.n) && todo.state === 'waiting' && !isOpenItem(todo) && !todo.deferred,
  );
  if (lastOwn < 0 || (planned >= 0 && planned < lastOwn)) return todos[Math.max(planned, 0)]?.n;
  let index = lastOwn + 1;
  while (index < todos.length && isItemOf(state, todos[index], dispatch)) index += 1;
  return todos[index]?.n;
}

/** Whether a move puts a planned TODO before an open item; no agent's move may (T6). */
export function putsPlannedFirst(state: State, moved: Todo, before: number | undefined): boolean {
  const list = withMoved(state.list, moved.n, before);
  const place = list.indexOf(moved.n);
  const standing = (n: number): Todo | undefined => {
    const todo = at(state.todos, n);
    return todo?.state === 'waiting' && !todo.deferred ? todo : undefined;
  };
  if (!isOpenItem(moved)) {
    return list.slice(place + 1).some((n) => {
      const todo = standing(n);
      return todo !== undefined && isOpenItem(todo);
    });
  }
  return list.slice(0, place).some((n) => {
    const todo = standing(n);
    return todo !== undefined && !isOpenItem(todo);
  });
}

export function withMoved(
  list: readonly number[],
  todo: number,
  before: number | undefined,
): readonly number[] {
  const rest = list.filter((n) => n !== todo);
  return withAdded(rest, todo, before);
}

export function withAdded(
  list: readonly number[],
  todo: number,
  before: number | undefined,
): readonly number[] {
  const place = before === undefined ? -1 : list.indexOf(before);
  return place < 0 ? [...list, todo] : [...list.slice(0, place), todo, ...list.slice(place)];
}

function isItemOf(state: State, todo: Todo | undefined, dispatch: number): boolean {
  return todo?.sources.some(({ result }) => at(state.results, result)?.dispatch === dispatch) === true;
}

function dispatchOf(state: State, result: number): Dispatch | undefined {
  const stored = at(state.results, result);
  return stored && at(state.dispatches, stored.dispatch);
}
