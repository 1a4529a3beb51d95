import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import type { Holder } from '../../contract/ownership.ts';
import { readEntries } from '../../core/scopeLines.ts';
import { holderName } from '../../core/ownership.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, type Action } from '../action.ts';
import { workerChoices, type Numbered } from '../asking/choices.ts';
import { needed, numberStop, reasonStop } from '../asking/stops.ts';
import { confirmStop, pickStop, textStop, walk, type Stop } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import type { Room } from '../room.ts';
import { asks, confirms, rows, titles } from './sentences.ts';

interface Holding {
  readonly holder?: Holder | undefined;
}

const locking = z.partial(acts['lock-scope']);
type Locking = z.output<typeof locking>;

/** P1: files kept by hand for a worker, for the user, or closed to all. */
export function lockScope(room: Room): Action {
  return action(locking, async (given) => {
    const draft = await walk<Locking>(titles.lock, given, [
      textStop<Locking, 'scope'>('scope', { ...asks.scope, flaw: scopeFlaw(room) }, entriesOf, (entries) =>
        entries.join(', '),
      ),
      holderStop<Locking>(room),
      reasonStop<Locking>(asks.why.lock),
    ]);
    if (!draft) return cancelled;
    const { scope = [], holder = { kind: 'closed' }, reason = '' } = draft;
    await room.house.names.followed(scope);
    return room.submit({ type: 'lock-scope', scope, holder, reason });
  });
}

const releasing = z.partial(acts['release-lock']);
type Releasing = z.output<typeof releasing>;

export function releaseLock(room: Room): Action {
  return action(releasing, async (given) => {
    const draft = await walk<Releasing>(titles.release, given, [
      numberStop<'lock', Releasing>('lock', asks.lock, () => lockChoices(room)),
      reasonStop<Releasing>(asks.why.release),
      confirmStop(({ lock }) => confirms.release(lockName(room, lock))),
    ]);
    if (!draft) return cancelled;
    return room.submit({ type: 'release-lock', lock: draft.lock ?? 1, reason: draft.reason ?? '' });
  });
}

const handing = z.partial(acts['hand-over-lock']);
type Handing = z.output<typeof handing>;

export function handOverLock(room: Room): Action {
  return action(handing, async (given) => {
    const draft = await walk<Handing>(titles.handOver, given, [
      numberStop<'lock', Handing>('lock', asks.lock, () => lockChoices(room)),
      holderStop<Handing>(room),
      reasonStop<Handing>(asks.why.handOver),
      confirmStop(({ lock, holder }) =>
        confirms.handOver(
          lockName(room, lock),
          forPick(holderName(room.state, holder ?? { kind: 'closed' }), 60),
        ),
      ),
    ]);
    if (!draft) return cancelled;
    const { lock = 1, holder = { kind: 'closed' }, reason = '' } = draft;
    return room.submit({ type: 'hand-over-lock', lock, holder, reason });
  });
}

/** What is wrong with the entries, while they can still be mended in the box. */
function scopeFlaw(room: Room): (text: string) => string | undefined {
  return (text) => {
    const entries = entriesOf(text);
    if (entries.length === 0) return needed('The files')('');
    // Whether it may be the whole workspace is known with the holder.
    const read = readEntries(entries, room.house.workspace(), true);
    if (!('code' in read)) return undefined;
    const { why = read.sentence, better = '' } = read.flaws?.[0] ?? {};
    return rows.flaw(why, better.replaceAll('\n', ', '));
  };
}

function entriesOf(text: string): string[] {
  // A comma within braces parts nothing: braces are refused as what they are.
  return text
    .split(/,(?![^{]*\})/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function holderStop<D extends Holding>(room: Room): Stop<D> {
  const workers = workerChoices(room.state).map(({ value, ...words }) => ({
    ...words,
    value: { kind: 'worker', worker: value } satisfies Holder,
  }));
  const choices = [
    ...workers,
    { label: rows.user, value: { kind: 'user' } },
    { label: rows.closed, value: { kind: 'closed' } },
  ];
  return pickStop<D, 'holder'>('holder', () => ({ placeholder: asks.holder, choices: choices as never }));
}

function lockChoices(room: Room): Numbered[] {
  return room.state.held.map((n) => ({
    label: `Lock ${n}`,
    description: lockName(room, n),
    detail: forPick(at(room.state.locks, n)?.reason ?? '', 120),
    value: n,
  }));
}

function lockName(room: Room, n = 1): string {
  const lock = at(room.state.locks, n);
  if (!lock) return `lock ${n}`;
  return forPick(`${lock.scope.join(', ')}, kept for ${holderName(room.state, lock.holder)}`, 160);
}
