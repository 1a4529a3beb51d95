import type { Evolvers } from '../decision.ts';
import type { State } from '../state.ts';
import { at, change, put } from '../table.ts';

export const closingEvolvers: Pick<Evolvers, 'orchestration-started' | 'orchestration-closed'> = {
  'orchestration-started': (state, event, { at: startedAt }) => {
    const { orchestration: n, objective, constraints, mode, carried } = event;
    let { todos } = state;
    for (const todo of carried) todos = change(todos, todo, { passedOver: true });
    return {
      ...state,
      orchestration: { n, objective, constraints, mode, startedAt },
      todos: carried.reduce((table, todo) => undeferred(table, todo), todos),
      list: carried,
      pending: [],
    };
  },
  'orchestration-closed': (state, event, { at: closedAt }) => ({
    ...state,
    ...(state.orchestration ? { orchestration: { ...state.orchestration, closedAt } } : {}),
    pending: event.pending,
    list: [],
    late: [],
    planAffected: [],
  }),
};

function undeferred(todos: State['todos'], n: number): State['todos'] {
  const todo = at(todos, n);
  if (!todo?.deferred) return todos;
  const { deferred: _, ...rest } = todo;
  return put(todos, n, rest);
}
