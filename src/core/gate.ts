import type { Override } from '../contract/override.ts';
import { conflictName, openConflicts, stepWords } from './dispute.ts';
import { instructionWords, standingInstructions, wayOn } from './instruction.ts';
import { dispatchName, short, todoName, upper, workerName } from './labels.ts';
import {
  isOpenItem,
  isUnreconciled,
  type Conflict,
  type State,
  type StoredResult,
  type Todo,
} from './state.ts';
import { at } from './table.ts';

export interface About {
  readonly kind: 'todo' | 'result' | 'question' | 'conflict' | 'instruction';
  readonly n: number;
}

/** Why the gate is shut, by one thing that stands: what it is, in a sentence, and the way out (T5). */
export interface Reason {
  readonly code: string;
  readonly about: About;
  readonly sentence: string;
  readonly next: string;
}

/**
 * T5: everything that keeps the next step from being released. Empty means the gate is open.
 * A question alone does not shut it.
 */
export function gateReasons(state: State): readonly Reason[] {
  const reasons: Reason[] = standingInstructions(state).map((one) => ({
    code: 'instruction',
    about: { kind: 'instruction', n: one.n },
    sentence: instructionWords(one),
    next: wayOn(one.n),
  }));
  for (const n of state.list) {
    const todo = at(state.todos, n);
    if (todo) reasons.push(todoReason(state, todo));
  }
  for (const n of state.late) reasons.push(...lateItemReasons(state, n));
  for (const n of state.planAffected) {
    reasons.push({
      code: 'plan-affected',
      about: { kind: 'result', n },
      sentence: `Result ${n} says the plan is affected: ${short(at(state.results, n)?.packet.planAffected.why ?? '')}`,
      next: 'Replan, or say that the plan stands, with a reason.',
    });
  }
  for (const conflict of openConflicts(state)) reasons.push(conflictReason(conflict));
  return reasons;
}

function conflictReason(conflict: Conflict): Reason {
  return {
    code: 'conflict',
    about: { kind: 'conflict', n: conflict.n },
    sentence: `${upper(conflictName(conflict))} is open.`,
    next: `Work it to resume: ${stepWords(conflict)}.`,
  };
}

/** P7: what no override covers. */
export function conflictReasonOf(reasons: readonly Reason[]): Reason | undefined {
  return reasons.find(({ code }) => code === 'conflict');
}

function todoReason(state: State, todo: Todo): Reason {
  const about: About = { kind: 'todo', n: todo.n };
  const dispatch = todo.dispatch === undefined ? undefined : at(state.dispatches, todo.dispatch);
  if (todo.state === 'live' && dispatch?.inReview !== undefined) {
    return {
      code: 'in-review',
      about,
      sentence: `${todoName(todo)} is in review: result ${dispatch.inReview}.`,
      next: `Approve or reject result ${dispatch.inReview}.`,
    };
  }
  if (todo.state === 'live' && dispatch) {
    return {
      code: 'live',
      about,
      sentence: `${todoName(todo)} is live with ${workerName(state, dispatch.worker)}.`,
      next: 'Wait for its result, or withdraw it with a reason.',
    };
  }
  if (isUnreconciled(todo)) {
    return {
      code: 'unreconciled',
      about,
      sentence: `${todoName(todo)} was left open by result ${todo.sources[0]?.result ?? '?'} and is not reconciled.`,
      next: `Reconcile TODO ${todo.n}: give it its place, role and packet.`,
    };
  }
  if (todo.deferred) {
    return {
      code: 'deferred',
      about,
      sentence: `${todoName(todo)} was passed over (${short(todo.deferred.reason)}) and still stands.`,
      next: `Dispatch TODO ${todo.n}, drop it, or name it in an override again.`,
    };
  }
  return {
    code: isOpenItem(todo) ? 'open-item' : 'waiting',
    about,
    sentence: isOpenItem(todo) ? `${todoName(todo)} is still open.` : `${todoName(todo)} is not done.`,
    next: `Dispatch TODO ${todo.n} when it is next.`,
  };
}

/** Whether each open item of a late result has been added or dismissed. */
export function isSettled(result: StoredResult | undefined): boolean {
  return result?.lateItems.every((item) => item.standing !== 'open') === true;
}

function lateItemReasons(state: State, n: number): readonly Reason[] {
  const result = at(state.results, n);
  const dispatch = result && at(state.dispatches, result.dispatch);
  if (!result || !dispatch) return [];
  return result.lateItems.flatMap((item, index) =>
    item.standing !== 'open'
      ? []
      : [
          {
            code: 'late-item',
            about: { kind: 'result', n } as const,
            sentence: `Late result ${n} (${dispatchName(state, dispatch)}) left open: “${short(result.packet.open[index]?.words ?? '')}”.`,
            next: `Add item ${index + 1} of result ${n} to the list; only the user dismisses it.`,
          },
        ],
  );
}

/** The numbers an override has to name so that these reasons are covered. */
export function namesNeeded(state: State, reasons: readonly Reason[]): Omit<Override, 'reason'> {
  const todos = new Set<number>();
  const results = new Set<number>();
  const questions = new Set<number>();
  for (const { about } of reasons) {
    if (about.kind === 'todo') todos.add(about.n);
    if (about.kind === 'result') results.add(about.n);
    if (about.kind === 'question') questions.add(about.n);
    const dispatch = about.kind === 'todo' ? at(state.todos, about.n)?.dispatch : undefined;
    const inReview = dispatch === undefined ? undefined : at(state.dispatches, dispatch)?.inReview;
    if (inReview !== undefined) results.add(inReview);
  }
  return { todos: [...todos], results: [...results], questions: [...questions] };
}
