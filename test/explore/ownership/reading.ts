import type { Packet } from '../../../src/contract/packets.ts';
import type { Conflict, Dispatch, Lock, State } from '../../../src/core/state.ts';
import { all } from '../turn.ts';
import { covers } from './words.ts';

/* Who holds what, read off what is stored, without the core's own reading of scopes, owners and cases. */

/** What a packet gives: SCOPE without what NOT-YOUR-JOB names, and what was granted later whole. */
export function gives(packet: Packet, granted: readonly string[], name: string): boolean {
  const holds = (entries: readonly string[]): boolean => entries.some((entry) => covers(entry, name));
  return (holds(packet.scope) && !holds(packet.notYourJob)) || holds(granted);
}

export const liveOf = (state: State): readonly Dispatch[] =>
  all(state.dispatches).filter(({ over }) => over === undefined);

/** The live dispatch that has a file. */
export const holderOf = (state: State, name: string): Dispatch | undefined =>
  liveOf(state).find(({ packet, granted = [] }) => gives(packet, granted, name));

export const locksOn = (state: State, name: string): readonly Lock[] =>
  all(state.locks).filter(
    ({ over, scope }) => over === undefined && scope.some((entry) => covers(entry, name)),
  );

/** The locks on a file that keep this worker out. */
export const keptFrom = (state: State, worker: number, name: string): readonly Lock[] =>
  locksOn(state, name).filter(({ holder }) => holder.kind !== 'worker' || holder.worker !== worker);

export const openOn = (state: State, name: string): readonly Conflict[] =>
  all(state.conflicts).filter(
    ({ resumed, files }) => resumed === undefined && files.some((entry) => covers(entry, name)),
  );

/** The worker that may not write the files of a case: who came later, until the other is not the owner. */
export function frozenIn({ sides, owner }: Conflict): number | undefined {
  const [first, later] = sides;
  const loses = owner?.side === 2 ? first : later;
  const stays = loses === first ? later : first;
  if (loses.kind === 'worker') return loses.worker;
  return stays.kind === 'worker' ? stays.worker : undefined;
}

/** Whether a worker may write a file, as issued, locked and disputed. */
export function mayWriteAsRead(state: State, worker: number, name: string): boolean {
  const own = liveOf(state).find((dispatch) => dispatch.worker === worker);
  if (!own || own.inReview !== undefined) return false;
  if (!gives(own.packet, own.granted ?? [], name)) return false;
  if (openOn(state, name).some((conflict) => frozenIn(conflict) === worker)) return false;
  return keptFrom(state, worker, name).length === 0;
}
