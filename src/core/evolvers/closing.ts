import type { Evolvers } from '../decision.ts';
import type { Override } from '../../contract/override.ts';
import type { Orchestration, State } from '../state.ts';
import { at, change, put } from '../table.ts';

export const closingEvolvers: Pick<Evolvers, 'orchestration-started' | 'orchestration-closed'> = {
  'orchestration-started': (state, event, { at: startedAt }) => {
    const { orchestration: n, objective, constraints, mode, carried } = event;
    let { todos } = state;
    for (const todo of carried) todos = change(todos, todo, { passedOver: true });
    return {
      ...state,
      orchestration: { n, objective, constraints, mode, startedAt, carried, before: numbersOf(state) },
      todos: carried.reduce((table, todo) => undeferred(table, todo), todos),
      list: carried,
      plan: [],
      pending: [],
    };
  },
  'orchestration-closed': (state, event, { at: closedAt }) => ({
    ...state,
    ...(state.orchestration ? { orchestration: closed(state.orchestration, event.override, closedAt) } : {}),
    pending: event.pending,
    list: [],
    late: [],
    planAffected: [],
  }),
};

function numbersOf({
  todos,
  dispatches,
  questions,
  results,
  conflicts,
  late,
  disputed,
}: State): NonNullable<Orchestration['before']> {
  return {
    todos: todos.size,
    dispatches: dispatches.size,
    questions: questions.size,
    // What came late while nothing was open is looked at in the next one.
    results: Math.min(results.size, ...late.map((n) => n - 1)),
    conflicts: Math.min(conflicts.size, ...disputed.map((n) => n - 1)),
  };
}

function closed(open: Orchestration, closedPast: Override | undefined, closedAt: number): Orchestration {
  return closedPast ? { ...open, closedAt, closedPast } : { ...open, closedAt };
}

function undeferred(todos: State['todos'], n: number): State['todos'] {
  const todo = at(todos, n);
  if (!todo?.deferred) return todos;
  const { deferred: _, ...rest } = todo;
  return put(todos, n, rest);
}
