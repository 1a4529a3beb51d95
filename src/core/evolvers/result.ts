import type { Evolvers } from '../decision.ts';
import { saidWith } from '../said.ts';
import { at, change, put } from '../table.ts';
import { enteredBy } from '../task.ts';

export const resultEvolvers: Pick<Evolvers, 'resulted'> = {
  resulted: (state, event, { at: now, actor }) => {
    const { result: n, dispatch: number, epoch, packet, late } = event;
    const dispatch = at(state.dispatches, number);
    if (!dispatch) return state;
    const part = late ? {} : { inReview: n };
    return {
      ...state,
      results: put(state.results, n, {
        n,
        dispatch: number,
        epoch,
        at: now,
        packet,
        ...enteredBy(actor),
        state: late ? 'late' : 'review',
        lateItems: late ? packet.open.map(() => ({ standing: 'open' as const })) : [],
      }),
      dispatches: change(state.dispatches, number, {
        ...part,
        results: [...dispatch.results, n],
        ...saidWith(dispatch, packet),
      }),
      late: late ? [...state.late, n] : state.late,
      planAffected: packet.planAffected.affected ? [...state.planAffected, n] : state.planAffected,
    };
  },
};
