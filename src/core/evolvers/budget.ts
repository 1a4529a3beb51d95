import type { Evolvers } from '../decision.ts';
import type { Budget } from '../planning.ts';
import type { State } from '../state.ts';
import { at, change } from '../table.ts';
import { said } from './cadence.ts';

type BudgetEvents = 'budget-used-up' | 'stopped-over-budget' | 'time-jumped' | 'time-given';

export const budgetEvolvers: Pick<Evolvers, BudgetEvents> = {
  'budget-used-up': (state, { dispatch, message: n, words, used, calls }, { at: now, actor: by }) => {
    const told = said(state, dispatch, { n, kind: 'budget', words, at: now, by });
    return spent(told, dispatch, {
      up: { at: now, used, ...(calls === undefined ? {} : { calls }) },
    });
  },
  'stopped-over-budget': (state, { dispatch }, { at: now }) => {
    const stopped = spent(state, dispatch, { stopped: true });
    const dispatches = change(stopped.dispatches, dispatch, { ended: { at: now, exitCode: null } });
    return { ...stopped, dispatches };
  },
  'time-jumped': (state, { dispatch, jumped }) => {
    const used = at(state.dispatches, dispatch)?.budget?.used ?? 0;
    return spent(state, dispatch, { used: used - jumped });
  },
  'time-given': (state, { dispatch, message: n, words, minutes, limit: given }, { at: now, actor: by }) => {
    const before = at(state.dispatches, dispatch);
    if (!before?.budget) return state;
    const { used, since, calls, limit = given } = before.budget;
    const counted = calls === undefined || limit === undefined ? {} : { calls, limit: given ?? limit };
    const budget = { minutes, used, ...(since === undefined ? {} : { since }), ...counted };
    const told = said(state, dispatch, { n, kind: 'budget', words, at: now, by });
    return { ...told, dispatches: change(told.dispatches, dispatch, { budget }) };
  },
};

/** Nothing of it is used yet. */
export function wholeBudget({ minutes, calls }: Pick<Budget, 'minutes' | 'calls'>): Budget {
  return { minutes, used: 0, ...(calls === undefined ? {} : { calls, limit: calls }) };
}

function spent(state: State, n: number, part: Partial<Budget>): State {
  const budget = at(state.dispatches, n)?.budget;
  return budget
    ? { ...state, dispatches: change(state.dispatches, n, { budget: { ...budget, ...part } }) }
    : state;
}
