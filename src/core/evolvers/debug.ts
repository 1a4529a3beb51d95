import type { Evolvers } from '../decision.ts';
import { at, change } from '../table.ts';

export const debugEvolvers: Pick<Evolvers, 'debug-turned' | 'bug-described'> = {
  'debug-turned': (state, { todo, on }) => {
    if (todo !== undefined) {
      return {
        ...state,
        todos: change(state.todos, todo, { debug: { ...at(state.todos, todo)?.debug, on } }),
      };
    }
    const { orchestration } = state;
    return orchestration ? { ...state, orchestration: { ...orchestration, debug: on } } : state;
  },
  'bug-described': (state, { todo, reproduction, risk, why, rollback }, { actor }) => {
    const before = at(state.todos, todo)?.debug?.bug;
    // As with VERIFY: who writes around another's command has not written it.
    const {
      reproduction: last,
      rollback: lastWatch,
      agentWrote: wrote,
      agentWatches: watches,
    } = before ?? {};
    const isAgent = actor !== 'user';
    const agentWrote = last?.command === reproduction.command ? wrote === true : isAgent;
    const watch = rollback?.command;
    const isWatch = lastWatch?.command === watch ? watches === true : isAgent;
    const agentWatches = watch !== undefined && isWatch;
    const bug = {
      reproduction,
      risk,
      why,
      ...(rollback ? { rollback } : {}),
      ...(agentWrote ? { agentWrote } : {}),
      ...(agentWatches ? { agentWatches } : {}),
      ...(isAgent ? {} : { byUser: true as const }),
    } as const;
    const { fired } = at(state.todos, todo)?.debug ?? {};
    const debug = { on: true, bug, ...(fired === undefined ? {} : { fired }) };
    return { ...state, todos: change(state.todos, todo, { debug }) };
  },
};
