import type { Actor } from '../contract/actor.ts';
import type { Event } from '../contract/events.ts';
import type { Holder } from '../contract/ownership.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { accept, refuse, type Deciders, type Decision } from './decision.ts';
import { isBlank } from './labels.ts';
import { holderName, lockTerritory, othersWithin } from './ownership.ts';
import { readEntries } from './scopeLines.ts';
import { linkedWithin } from './scopeLinks.ts';
import { ownedBy } from './sending.ts';
import type { Lock, State } from './state.ts';
import { at } from './table.ts';
import { plainWorkspace } from './workspace.ts';

type LockActs = 'lock-scope' | 'release-lock' | 'hand-over-lock';

export const lockDeciders: Deciders<LockActs> = {
  'lock-scope': (state, { act, actor, workspace = plainWorkspace }) => {
    // Who keeps everything to themselves gives nothing to anybody.
    const isOwn = actor.seat === 'user' && act.holder.kind !== 'worker';
    const scope = readEntries(act.scope, workspace, isOwn);
    if ('code' in scope) return { events: [], refusal: scope };
    if (isBlank(act.reason)) return refuse('no-reason', 'The lock gives no reason.', 'Say why.');
    const stranger = unknownHolder(state, act.holder);
    if (stranger) return stranger;
    const worker = act.holder.kind === 'worker' ? act.holder.worker : undefined;
    const territory = lockTerritory({ scope }, workspace);
    const linked = linkedWithin(territory);
    if (linked) return linked;
    const other = othersWithin(state, territory, worker, workspace) ?? lockWithin(state, scope, workspace);
    if (other) return ownedBy(state, other);
    const lock = state.locks.size + 1;
    return accept(
      [{ type: 'scope-locked', lock, scope: [...scope], holder: act.holder, reason: act.reason }],
      `Lock ${lock}: ${scope.join(', ')} is kept for ${holderName(state, act.holder)}.`,
      { lock },
    );
  },

  'release-lock': (state, { act, actor }) => {
    const lock = standing(state, act.lock);
    if (!lock) return unknownLock(act.lock);
    const refused = usersAlone(lock, actor);
    if (refused) return { events: [], refusal: refused };
    if (isBlank(act.reason)) return refuse('no-reason', 'The release gives no reason.', 'Say why.');
    return accept(
      [{ type: 'lock-released', lock: act.lock, reason: act.reason }],
      `Lock ${act.lock} is released: ${lock.scope.join(', ')}.`,
    );
  },

  'hand-over-lock': (state, { act, actor, workspace = plainWorkspace }) => {
    const lock = standing(state, act.lock);
    if (!lock) return unknownLock(act.lock);
    const refused = usersAlone(lock, actor);
    if (refused) return { events: [], refusal: refused };
    if (isBlank(act.reason)) return refuse('no-reason', 'The hand-over gives no reason.', 'Say why.');
    const stranger = unknownHolder(state, act.holder);
    if (stranger) return stranger;
    const worker = act.holder.kind === 'worker' ? act.holder.worker : undefined;
    const others = { ...state, held: state.held.filter((n) => n !== act.lock) };
    const other = othersWithin(others, lockTerritory(lock, workspace), worker, workspace);
    if (other) return ownedBy(state, other);
    const { holder, reason } = act;
    return accept(
      [{ type: 'lock-handed-over', lock: act.lock, holder, reason }],
      `Lock ${act.lock} is kept for ${holderName(state, holder)} now.`,
    );
  },
};

function standing(state: State, n: number): Lock | undefined {
  return state.held.includes(n) ? at(state.locks, n) : undefined;
}

function unknownLock(n: number): Decision {
  return refuse(
    'unknown-lock',
    `Lock ${n} does not stand.`,
    'Name one that does: Owned files in the Workers view shows them, and so does list_scopes.',
  );
}

function unknownHolder(state: State, holder: Holder): Decision | undefined {
  if (holder.kind !== 'worker') return undefined;
  const worker = at(state.workers, holder.worker);
  if (worker && !worker.removed) return undefined;
  return refuse(
    'unknown-worker',
    `There is no worker ${holder.worker}.`,
    'Name a registered worker, the user, or close the files to all.',
  );
}

/** What the user locked, or keeps, nobody else opens. */
function usersAlone({ n, by, holder }: Lock, actor: Actor): Refusal | undefined {
  if (actor.seat === 'user' || (by !== 'user' && holder.kind !== 'user')) return undefined;
  return refusal(
    'user-only',
    `Lock ${n} ${holder.kind === 'user' ? 'keeps these files for the user' : 'was set by the user'}; only the user opens it.`,
    'Ask the user, who does it in the editor; or work on other files.',
  );
}

/** Two locks by hand never meet, whoever holds them: then each file has one reason. */
function lockWithin(
  state: State,
  scope: readonly string[],
  workspace: Parameters<typeof lockTerritory>[1],
): ReturnType<typeof othersWithin> {
  return othersWithin({ ...state, live: [] }, lockTerritory({ scope }, workspace), undefined, workspace);
}

/** What ends with its holder. */
export function locksOf(state: State, worker: number, reason: string): readonly Event[] {
  return state.held
    .filter((n) => {
      const holder = at(state.locks, n)?.holder;
      return holder?.kind === 'worker' && holder.worker === worker;
    })
    .map((lock) => ({ type: 'lock-released', lock, reason }) as const);
}
