import type { Evolvers } from '../decision.ts';
import type { Run } from '../state.ts';
import { at, change } from '../table.ts';

type WitnessEvents = 'witnessed' | 'verify-asked' | 'command-allowed' | 'command-revoked';

export const witnessEvolvers: Pick<Evolvers, WitnessEvents> = {
  witnessed: (state, { type: _, ...event }, { at: now }) => {
    const run: Run = { ...event, at: now };
    const earlier = at(state.results, event.result)?.witnessed ?? [];
    const witnessed = [...earlier.filter((other) => !isSameCommand(other, run)), run];
    return { ...state, results: change(state.results, event.result, { witnessed }) };
  },
  'verify-asked': (state, { result: n }, { actor }) => {
    const result = at(state.results, n);
    if (!result || actor === 'user') return state;
    return { ...state, results: change(state.results, n, { verifyAsked: (result.verifyAsked ?? 0) + 1 }) };
  },
  'command-allowed': (state, { argv }) => ({ ...state, allowed: [...state.allowed, argv] }),
  'command-revoked': (state, { argv }) => ({
    ...state,
    allowed: state.allowed.filter((other) => !isSameList(other, argv)),
  }),
};

function isSameCommand(left: Run, right: Run): boolean {
  return (
    left.todo === right.todo &&
    left.line === right.line &&
    left.reproduction === right.reproduction &&
    left.fresh === right.fresh
  );
}

export function isSameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((word, index) => word === right[index]);
}
