import type { Dispatch, State, Todo } from '../../../src/core/state.ts';
import type { World } from '../bounds.ts';
import { keyOfParts, type Key } from '../identity.ts';
import { all } from '../turn.ts';

/*
 * What makes two states the same here. Left out, besides what `../identity.ts` leaves out: who is guarded, since no
 * file of the model is critical; of a lock, case or request that is over all but its number; of a dispatch that is
 * over its packet.
 */

type Part = number | string;

const lines = (entries: readonly string[]): readonly Part[] => [entries.length, ...entries];

function todoParts({ state, packet, dispatch, planned, sources }: Todo): readonly Part[] {
  const left = state === 'waiting' || state === 'live';
  if (!left) return [state];
  const words = packet ? [packet.task, ...lines(packet.scope), ...lines(packet.notYourJob)] : [];
  return [state, dispatch ?? 0, planned ? 1 : 0, sources.length, ...words];
}

function dispatchParts(one: Dispatch): readonly Part[] {
  const { worker, epoch, inReview = 0, over, bundle = 0, packet, granted = [] } = one;
  const own = over === undefined ? [...lines(packet.scope), ...lines(packet.notYourJob)] : [];
  return [worker, epoch, inReview, over ?? 'live', bundle, ...one.todos, ...own, ...lines(granted)];
}

function lockParts(state: State): readonly Part[] {
  return all(state.locks).flatMap(({ n, scope, holder, by, conflict = 0 }): readonly Part[] => {
    if (!state.held.includes(n)) return ['over'];
    const worker = holder.kind === 'worker' ? holder.worker : 0;
    return [...lines(scope), holder.kind, worker, by, conflict];
  });
}

function conflictParts(state: State): readonly Part[] {
  return all(state.conflicts).flatMap((one): readonly Part[] => {
    if (!state.disputed.includes(one.n)) return ['over'];
    const sides = one.sides.flatMap((side): readonly Part[] =>
      side.kind === 'worker' ? [side.worker, side.dispatch ?? 0] : [side.kind],
    );
    const steps = [one.owner?.side ?? 0, one.path ? 1 : 0, one.evidence ? 1 : 0];
    return [...lines(one.files), ...sides, ...steps];
  });
}

export function keyOf({ state }: World): Key {
  return keyOfParts([
    ...all(state.todos).flatMap(todoParts),
    'list',
    ...state.list,
    'live',
    ...state.live,
    ...all(state.dispatches).flatMap(dispatchParts),
    'locks',
    ...lockParts(state),
    'conflicts',
    ...conflictParts(state),
    'requests',
    ...all(state.requests).flatMap((one): readonly Part[] =>
      one.state === 'open' ? [one.dispatch, ...lines(one.paths)] : ['over'],
    ),
    'results',
    ...all(state.results).flatMap((one): readonly Part[] => [one.state, one.dispatch]),
    ...state.late,
  ]);
}
