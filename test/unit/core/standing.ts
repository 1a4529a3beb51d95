import type { Event } from '../../../src/contract/events.ts';
import type { State, Todo } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';

/** The TODOs of the list, in order. */
export function listed(state: State): readonly Todo[] {
  return state.list.flatMap((n) => at(state.todos, n) ?? []);
}

export function waiting(state: State): readonly Todo[] {
  return listed(state).filter((todo) => todo.state === 'waiting' && !todo.deferred);
}

/** Late results with an item that is neither added nor dismissed. */
export function lateOpen(state: State): readonly number[] {
  return state.late.filter((n) =>
    at(state.results, n)?.lateItems.some(({ standing }) => standing === 'open'),
  );
}

/** Whether an open item has left the list by one of the ways that are allowed, its words kept where they go on. */
export function leftFairly(
  after: State,
  { n, sources }: Todo,
  isUser: boolean,
  events: readonly Event[],
): boolean {
  const holds = (heir: number): boolean =>
    after.list.includes(heir) && sources.every((source) => at(after.todos, heir)?.sources.includes(source));
  return events.some((event) => {
    switch (event.type) {
      case 'approved':
        return event.done.includes(n) || event.closed.includes(n);
      case 'todo-merged':
        return event.todo === n && holds(event.into);
      case 'todo-split':
        return event.todo === n && event.into.every(holds);
      case 'todo-dropped':
        return event.todo === n && isUser;
      case 'orchestration-closed':
        return isUser && event.pending.some(({ todo }) => todo === n);
      default:
        return false;
    }
  });
}
