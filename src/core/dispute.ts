import type { Side } from '../contract/ownership.ts';
import { workerName } from './labels.ts';
import { clashOf, holds, plainTerritory, type Territory } from './territory.ts';
import { isOutOfReach, type Conflict, type State } from './state.ts';
import { at } from './table.ts';
import type { Workspace } from './workspace.ts';

export function openConflicts(state: State): readonly Conflict[] {
  return state.disputed.flatMap((n) => at(state.conflicts, n) ?? []);
}

/**
 * P7: the side that is frozen on the files of a case. Of two workers the later one, until the other turns out not to
 * be the owner; with anybody else in it the worker, for a person cannot be held up.
 */
export function frozenSide({ sides, owner }: Pick<Conflict, 'sides' | 'owner'>): Side {
  const [first, later] = sides;
  const loser = owner === undefined ? later : owner.side === 1 ? later : first;
  if (loser.kind === 'worker') return loser;
  return first.kind === 'worker' ? first : later;
}

/** The files of a case are meant as they stand, critical ones too. */
function disputedTerritory({ files }: Pick<Conflict, 'files'>, workspace: Workspace): Territory {
  return plainTerritory(files, workspace);
}

/** The open case in which this worker is frozen on a file of that workspace name. */
export function frozenOn(
  state: State,
  worker: number,
  name: string,
  workspace: Workspace,
): Conflict | undefined {
  return openConflicts(state).find((conflict) => {
    const frozen = frozenSide(conflict);
    const isTheirs = frozen.kind === 'worker' && frozen.worker === worker;
    return isTheirs && holds(disputedTerritory(conflict, workspace), name);
  });
}

/** The open case over a file that a territory holds too. */
export function conflictWithin(
  state: State,
  territory: Territory,
  workspace: Workspace,
): Conflict | undefined {
  return openConflicts(state).find(
    (conflict) => clashOf(territory, disputedTerritory(conflict, workspace)) !== undefined,
  );
}

/** The open cases that a dispatch is a side of. */
export function conflictsOf(state: State, dispatch: number): readonly Conflict[] {
  return openConflicts(state).filter(({ sides }) =>
    sides.some((side) => side.kind === 'worker' && side.dispatch === dispatch),
  );
}

export function sideName(state: State, side: Side): string {
  if (side.kind === 'worker') return workerName(state, side.worker);
  return side.kind === 'user' ? 'the user' : 'somebody unknown';
}

type Worked = Pick<Conflict, 'sides' | 'owner' | 'path' | 'evidence'>;

/** What the next step of a case is, as the act that does it. */
export function nextStep(
  conflict: Worked,
): 'name-writer' | 'assign-owner' | 'set-merge-path' | 'give-evidence' | 'resume' {
  if (conflict.sides.some(({ kind }) => kind === 'unknown')) return 'name-writer';
  if (!conflict.owner) return 'assign-owner';
  if (!conflict.path) return 'set-merge-path';
  return conflict.evidence ? 'resume' : 'give-evidence';
}

const steps = {
  'name-writer': 'say whose write it was',
  'assign-owner': 'say who owns it',
  'set-merge-path': 'say how the two are brought together',
  'give-evidence': 'give the evidence',
  resume: 'resume',
} as const;

export function stepWords(conflict: Worked): string {
  return steps[nextStep(conflict)];
}

/** "conflict 3 over `src/a.ts`", for a sentence. */
export function conflictName({ n, files }: Pick<Conflict, 'n' | 'files'>): string {
  const more = files.length > 1 ? ` and ${files.length - 1} more` : '';
  return `conflict ${n} over \`${files[0] ?? ''}\`${more}`;
}

/** Nobody hears a person who works elsewhere, so its result waits instead. */
export function frozenWords(state: State, frozen: Side): string {
  const worker = frozen.kind === 'worker' ? at(state.workers, frozen.worker) : undefined;
  return worker && isOutOfReach(worker)
    ? `${worker.name} works elsewhere and cannot be frozen: tell it, and its result waits`
    : `${sideName(state, frozen)} is frozen there`;
}
