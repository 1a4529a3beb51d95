import type {
  AskedQuestion,
  Conflict,
  Dispatch,
  Orchestration,
  State,
  StoredResult,
  Todo,
} from '../state.ts';
import { at, each, type Table } from '../table.ts';

/** What belongs to one orchestration, the work that was carried into it included. */
export interface Own {
  readonly todos: readonly Todo[];
  readonly results: readonly StoredResult[];
  readonly dispatches: readonly Dispatch[];
  readonly questions: readonly AskedQuestion[];
  readonly conflicts: readonly Conflict[];
}

export function ownOf(state: State, { before, carried = [] }: Orchestration): Own {
  const after = <T extends { readonly n: number }>(table: Table<T>, n = 0): readonly T[] =>
    [...each(table)].filter((one) => one.n > n);
  const brought = carried.map((n) => at(state.todos, n)).filter((todo) => todo !== undefined);
  return {
    todos: [...brought, ...after(state.todos, before?.todos)],
    results: after(state.results, before?.results),
    dispatches: after(state.dispatches, before?.dispatches),
    questions: after(state.questions, before?.questions),
    conflicts: after(state.conflicts, before?.conflicts),
  };
}
