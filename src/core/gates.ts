import { refusal, type Refusal } from '../contract/refusal.ts';
import type { GateName, Judged } from '../contract/review.ts';
import { driftOf, oversizeOf } from './bug.ts';
import type { ChangedFile, ChangeSeen, Measured } from './change.ts';
import { conflictName, conflictsOf, conflictWithin, stepWords } from './dispute.ts';
import { evidenceOf, shortfall } from './evidence.ts';
import { upper } from './labels.ts';
import { toJudge, unjudged, unreached } from './objective.ts';
import { otherOn, othersWithin, ownerName } from './ownership.ts';
import type { Dispatch, State, StoredResult } from './state.ts';
import { at } from './table.ts';
import { holds, territoryOf, type Territory } from './territory.ts';
import type { Workspace } from './workspace.ts';

/** One of the four gates, as it stands. */
export interface Gate {
  readonly gate: GateName;
  readonly pass: boolean;
  /** Found out by Lockkeeper; the other one is judged by the reviewer. */
  readonly computed: boolean;
  /** Why it passes or fails, in sentences; at least one. */
  readonly reasons: readonly string[];
  /** What to do about one that fails. */
  readonly next: string;
}

export const gateWords: { readonly [G in GateName]: string } = {
  objective: 'objective alignment',
  scope: 'scope compliance',
  conflict: 'conflict risk',
  evidence: 'evidence quality',
};

/** What is wrong with one file of a change, and which gate it fails. */
export interface FileFault {
  readonly file: ChangedFile;
  readonly gate: 'scope' | 'conflict';
  readonly why: string;
}

const mostReasons = 20;

/** P8: the four gates of a result, from its real change. Undefined where there is no such result. */
export function gatesOf(
  state: State,
  n: number,
  measured: ChangeSeen | undefined,
  workspace: Workspace,
  judged: readonly Judged[] = [],
): readonly Gate[] | undefined {
  const result = at(state.results, n);
  const dispatch = result && at(state.dispatches, result.dispatch);
  if (!result || !dispatch) return undefined;
  const seen = measured ?? notMeasured;
  const faults = 'measured' in seen ? fileFaults(state, dispatch, seen.measured, workspace) : [];
  const oversize =
    'measured' in seen ? oversizeOf(state, dispatch, seen.measured, workspace.mostDebugLines) : undefined;
  return [
    objectiveGate(state, result, dispatch, judged),
    scopeGate(result, seen, faults, oversize),
    conflictGate(state, result, dispatch, seen, faults, workspace),
    evidenceGate(state, result, dispatch, seen, workspace),
  ];
}

/** Those that nobody can tick. */
export function failedGates(gates: readonly Gate[]): readonly Gate[] {
  return gates.filter(({ pass, computed }) => computed && !pass);
}

/** The no of the first computed gate that fails. */
export function gateRefusal(gates: readonly Gate[]): Refusal | undefined {
  const [first] = failedGates(gates);
  if (!first) return undefined;
  const more = first.reasons.length > 1 ? ` And ${first.reasons.length - 1} more.` : '';
  return refusal(
    'gate-failed',
    `${upper(gateWords[first.gate])} fails: ${first.reasons[0] ?? ''}${more}`,
    first.next,
  );
}

function objectiveGate(
  state: State,
  result: StoredResult,
  dispatch: Dispatch,
  judged: readonly Judged[],
): Gate {
  const lines = toJudge(state, result, dispatch);
  const flaw = unreached(state, result, dispatch) ?? unjudged(lines, judged, result.n);
  const count = lines.length === 1 ? 'One line is' : `${lines.length} lines are`;
  return {
    gate: 'objective',
    computed: false,
    pass: flaw === undefined,
    reasons: [flaw?.sentence ?? `${count} judged, and each passes.`],
    next: flaw?.next ?? '',
  };
}

/** Of each file that counts as this worker's, what is wrong with it; P8 and the settled case of the shared folder. */
export function fileFaults(
  state: State,
  dispatch: Dispatch,
  { files, merge }: Pick<Measured, 'files' | 'merge'>,
  workspace: Workspace,
): readonly FileFault[] {
  const territory = territoryOf(dispatch, workspace);
  const unsaved = new Set(workspace.unsaved);
  const unmerged = new Set(merge.kind === 'conflicts' ? merge.files : []);
  return files.filter(isOwn).flatMap((file) => {
    const found: FileFault[] = [];
    const scope = scopeFault(state, dispatch, file, territory, workspace) ?? driftOf(state, dispatch, file);
    if (scope !== undefined) found.push({ file, gate: 'scope', why: scope });
    if (namesOf(file).some((name) => unsaved.has(name))) {
      found.push({
        file,
        gate: 'conflict',
        why: `${named(file)} has edits at the editor that are not saved.`,
      });
    }
    if (unmerged.has(file.path) || namesOf(file).some((name) => unmerged.has(name))) {
      found.push({ file, gate: 'conflict', why: `${named(file)} does not merge into your branch.` });
    }
    return found;
  });
}

/** Changed files of others, in a folder that several share, are not what this result is judged by. */
function isOwn({ by }: ChangedFile): boolean {
  return by !== 'another' && by !== 'user';
}

function namesOf({ name, from }: ChangedFile): readonly string[] {
  return [name, from?.name].filter((one) => one !== undefined);
}

function named({ name, path }: ChangedFile): string {
  return `\`${name ?? path}\``;
}

function scopeFault(
  state: State,
  dispatch: Dispatch,
  file: ChangedFile,
  territory: Territory,
  workspace: Workspace,
): string | undefined {
  if (file.hidden)
    return `${named(file)} was written outside SCOPE: it is not as Lockkeeper put it there, hidden, and in no commit.`;
  if (file.apart) return `${named(file)} is in another repository than this work, and in no commit of it.`;
  if (file.by === 'unknown') return `${named(file)} changed, and nobody can tell who changed it.`;
  if (file.unsaved) return `The submodule ${named(file)} holds changes that are not committed in it.`;
  if (file.name === undefined) return `${named(file)} is in no folder of the workspace.`;
  if (file.from && file.from.name === undefined) {
    return `${named(file)} came from \`${file.from.path}\`, which is in no folder of the workspace.`;
  }
  for (const name of namesOf(file)) {
    if (!holds(territory, name)) return `\`${name}\` ${whyNot(dispatch, name, workspace)}.`;
    const other = otherOn(state, name, dispatch.worker, workspace);
    if (other) return `\`${name}\` belongs to ${ownerName(state, other)}.`;
  }
  return undefined;
}

function whyNot(dispatch: Dispatch, name: string, workspace: Workspace): string {
  const anything = { ...workspace, criticalFiles: [] };
  if (holds(territoryOf(dispatch, anything), name)) {
    return 'is a critical file, and SCOPE does not name it';
  }
  const uncut = { ...dispatch.packet, notYourJob: [] };
  return holds(territoryOf({ packet: uncut }, anything), name) ? 'is in NOT-YOUR-JOB' : 'is outside SCOPE';
}

/** A gate that could not be computed is shut, whoever forgot to measure. */
const notMeasured: ChangeSeen = {
  why: 'What changed was not measured, so nobody can tell whether this gate passes.',
  next: 'Open the result again, so that it is measured; or reject it.',
};

function gate(
  name: 'scope' | 'conflict' | 'evidence',
  wrong: readonly string[],
  right: string,
  next: string,
): Gate {
  const more = wrong.length > mostReasons ? [`And ${wrong.length - mostReasons} more.`] : [];
  return {
    gate: name,
    computed: true,
    pass: wrong.length === 0,
    reasons: wrong.length === 0 ? [right] : [...wrong.slice(0, mostReasons), ...more],
    next: wrong.length === 0 ? '' : next,
  };
}

function scopeGate(
  result: StoredResult,
  seen: ChangeSeen,
  faults: readonly FileFault[],
  oversize: string | undefined,
): Gate {
  if ('why' in seen) return gate('scope', [seen.why], '', seen.next);
  const count = seen.measured.files.filter(isOwn).length;
  const right =
    count === 0
      ? 'No file changed.'
      : `${count === 1 ? 'One file' : `${count} files`} changed, all in SCOPE.`;
  return gate(
    'scope',
    [...faults.filter((one) => one.gate === 'scope').map(({ why }) => why), ...(oversize ? [oversize] : [])],
    right,
    `Reject result ${result.n}, and say that these changes are taken back; or grant the worker the files.`,
  );
}

function conflictGate(
  state: State,
  result: StoredResult,
  dispatch: Dispatch,
  seen: ChangeSeen,
  faults: readonly FileFault[],
  workspace: Workspace,
): Gate {
  const dispute = disputeOf(state, dispatch, workspace);
  if (dispute) return gate('conflict', [dispute.sentence], '', dispute.next);
  if ('why' in seen) return gate('conflict', [seen.why], '', seen.next);
  const { merge } = seen.measured;
  const wrong = faults.filter((one) => one.gate === 'conflict').map(({ why }) => why);
  const overlap = othersWithin(state, territoryOf(dispatch, workspace), dispatch.worker, workspace);
  if (overlap?.owner.kind === 'dispatch') {
    wrong.push(
      `The scope meets that of ${ownerName(state, overlap.owner)}, in \`${overlap.met.example}\` for one.`,
    );
  }
  if (merge.kind === 'unknown') wrong.push(`Whether it merges is not known: ${merge.why}`);
  if (merge.kind === 'conflicts' && !wrong.some((why) => why.endsWith('does not merge into your branch.'))) {
    wrong.push(`It does not merge into your branch: ${merge.files.slice(0, 5).join(', ')}.`);
  }
  return gate(
    'conflict',
    wrong,
    'No conflict is open, nothing of it is unsaved, and it merges.',
    merge.kind === 'conflicts'
      ? `Approve result ${result.n}: nothing is merged, and the conflict case is opened in which it is settled. Or reject it, and ask for a change on top of your branch.`
      : merge.kind === 'unknown' && wrong.length === 1
        ? merge.next
        : `Save or discard your edits; or reject result ${result.n}, and ask for a change on top of your branch.`,
  );
}

/** P7: the open case over the files of a dispatch: nothing of it is approved, and no override covers it. */
export function disputeOf(
  state: State,
  dispatch: Dispatch,
  workspace: Workspace,
): { readonly n: number; readonly sentence: string; readonly next: string } | undefined {
  const [own] = conflictsOf(state, dispatch.n);
  const conflict = own ?? conflictWithin(state, territoryOf(dispatch, workspace), workspace);
  if (!conflict) return undefined;
  return {
    n: conflict.n,
    sentence: `${upper(conflictName(conflict))} is open, and this result is about the same files.`,
    next: `Work it to resume first: ${stepWords(conflict)} is next.`,
  };
}

/** P8: each VERIFY command stands on the ladder at least where the priority asks for, on exactly this tree. */
function evidenceGate(
  state: State,
  result: StoredResult,
  dispatch: Dispatch,
  seen: ChangeSeen,
  workspace: Workspace,
): Gate {
  if ('why' in seen) return gate('evidence', [seen.why], '', seen.next);
  const least = workspace.evidence[dispatch.packet.priority];
  const commands = evidenceOf(state, result, seen.measured.tree, seen.measured.base);
  const wrong = commands.flatMap((one) => shortfall(one, least) ?? []);
  const passed = commands.length === 0 ? 'VERIFY has no command.' : commands.map(({ why }) => why).join(' ');
  return gate('evidence', wrong, passed, `Run VERIFY of result ${result.n}, or reject it.`);
}
