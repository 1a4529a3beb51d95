import { evidenceOf } from '../evidence.ts';
import { stepName, upper, workerName } from '../labels.ts';
import { isHeldBack, type State } from '../state.ts';
import { stepsOf } from '../steps.ts';
import { at } from '../table.ts';
import type { Own } from './handoffOwn.ts';

/** P11: what a person should know who goes on from here: each override, and whatever was taken on trust. */
export function risksOf(state: State, own: Own): readonly string[] {
  return [...overrides(state, own), ...onTrust(state, own), ...inferred(own)];
}

function overrides(state: State, own: Own): readonly string[] {
  const past = state.orchestration?.closedPast;
  return [
    ...stepsOf(state).flatMap((step) =>
      step.override
        ? [`${upper(stepName(step))} was released past ${namesOf(step.override)}: ${step.override.reason}`]
        : [],
    ),
    ...own.results.flatMap(({ n, approval }) =>
      approval?.override
        ? [
            `Result ${n} was approved past ${approval.override.gates.join(', ')} by the user: ${approval.override.reason}`,
          ]
        : [],
    ),
    ...own.results.flatMap(({ n, approval }) =>
      approval?.undone === undefined
        ? []
        : [`The approval of result ${n} was taken back: ${approval.undone}`],
    ),
    ...(past ? [`It was closed past ${namesOf(past)} by the user: ${past.reason}`] : []),
  ];
}

function namesOf({
  todos,
  results,
  questions,
}: Record<'todos' | 'results' | 'questions', readonly number[]>): string {
  const parts = [
    ...(todos.length > 0 ? [`TODO ${todos.join(', ')}`] : []),
    ...(results.length > 0 ? [`result ${results.join(', ')}`] : []),
    ...(questions.length > 0 ? [`question ${questions.join(', ')}`] : []),
  ];
  return parts.join(', ');
}

function onTrust(state: State, own: Own): readonly string[] {
  const workers = [...new Set(own.dispatches.map(({ worker }) => worker))];
  const approved = own.results.filter(({ approval }) => approval && approval.undone === undefined);
  return [
    ...workers
      .filter((worker) => isUnguarded(state, worker))
      .map((worker) => `${workerName(state, worker)} worked unguarded: no write of it was held back.`),
    ...approved.flatMap((result) =>
      evidenceOf(state, result, result.approval?.tree, result.approval?.base)
        .filter(({ level, standing }) => level === 'claimed' && standing !== 'passed')
        .map(({ words }) => `Result ${result.n}: there are only words for \`${words}\`.`),
    ),
  ];
}

/** Writes that nobody can be named for: what is said of them is a guess. */
function inferred({ conflicts }: Own): readonly string[] {
  return conflicts
    .filter(({ sides }) => sides.some(({ kind }) => kind === 'unknown'))
    .map(({ n, files }) => `Conflict ${n}: whose write it was in ${files.join(', ')} was inferred.`);
}

function isUnguarded(state: State, worker: number): boolean {
  const found = at(state.workers, worker);
  return found !== undefined && found.runs.kind !== 'rehearsal' && !isHeldBack(found);
}
