import type { Evolvers } from '../decision.ts';
import type { LateItem, State } from '../state.ts';
import { at, change } from '../table.ts';

type LateEvents = 'late-item-added' | 'late-item-dismissed' | 'late-result-noted';

export const lateEvolvers: Pick<Evolvers, LateEvents> = {
  'late-item-added': (state, { result, item, todo }) =>
    settle(state, result, item, { standing: 'added', todo }),
  'late-item-dismissed': (state, { result, item, reason }) =>
    settle(state, result, item, { standing: 'dismissed', reason }),
  'late-result-noted': (state, event) => ({
    ...state,
    late: state.late.filter((n) => n !== event.result),
    results: change(state.results, event.result, { state: 'late-noted' }),
  }),
};

function settle(state: State, n: number, item: number, settled: LateItem): State {
  const items = at(state.results, n)?.lateItems ?? [];
  return {
    ...state,
    results: change(state.results, n, {
      lateItems: items.map((other, index) => (index === item - 1 ? settled : other)),
    }),
  };
}
