import type { Evolvers } from '../decision.ts';
import type { Message, State } from '../state.ts';
import { at, change } from '../table.ts';

type CadenceEvents = 'no-op-noted' | 'nudged' | 'feedback-given' | 'heard';

export const cadenceEvolvers: Pick<Evolvers, CadenceEvents> = {
  'no-op-noted': (state, _, { at: now }) => {
    const { orchestration } = state;
    if (!orchestration) return state;
    const count = (orchestration.noOps?.count ?? 0) + 1;
    return { ...state, orchestration: { ...orchestration, noOps: { count, at: now } } };
  },
  nudged: (state, { dispatch, message: n, words }, { at: now, actor: by }) =>
    said(state, dispatch, { n, kind: 'nudge', words, at: now, by }),
  'feedback-given': (state, { dispatch, message: n, words }, { at: now, actor: by }) =>
    said(state, dispatch, { n, kind: 'feedback', words, at: now, by }),
  heard: (state, { dispatch, messages: numbers }, { at: heardAt }) => {
    const messages = (at(state.dispatches, dispatch)?.messages ?? []).map((message) =>
      numbers.includes(message.n) ? { ...message, heardAt } : message,
    );
    return { ...state, dispatches: change(state.dispatches, dispatch, { messages }) };
  },
};

export function said(state: State, dispatch: number, message: Message): State {
  const messages = [...(at(state.dispatches, dispatch)?.messages ?? []), message];
  return { ...state, dispatches: change(state.dispatches, dispatch, { messages }) };
}
