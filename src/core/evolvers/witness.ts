import type { Evolvers } from '../decision.ts';
import type { Run } from '../state.ts';
import { at, change } from '../table.ts';

type WitnessEvents =
  'witnessed' | 'verify-cancelled' | 'verify-asked' | 'command-allowed' | 'command-revoked';

export const witnessEvolvers: Pick<Evolvers, WitnessEvents> = {
  witnessed: (state, { type: _, ...event }, { at: now }) => {
    const run: Run = { ...event, at: now };
    const earlier = at(state.results, event.result)?.witnessed ?? [];
    const witnessed = [...earlier.filter((other) => !isSameCommand(other, run)), run];
    return { ...state, results: change(state.results, event.result, { witnessed, verifyCancelled: false }) };
  },
  'verify-cancelled': (state, { result }) => ({
    ...state,
    results: change(state.results, result, { verifyCancelled: true }),
  }),
  'verify-asked': (state, { result: n }, { actor }) => {
    const asked = at(state.results, n)?.verifyAsked ?? 0;
    const verifyAsked = actor === 'user' ? asked : asked + 1;
    return { ...state, results: change(state.results, n, { verifyAsked, verifyCancelled: false }) };
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
