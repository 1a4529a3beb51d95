import type { Act } from '../../src/contract/acts.ts';
import type { Actor } from '../../src/contract/actor.ts';
import type { Event, EventType } from '../../src/contract/events.ts';
import { openOrchestration, type State, type Todo } from '../../src/core/state.ts';
import type { Table } from '../../src/core/table.ts';

/** One act that had an effect: the state before, who asked for what, what happened, the state after. */
export interface Turn {
  readonly before: State;
  readonly after: State;
  readonly actor: Actor;
  readonly act: Act;
  readonly isRefused: boolean;
  readonly events: readonly Event[];
}

/** A promise of the rules: what is broken, in words; nothing where it is kept. */
export type Promised<T> = (of: T) => string | undefined;

export function eventsOf<T extends EventType>(turn: Turn, type: T): readonly Extract<Event, { type: T }>[] {
  return turn.events.filter((event): event is Extract<Event, { type: T }> => event.type === type);
}

/** What a table of the model holds, for the price of nothing: it is never more than one chunk. */
export function all<T>(table: Table<T>): readonly T[] {
  return table.chunks.length > 1 ? table.chunks.flat() : (table.chunks[0] ?? []);
}

/** The TODOs that are left to do, read off the TODOs themselves and not off the list. */
export function leftTodos(state: State): readonly Todo[] {
  const left: Todo[] = [];
  for (const todo of all(state.todos)) {
    if (todo.state === 'waiting' || todo.state === 'live') left.push(todo);
  }
  return left;
}

/** The results, as they were stored, with an item of a late one that nobody has added or dismissed. */
export function lateResultsOpen(state: State): readonly number[] {
  const open: number[] = [];
  for (const result of all(state.results)) {
    if (result.state === 'late' && result.lateItems.some(({ standing }) => standing === 'open')) {
      open.push(result.n);
    }
  }
  return open;
}

export const isOpen = (state: State): boolean => openOrchestration(state) !== undefined;

export const sameNumbers = (one: Iterable<number>, other: Iterable<number>): boolean => {
  const [left, right] = [new Set(one), new Set(other)];
  return left.size === right.size && [...left].every((n) => right.has(n));
};
