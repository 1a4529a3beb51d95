import type { Evolvers } from '../decision.ts';
import { at, change } from '../table.ts';

export const debugEvolvers: Pick<Evolvers, 'debug-turned' | 'bug-described'> = {
  'debug-turned': (state, { todo, on }) => {
    if (todo !== undefined) {
      const bug = at(state.todos, todo)?.debug?.bug;
      return { ...state, todos: change(state.todos, todo, { debug: bug ? { on, bug } : { on } }) };
    }
    const { orchestration } = state;
    return orchestration ? { ...state, orchestration: { ...orchestration, debug: on } } : state;
  },
  'bug-described': (state, { todo, reproduction, risk, why, rollback }) => {
    const bug = { reproduction, risk, why, ...(rollback ? { rollback } : {}) };
    return { ...state, todos: change(state.todos, todo, { debug: { on: true, bug } }) };
  },
};
