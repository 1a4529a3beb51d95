import { conflictName, conflictsOf, frozenSide } from '../dispute.ts';
import { upper } from '../labels.ts';
import { requestsOf } from '../request.ts';
import type { Conflict, Dispatch, State } from '../state.ts';

/** The open cases in which a dispatch's worker is frozen. */
export function freezes(state: State, dispatch: Dispatch): readonly Conflict[] {
  return conflictsOf(state, dispatch.n).filter((conflict) => {
    const frozen = frozenSide(conflict);
    return frozen.kind === 'worker' && frozen.worker === dispatch.worker;
  });
}

/** What a worker has to know of its files: where it is frozen, and what was said to its requests. */
export function filesNews(state: State, dispatch: Dispatch | undefined): readonly string[] {
  if (!dispatch) return [];
  return [
    ...freezes(state, dispatch).map(
      (conflict) =>
        `FROZEN: ${upper(conflictName(conflict))} is open. Change nothing in ${conflict.files.join(', ')} until it is over; go on with the rest.`,
    ),
    ...requestsOf(state, dispatch.n).map(({ n, state: standing, paths, why, conflict }) => {
      const said = {
        open: 'is before the orchestrator',
        granted: 'is granted: it is in your SCOPE',
        declined: `is declined: ${why ?? ''}`,
        conflict: `became conflict ${conflict ?? ''}: another works there. Leave it alone until that is over`,
        moot: 'is over',
      }[standing];
      return `REQUEST ${n} (${paths.join(', ')}) ${said}.`;
    }),
  ];
}
