import type { Holder } from '../contract/ownership.ts';
import { frozenOn } from './dispute.ts';
import { instructionWords, parking, standingInstructions } from './instruction.ts';
import { inMinutes, workerName } from './labels.ts';
import { clashOf, holds, plainTerritory, territoryOf, type Territory } from './territory.ts';
import type { Overlap } from './scopes/overlap.ts';
import { indexOf } from './scopes/scopeIndex.ts';
import type { Dispatch, Lock, State } from './state.ts';
import { at } from './table.ts';
import type { Workspace } from './workspace.ts';

/** Who owns a file now. */
export type Owner =
  | {
      readonly kind: 'dispatch';
      readonly dispatch: number;
      readonly worker: number;
      readonly todos: readonly number[];
    }
  | { readonly kind: 'lock'; readonly lock: number; readonly holder: Holder };

interface Holding {
  readonly owner: Owner;
  readonly territory: Territory;
}

/** What is owned in one state, and what of it holds a name. */
interface Holdings {
  readonly of: readonly unknown[];
  readonly all: readonly Holding[];
  readonly at: (name: string) => readonly Holding[];
}

const kept = new WeakMap<State['dispatches'], Holdings>();

/** Made once for a state: a person types far more often than anything changes hands. */
function owned(state: State, workspace: Workspace): Holdings {
  const { folders, criticalFiles, caseBlind } = workspace;
  const of = [state.locks, state.held, state.live, folders, criticalFiles, caseBlind];
  const made = kept.get(state.dispatches);
  if (made?.of.every((part, index) => part === of[index])) return made;
  const all = listed(state, workspace);
  const part = (kind: Owner['kind']): ((name: string) => readonly Holding[]) => {
    const these = all.filter(({ owner }) => owner.kind === kind);
    const areas = these.flatMap((one) => one.territory.areas.map((area) => [one, area] as const));
    const index = indexOf(areas, these[0]?.territory.workspace ?? workspace);
    return (name) => index.at(name);
  };
  const [locks, dispatches] = [part('lock'), part('dispatch')];
  const found: Holdings = { of, all, at: (name) => [...locks(name), ...dispatches(name)] };
  kept.set(state.dispatches, found);
  return found;
}

/** What is owned now, locks by hand first: one of the user's may stand within what a worker has. */
export function holdings(state: State, workspace: Workspace): readonly Holding[] {
  return owned(state, workspace).all;
}

function listed(state: State, workspace: Workspace): readonly Holding[] {
  return [
    ...heldLocks(state).map((lock) => ({ owner: ownerBy(lock), territory: lockTerritory(lock, workspace) })),
    ...state.live.flatMap((n) => {
      const dispatch = at(state.dispatches, n);
      return dispatch ? [{ owner: ownerIn(dispatch), territory: territoryOf(dispatch, workspace) }] : [];
    }),
  ];
}

const ownerBy = ({ n, holder }: Lock): Owner => ({ kind: 'lock', lock: n, holder });
const ownerIn = ({ n, worker, todos }: Dispatch): Owner => ({ kind: 'dispatch', dispatch: n, worker, todos });

/** What the user took over in a conflict comes first: it may lie within what is locked for a worker. */
function heldLocks(state: State): readonly Lock[] {
  const locks = state.held.flatMap((n) => at(state.locks, n) ?? []);
  return locks.toSorted(
    (left, right) => Number(left.conflict === undefined) - Number(right.conflict === undefined),
  );
}

/** Critical files too: whoever locks by hand names what is meant. */
export function lockTerritory(
  { scope }: { readonly scope: readonly string[] },
  workspace: Workspace,
): Territory {
  return plainTerritory(scope, workspace);
}

/** Who owns a file of that workspace name; undefined where nobody does. */
export function ownerOf(state: State, name: string, workspace: Workspace): Owner | undefined {
  return owned(state, workspace).at(name)[0]?.owner;
}

/** Who else than this worker owns a file of that workspace name. */
export function otherOn(state: State, name: string, worker: number, workspace: Workspace): Owner | undefined {
  return owned(state, workspace)
    .at(name)
    .find(({ owner }) => isOthers(owner, worker))?.owner;
}

/** An owner in words: "web for TODO 7", "the user (lock 2: being rewritten)". */
export function ownerName(state: State, owner: Owner): string {
  if (owner.kind === 'dispatch') {
    const { todos } = owner;
    return `${workerName(state, owner.worker)} for TODO ${todos.join(', ')}`;
  }
  const reason = at(state.locks, owner.lock)?.reason ?? '';
  return `${holderName(state, owner.holder)} (lock ${owner.lock}: ${reason})`;
}

export function holderName(state: State, holder: Holder): string {
  if (holder.kind === 'worker') return workerName(state, holder.worker);
  return holder.kind === 'user' ? 'the user' : 'nobody (closed to all)';
}

/** Whether somebody else than this worker has it. Without a worker: whether anybody has. */
function isOthers(owner: Owner, worker: number | undefined): boolean {
  if (owner.kind === 'dispatch') return owner.worker !== worker;
  return owner.holder.kind !== 'worker' || owner.holder.worker !== worker;
}

/** What of others stands in the way of a territory, with the two entries that meet. */
export function othersWithin(
  state: State,
  territory: Territory,
  worker: number | undefined,
  workspace: Workspace,
): { readonly owner: Owner; readonly met: Overlap } | undefined {
  for (const { owner, territory: other } of holdings(state, workspace)) {
    if (!isOthers(owner, worker)) continue;
    const clash = clashOf(territory, other);
    if (clash) return { owner, met: clash };
  }
  return undefined;
}

export type MayWrite =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: string; readonly sentence: string; readonly next: string };

const no = (code: string, sentence: string, next: string): Extract<MayWrite, { allowed: false }> => ({
  allowed: false,
  code,
  sentence,
  next,
});

/** The task under which a worker may write at all now, or why it may not, wherever (T1, T2). */
export function atWork(
  state: State,
  worker: number,
): { readonly dispatch: Dispatch } | Extract<MayWrite, { allowed: false }> {
  const known = at(state.workers, worker);
  if (!known || known.removed) {
    return no('unknown-worker', 'You are not a worker here any more.', 'Stop, and change nothing.');
  }
  const dispatch = state.live.map((n) => at(state.dispatches, n)).find((one) => one?.worker === worker);
  if (!dispatch) {
    return no(
      'no-task',
      'You have no task, so no file is yours to change.',
      'Call get_task and wait for one.',
    );
  }
  const [instruction] = standingInstructions(state);
  return instruction ? no('instruction-stands', instructionWords(instruction), parking) : { dispatch };
}

/**
 * P2: why what this worker's guard asks counts for nothing yet: its task, or the task as it was sent back, has not been
 * taken. A session of before that writes on would write under a task it has not read.
 */
export function notTaken(state: State, worker: number): Extract<MayWrite, { allowed: false }> | undefined {
  const standing = atWork(state, worker);
  if (!('dispatch' in standing) || standing.dispatch.acknowledgedAt !== undefined) return undefined;
  return no(
    'not-taken',
    `Your task is ${standing.dispatch.n}.${standing.dispatch.epoch} now, and you have not taken it: what you know may be of an earlier one.`,
    'Read it with get_task, then call acknowledge_task and go on.',
  );
}

/**
 * Whether a worker may write a file of that workspace name now (T1, P2, P7). The words are for the model that would
 * write it.
 */
export function mayWrite(state: State, worker: number, name: string, workspace: Workspace): MayWrite {
  const standing = atWork(state, worker);
  if (!('dispatch' in standing)) return standing;
  const { dispatch } = standing;
  if (dispatch.inReview !== undefined) {
    return no(
      'in-review',
      `Result ${dispatch.inReview} is in review, and what it speaks of stays as it is.`,
      'Wait for the verdict with get_task.',
    );
  }
  if (dispatch.budget?.stopped) {
    return no(
      'budget-used-up',
      `Your task was stopped over its budget of ${inMinutes(dispatch.budget.minutes)}.`,
      'Change nothing more, and hand in what there is with submit_result.',
    );
  }
  const frozen = frozenOn(state, worker, name, workspace);
  if (frozen) {
    return no(
      'frozen',
      `\`${name}\` is frozen for you: conflict ${frozen.n} over it is open.`,
      'Work on what else is in SCOPE; report_progress tells when it is over.',
    );
  }
  const other = otherOn(state, name, worker, workspace);
  if (other) {
    return no(
      'scope-owned',
      `\`${name}\` belongs to ${ownerName(state, other)}.`,
      'Ask with request_scope, or leave it in What is still open.',
    );
  }
  if (holds(territoryOf(dispatch, workspace), name)) return { allowed: true };
  return no(
    'outside-scope',
    `\`${name}\` is not in the SCOPE of your task${holdsBut(dispatch, name, workspace) ? ': it is a critical file, and SCOPE does not name it' : ''}.`,
    'Ask with request_scope, or leave it in What is still open.',
  );
}

/** Whether it would be in SCOPE if it were not critical. */
function holdsBut(dispatch: Dispatch, name: string, workspace: Workspace): boolean {
  return holds(territoryOf(dispatch, { ...workspace, criticalFiles: [] }), name);
}

/** Locks by hand speak of files, not of an orchestration: they outlive it, and whoever closes it hears of them. */
export function heldWords(state: State): string {
  if (state.held.length === 0) return '';
  const named = state.held.flatMap((n) => {
    const lock = at(state.locks, n);
    return lock ? [`lock ${n} on ${lock.scope.join(', ')} for ${holderName(state, lock.holder)}`] : [];
  });
  return ` Still locked by hand: ${named.slice(0, 5).join('; ')}${named.length > 5 ? ` and ${named.length - 5} more` : ''}.`;
}
