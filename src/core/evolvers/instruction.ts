import type { Evolvers } from '../decision.ts';
import { change, put } from '../table.ts';

export const instructionEvolvers: Pick<Evolvers, 'instructed' | 'carried-on'> = {
  instructed: (state, { instruction: n, words }, { at }) => ({
    ...state,
    instructions: put(state.instructions, n, { n, words, at }),
    instructed: [...state.instructed, n],
  }),
  'carried-on': (state, { instruction: n }, { at }) => ({
    ...state,
    instructions: change(state.instructions, n, { over: { at } }),
    instructed: state.instructed.filter((one) => one !== n),
  }),
};
