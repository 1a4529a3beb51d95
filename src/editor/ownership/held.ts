import { ownerName, ownerOf } from '../../core/ownership.ts';
import { isByHand, type State } from '../../core/state.ts';
import { scopeFault } from '../../core/scopeEntry.ts';
import { at } from '../../core/table.ts';
import { holds, territoryOf } from '../../core/territory.ts';
import type { Workspace } from '../../core/workspace.ts';
import { forMessage } from '../inert.ts';

/** Who has a file that is not everybody's, as far as the person at this editor is concerned. */
export interface Held {
  /** The same as long as it is the same owner for the same reason. */
  readonly key: string;
  /** "web for TODO 7" */
  readonly who: string;
  readonly badge: string;
  readonly by:
    | { readonly kind: 'worker'; readonly worker: number; readonly dispatch?: number }
    | { readonly kind: 'user' }
    | { readonly kind: 'closed' };
}

export function heldBy(state: State, name: string, workspace: Workspace): Held | undefined {
  const owner = ownerOf(state, name, workspace);
  if (!owner) return undefined;
  const who = forMessage(ownerName(state, owner), 200);
  if (owner.kind === 'dispatch') {
    const { worker, dispatch } = owner;
    return {
      key: `dispatch ${dispatch}`,
      who,
      badge: badgeOf(state, worker),
      by: { kind: 'worker', worker, dispatch },
    };
  }
  const key = `lock ${owner.lock} ${JSON.stringify(owner.holder)}`;
  const { holder } = owner;
  if (holder.kind === 'user') return { key, who, badge: 'me', by: holder };
  if (holder.kind === 'closed') return { key, who, badge: '--', by: holder };
  const dispatch = state.live.find((n) => at(state.dispatches, n)?.worker === holder.worker);
  return {
    key,
    who,
    badge: badgeOf(state, holder.worker),
    by: { kind: 'worker', worker: holder.worker, ...(dispatch === undefined ? {} : { dispatch }) },
  };
}

/** Whether an edit made here is the holder's own: the user's, or of a worker that works by hand at this editor. */
export function isOwnHere(state: State, { by }: Held): boolean {
  if (by.kind !== 'worker') return by.kind === 'user';
  const worker = at(state.workers, by.worker);
  return isByHand(worker) && worker?.runs.kind === 'by-hand' && worker.runs.where === 'here';
}

/** Two letters of a name; small, so that none is taken for one of Git's. */
function badgeOf(state: State, worker: number): string {
  const letters = at(state.workers, worker)?.name.match(/[\p{L}\p{N}]/gu) ?? [];
  return letters.slice(0, 2).join('').toLowerCase() || '??';
}

/** What a state holds of anybody's files: as long as it is the same, every file has the owner it had. */
export function holdingKey(state: State): string {
  const live = state.live.map((n) => [n, at(state.dispatches, n)?.granted?.length ?? 0]);
  const held = state.held.map((n) => [n, at(state.locks, n)?.holder]);
  return JSON.stringify([live, held]);
}

/**
 * A file's name as an entry of SCOPE. Where it cannot stand as it is, what would be read as a pattern stands for any one
 * letter: it may hold a file too many, never one too few. `[id]` holds itself.
 */
export function entryOf(name: string): string {
  if (!/[*?]/.test(name) && scopeFault(name) === undefined) return name;
  return name.replace(/[*?[\]{}()!\\]/g, '?');
}

/** All that somebody owns, as it is written. */
export function ownedEntries(state: State): readonly string[] {
  return [
    ...state.live.flatMap((n) => at(state.dispatches, n)?.packet.scope ?? []),
    ...state.live.flatMap((n) => at(state.dispatches, n)?.granted ?? []),
    ...state.held.flatMap((n) => at(state.locks, n)?.scope ?? []),
  ];
}

/** The live dispatch whose task a file is a part of, whoever has it now by a lock. */
export function workerBelow(state: State, name: string, workspace: Workspace): number | undefined {
  return state.live.find((n) => {
    const dispatch = at(state.dispatches, n);
    return dispatch && holds(territoryOf(dispatch, workspace), name);
  });
}
