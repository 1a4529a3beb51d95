import { sameWords } from '../labels.ts';
import { listed } from '../order.ts';
import { isHeldBack, openOrchestration, type Dispatch, type State, type Worker } from '../state.ts';
import { unreleasedSteps } from '../steps.ts';
import { at } from '../table.ts';
import { presentWorkers } from '../worker.ts';
import { waitsForAnswer } from '../workingTime.ts';

export type WorkerStanding =
  | 'idle'
  | 'not acknowledged'
  | 'working'
  | 'asks'
  | 'in review'
  | 'silent'
  | 'over its budget'
  | 'ended without a result';

export interface WorkerRow {
  readonly worker: Worker;
  readonly standing: WorkerStanding;
  readonly dispatch?: Dispatch;
  /** No guard has asked in its name yet: nothing holds its writes back. A person here is seen at every key. */
  readonly unguarded: boolean;
}

/** Every registered worker with what it is doing, by name. */
export function workerRows(state: State): readonly WorkerRow[] {
  const busy = new Map(
    state.live.flatMap((n) => {
      const dispatch = at(state.dispatches, n);
      return dispatch ? [[dispatch.worker, dispatch] as const] : [];
    }),
  );
  return presentWorkers(state)
    .map((worker): WorkerRow => {
      const dispatch = busy.get(worker.n);
      return dispatch
        ? { worker, dispatch, standing: standingOf(state, dispatch), unguarded: !isHeldBack(worker) }
        : { worker, standing: 'idle', unguarded: !isHeldBack(worker) };
    })
    .sort((left, right) => left.worker.name.localeCompare(right.worker.name, undefined, { numeric: true }));
}

export function standingOf(state: State, dispatch: Dispatch): WorkerStanding {
  if (dispatch.inReview !== undefined) return 'in review';
  if (dispatch.ended) return 'ended without a result';
  if (dispatch.budget?.up) return 'over its budget';
  if (dispatch.silentSince !== undefined) return 'silent';
  if (dispatch.acknowledgedAt === undefined) return 'not acknowledged';
  return waitsForAnswer(state, dispatch) ? 'asks' : 'working';
}

/** P3: the roles that the list and the unreleased plan need and that no worker has. */
export function missingRoles(state: State): readonly string[] {
  if (!openOrchestration(state)) return [];
  const needed = [...listed(state), ...unreleasedSteps(state)].map(({ role }) => role);
  return uncoveredRoles(state, needed);
}

/** P3: the roles of these that no registered worker covers. */
export function uncoveredRoles(state: State, needed: readonly string[]): readonly string[] {
  const covered = presentWorkers(state).map((worker) => worker.role);
  return [...new Set(needed)].filter((role) => !covered.some((other) => sameWords(role, other)));
}
