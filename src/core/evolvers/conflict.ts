import type { Evolvers } from '../decision.ts';
import type { Conflict } from '../state.ts';
import { at, change, put } from '../table.ts';

type ConflictEvents = 'conflict-opened' | 'conflict-widened' | 'writer-named';

export const conflictEvolvers: Pick<Evolvers, ConflictEvents> = {
  'conflict-opened': (state, event, { at: now, actor }) => {
    const { conflict: n, files, sides, noticed, request, result } = event;
    const unmerged = result === undefined ? {} : { result };
    const made: Conflict = { n, files, sides, noticed, by: actor, at: now, ...unmerged };
    return {
      ...state,
      conflicts: put(state.conflicts, n, made),
      disputed: [...state.disputed, n],
      ...(request === undefined
        ? {}
        : {
            requests: change(state.requests, request, { state: 'conflict', conflict: n }),
            requested: state.requested.filter((one) => one !== request),
          }),
    };
  },
  'conflict-widened': (state, { conflict, files }) => ({
    ...state,
    conflicts: change(state.conflicts, conflict, {
      files: [...(at(state.conflicts, conflict)?.files ?? []), ...files],
    }),
  }),
  'writer-named': (state, { conflict, writer }) => {
    const known = at(state.conflicts, conflict);
    if (!known) return state;
    const [first, later] = known.sides;
    // Whoever wrote came later than the owner, in whichever place it stood.
    const sides = [first.kind === 'unknown' ? later : first, writer] as const;
    return { ...state, conflicts: change(state.conflicts, conflict, { sides }) };
  },
};
