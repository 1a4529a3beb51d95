import type { Evolvers } from '../decision.ts';
import type { Conflict, State } from '../state.ts';
import { at, change, put } from '../table.ts';

type StepEvents = 'owner-assigned' | 'merge-path-set' | 'evidence-given' | 'resumed';

export const stepEvolvers: Pick<Evolvers, StepEvents> = {
  'owner-assigned': (state, { conflict, side, reason }, { actor: by }) =>
    done(state, conflict, { owner: { side, reason, by } }, 'path', 'evidence'),
  'merge-path-set': (state, { conflict, path, words, todo }, { actor: by }) =>
    done(state, conflict, { path: { path, words, by, ...(todo === undefined ? {} : { todo }) } }, 'evidence'),
  'evidence-given': (state, { conflict, contract, regression }, { actor: by }) =>
    done(state, conflict, { evidence: { contract, regression, by } }),
  resumed: (state, { conflict, reason }, { actor: by }) => ({
    ...state,
    conflicts: change(state.conflicts, conflict, { resumed: { reason, by } }),
    disputed: state.disputed.filter((n) => n !== conflict),
  }),
};

function done(
  state: State,
  n: number,
  part: Partial<Conflict>,
  ...undone: readonly ('path' | 'evidence')[]
): State {
  const conflict = at(state.conflicts, n);
  if (!conflict) return state;
  const kept: Conflict = { ...conflict };
  for (const key of undone) delete (kept as { -readonly [K in keyof Conflict]: Conflict[K] })[key];
  return { ...state, conflicts: put(state.conflicts, n, { ...kept, ...part }) };
}
