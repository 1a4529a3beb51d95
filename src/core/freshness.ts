import { isByHand, type Dispatch, type State } from './state.ts';
import { at } from './table.ts';
import { plainWorkspace, type Workspace } from './workspace.ts';

/**
 * When the worker of a dispatch was last heard of, in epoch milliseconds; undefined where nobody has heard since the
 * door opened. Who works by hand is heard of in what the user enters.
 */
export function lastHeard(
  state: State,
  dispatch: Dispatch,
  { heard }: Pick<Workspace, 'heard'>,
): number | undefined {
  if (!isByHand(at(state.workers, dispatch.worker))) return heard[dispatch.worker];
  const { acknowledgedAt = 0, progress, questions } = dispatch;
  const asked = questions.map((n) => at(state.questions, n)?.at ?? 0);
  return Math.max(dispatch.at, acknowledgedAt, progress?.at ?? 0, ...asked);
}

/**
 * P5: whether contact with the worker of a live dispatch is fresh: it was heard of, or sent its work, less than the
 * silent minutes ago, and it has not left that work lying. Where only another window hears it, it is fresh until it is noted as silent.
 */
export function isFresh(
  state: State,
  dispatch: Dispatch,
  now: number,
  workspace: Workspace = plainWorkspace,
): boolean {
  if (dispatch.ended || dispatch.unacknowledgedSince !== undefined) return false;
  const last = lastHeard(state, dispatch, workspace);
  if (last === undefined) return dispatch.silentSince === undefined;
  return now - Math.max(last, dispatch.at, dispatch.sentAgainAt ?? 0) < workspace.silentMinutes * 60_000;
}
