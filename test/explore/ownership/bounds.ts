import type { State } from '../../../src/core/state.ts';
import { all } from '../turn.ts';

/** How many of each thing a history of ownership may make in all. */
export interface OwnershipBounds {
  readonly dispatches: number;
  readonly locks: number;
  /** What the user took over in a conflict. */
  readonly taken: number;
  readonly conflicts: number;
  readonly requests: number;
  readonly results: number;
  /** The two to begin with, and what a merge path leaves to do. */
  readonly todos: number;
  /** Whether the two TODOs are about different files, or their wishes are part of what is explored. */
  readonly wishes: 'apart' | 'any';
}

export function isWithin(state: State, bounds: OwnershipBounds): boolean {
  const taken = all(state.locks).filter(({ conflict }) => conflict !== undefined).length;
  return (
    state.dispatches.size <= bounds.dispatches &&
    taken <= bounds.taken &&
    state.locks.size - taken <= bounds.locks &&
    state.conflicts.size <= bounds.conflicts &&
    state.requests.size <= bounds.requests &&
    state.results.size <= bounds.results &&
    state.todos.size <= bounds.todos
  );
}
