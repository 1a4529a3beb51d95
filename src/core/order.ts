import { isOpenItem, isUnreconciled, type Dispatch, type State, type Todo } from './state.ts';
import { at } from './table.ts';

/** What one result can answer; the items behind these are answered by the next, or done as TODOs. */
const mostAnswers = 200;

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
 * The open item that keeps planned work waiting, if one does; those `together` with it go out with it. A TODO
 * that came back with a verdict does not wait for what its own results left open: it comes first, and its next
 * result answers for them. One that was withdrawn before the verdict waits: sent again, it would stand for them.
 */
export function openItemBefore(
  state: State,
  todo: Todo,
  together: readonly Todo[] = [todo],
): Todo | undefined {
  if (!todo.planned) return undefined;
  const waiting = waitingTodos(state).filter((other) => !together.some(({ n }) => n === other.n));
  const first = waiting.find(
    (other) =>
      rank(other) < rank(todo) &&
      !(
        isOpenItem(other) &&
        isLeftBy(state, other, [todo.n]) &&
        other.sources.every((source) => hasVerdict(state, source.result))
      ),
  );
  // What is planned in part may not be moved past an item; so the item is what goes first.
  return first && (waiting.find((other) => other === first || rank(other) < rank(first)) ?? first);
}

/** Items that earlier results of these TODOs left open: a new result answers each by its number. */
export function earlierItems(state: State, dispatch: number): readonly Todo[] {
  const own = at(state.dispatches, dispatch)?.todos ?? [];
  return listed(state)
    .filter(
      (todo) => todo.state === 'waiting' && isOpenItem(todo) && !todo.planned && isLeftBy(state, todo, own),
    )
    .slice(0, mostAnswers);
}

/** What goes first: open items, then what a merge put together with planned work, then planned work. */
function rank(todo: Todo): number {
  if (!todo.planned) return 0;
  return isOpenItem(todo) ? 1 : 2;
}

/** Whether results of these TODOs alone left it open. */
function isLeftBy(state: State, item: Todo, todos: readonly number[]): boolean {
  return item.sources.every(({ result }) => dispatchOf(state, result)?.todos.some((n) => todos.includes(n)));
}

function hasVerdict(state: State, result: number): boolean {
  const standing = at(state.results, result)?.state;
  return standing === 'rejected' || standing === 'approved';
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
    (todo) => todo.planned && todo.state === 'waiting' && !todo.deferred && !own.includes(todo.n),
  );
  if (lastOwn < 0 || (planned >= 0 && planned < lastOwn)) return todos[planned]?.n;
  let index = lastOwn + 1;
  while (index !== planned && isItemOf(state, todos[index], dispatch)) index += 1;
  return todos[index]?.n;
}

/** Whether a move puts planned work before an open item that it stood behind. */
export function putsPlannedFirst(state: State, moved: Todo, before: number | undefined): boolean {
  return plannedPutFirst(state, withMoved(state.list, moved.n, before)) !== undefined;
}

/** The planned TODO that a new order puts before an open item that it stood behind; no agent's order may (T6). */
export function plannedPutFirst(state: State, list: readonly number[]): Todo | undefined {
  const places = new Map(state.list.map((n, place) => [n, place]));
  /** Of each rank the one that stood furthest behind, of those gone through. */
  const furthest: ({ todo: Todo; place: number } | undefined)[] = [];
  for (const n of list) {
    const [todo, place] = [at(state.todos, n), places.get(n)];
    if (todo?.state !== 'waiting' || todo.deferred || place === undefined) continue;
    const own = rank(todo);
    const overtaker = furthest.find((one, other) => one && other > own && one.place > place);
    if (overtaker) return overtaker.todo;
    if ((furthest[own]?.place ?? -1) < place) furthest[own] = { todo, place };
  }
  return undefined;
}

/** The list with these numbers in this order, in the places that they hold now. */
export function refilled(list: readonly number[], order: readonly number[]): readonly number[] {
  const named = new Set(order);
  const rest = order.values();
  return list.map((n) => (named.has(n) ? (rest.next().value ?? n) : n));
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
  return list.toSpliced(place < 0 ? list.length : place, 0, todo);
}

function isItemOf(state: State, todo: Todo | undefined, dispatch: number): boolean {
  return todo?.sources.some(({ result }) => at(state.results, result)?.dispatch === dispatch) === true;
}

function dispatchOf(state: State, result: number): Dispatch | undefined {
  const stored = at(state.results, result);
  return stored && at(state.dispatches, stored.dispatch);
}
