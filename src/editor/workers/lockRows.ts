import type { Dispatch, Lock, State } from '../../core/state.ts';
import { holderName } from '../../core/ownership.ts';
import { workerName } from '../../core/labels.ts';
import { at } from '../../core/table.ts';
import { visible } from '../../core/views/visible.ts';
import { age } from '../ages.ts';
import { forRow } from '../inert.ts';
import { listing, type Listing, type Row } from '../tree/row.ts';

type Owned =
  { readonly kind: 'lock'; readonly lock: Lock } | { readonly kind: 'dispatch'; readonly dispatch: Dispatch };

/** What is owned now: by hand, then by what a worker has to do. */
export function lockRows(state: State, now: number): Listing {
  const owned: readonly Owned[] = [
    ...state.held.flatMap((n) => {
      const lock = at(state.locks, n);
      return lock ? [{ kind: 'lock', lock } as const] : [];
    }),
    ...state.live.flatMap((n) => {
      const dispatch = at(state.dispatches, n);
      return dispatch ? [{ kind: 'dispatch', dispatch } as const] : [];
    }),
  ];
  return listing(owned, {
    id: (one) => (one.kind === 'lock' ? `lock:${one.lock.n}` : `scope:${one.dispatch.n}`),
    name: (one) => forRow(scopeOf(one).join(', '), 40),
    row: (one) =>
      one.kind === 'lock' ? lockRow(state, one.lock, now) : dispatchRow(state, one.dispatch, now),
  });
}

function scopeOf(owned: Owned): readonly string[] {
  return owned.kind === 'lock' ? owned.lock.scope : owned.dispatch.packet.scope;
}

const icons = { worker: 'lock', user: 'account', closed: 'circle-slash' } as const;

function lockRow(
  state: State,
  { n, scope, holder, reason, by, at: since, conflict }: Lock,
  now: number,
): Row {
  const label = forRow(scope.join(', '), 80);
  const who = holderName(state, holder);
  const description = forRow(`${who}, lock ${n}: ${reason}`, 120);
  return {
    id: `lock:${n}`,
    label,
    description,
    icon: icons[holder.kind],
    context: 'owned lock',
    spoken: `${label}, kept for ${description}`,
    tooltip: () =>
      inFull([
        `Lock ${n}, kept for ${who}`,
        reason,
        `Locked by the ${by}, ${passed(since, now)}`,
        ...(conflict === undefined ? [] : [`Taken over in conflict ${conflict}`]),
        ...scope,
      ]),
    open: { command: 'lockkeeper.showOwned', argument: { lock: n } },
    argument: { lock: n },
  };
}

function dispatchRow(state: State, { n, worker, todos, packet, at: since }: Dispatch, now: number): Row {
  const label = forRow(packet.scope.join(', '), 80);
  const task = `${todos.length === 1 ? 'TODO' : 'TODOs'} ${todos.join(', ')}`;
  const description = `${forRow(workerName(state, worker), 40)} for ${task}`;
  return {
    id: `scope:${n}`,
    label,
    description,
    icon: 'key',
    context: 'owned dispatch',
    spoken: `${label}, belongs to ${description}`,
    tooltip: () =>
      inFull([
        `Belongs to ${workerName(state, worker)} for ${task} until that is approved or withdrawn`,
        `Sent ${passed(since, now)}`,
        'SCOPE:',
        ...packet.scope,
        'NOT-YOUR-JOB:',
        ...packet.notYourJob,
      ]),
    open: { command: 'lockkeeper.showOwned', argument: { dispatch: n } },
    argument: { dispatch: n, worker },
  };
}

function passed(since: number, now: number): string {
  const said = age(since, now);
  return said === 'just now' ? said : `${said} ago`;
}

function inFull(lines: readonly string[]): string {
  return visible(lines.join('\n')).slice(0, 4_000);
}
