import type { Event } from '../../../src/contract/events.ts';
import type { Conflict } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';
import { all, eventsOf, type Promised, type Turn } from '../turn.ts';
import { gives, locksOn, openOn } from './reading.ts';
import { files } from './words.ts';

type Step = Extract<
  Event,
  { type: 'writer-named' | 'owner-assigned' | 'merge-path-set' | 'evidence-given' | 'resumed' }
>;

const isStep = (event: Event): event is Step =>
  ['writer-named', 'owner-assigned', 'merge-path-set', 'evidence-given', 'resumed'].includes(event.type);

const isKnown = ({ sides }: Conflict): boolean => sides.every(({ kind }) => kind !== 'unknown');
const isSaid = (words: string | undefined): boolean => words !== undefined && words.trim() !== '';

/** P7: the steps of a case stand on each other, and resume on both kinds of evidence. */
const order: Promised<Turn> = ({ before, events }) => {
  for (const event of events.filter(isStep)) {
    const one = at(before.conflicts, event.conflict);
    if (!one || one.resumed) return `P7: ${event.type} in a case that is not open`;
    if (event.type === 'writer-named') {
      if (isKnown(one)) return 'P7: a writer is named who is known';
      continue;
    }
    const isOwnWrite = events.some(
      (other) =>
        other.type === 'writer-named' &&
        other.writer.kind === 'worker' &&
        one.sides.some(
          (side) => side.kind === 'worker' && 'worker' in other.writer && side.worker === other.writer.worker,
        ),
    );
    if (event.type === 'resumed' && isOwnWrite) continue;
    if (!isKnown(one)) return `P7: ${event.type} before the writer is known`;
    if (event.type === 'owner-assigned') continue;
    if (!one.owner) return `P7: ${event.type} before the owner`;
    if (event.type === 'merge-path-set') continue;
    if (!one.path) return `P7: ${event.type} before the merge path`;
    const { contract, regression } = event.type === 'evidence-given' ? event : (one.evidence ?? {});
    if (![contract, regression?.command, regression?.result].every(isSaid))
      return `P7: ${event.type} without contract and regression evidence`;
  }
  return undefined;
};

/** P7: an earlier step that is done again undoes those behind it. */
const undone: Promised<Turn> = (turn) => {
  for (const { conflict } of eventsOf(turn, 'owner-assigned')) {
    const now = at(turn.after.conflicts, conflict);
    if (now?.path || now?.evidence) return 'P7: a new owner under the old merge path';
  }
  for (const { conflict } of eventsOf(turn, 'merge-path-set')) {
    if (at(turn.after.conflicts, conflict)?.evidence) return 'P7: a new merge path under the old evidence';
  }
  return undefined;
};

/** Where the user is a side the user decides, and what the user takes over is the user's. */
const users: Promised<Turn> = (turn) => {
  for (const event of turn.events.filter(isStep)) {
    const one = at(turn.before.conflicts, event.conflict);
    const isUsers = one?.sides.some(({ kind }) => kind === 'user');
    if (isUsers && turn.actor.seat !== 'user') return 'P7: another decides where the user is a side';
    if (event.type === 'writer-named' && turn.actor.seat !== 'user') return 'P7: another says who wrote';
    if (event.type !== 'owner-assigned' || one?.sides[event.side - 1]?.kind !== 'user') continue;
    const kept = one.files.every((name) =>
      locksOn(turn.after, name).some(({ holder }) => holder.kind === 'user'),
    );
    if (!kept) return 'P7: what the user took over is not kept for the user';
  }
  return undefined;
};

/** T3: what a merge path leaves to do is on the list in the same act. */
const leaves: Promised<Turn> = (turn) => {
  for (const { todo } of eventsOf(turn, 'merge-path-set')) {
    if (todo !== undefined && !turn.after.list.includes(todo)) return 'T3: what a path leaves is not listed';
  }
  return undefined;
};

/** P7: nothing is approved, and nothing closed, past an open case. */
const past: Promised<Turn> = (turn) => {
  const { before } = turn;
  for (const { result } of eventsOf(turn, 'approved')) {
    const dispatch = at(before.dispatches, at(before.results, result)?.dispatch ?? 0);
    if (!dispatch) continue;
    const open = all(before.conflicts).filter(({ resumed }) => resumed === undefined);
    const isSide = open.some(({ sides }) =>
      sides.some((side) => side.kind === 'worker' && side.dispatch === dispatch.n),
    );
    const isOver = files.some(
      (name) => gives(dispatch.packet, dispatch.granted ?? [], name) && openOn(before, name).length > 0,
    );
    if (isSide || isOver) return 'P7: approved in an open conflict';
  }
  const isClosed = eventsOf(turn, 'orchestration-closed').length > 0;
  const stands = all(before.conflicts).some(({ resumed }) => resumed === undefined);
  return isClosed && stands ? 'P7: closed past an open conflict' : undefined;
};

export const stepPromises: readonly Promised<Turn>[] = [order, undone, users, leaves, past];
