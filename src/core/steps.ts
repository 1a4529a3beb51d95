import { at, each } from './table.ts';
import { isOpenItem, type State, type Step, type Todo } from './state.ts';

export type StepState = 'planned' | 'released' | 'complete' | 'complete by override' | 'dropped';

/** The steps of the present orchestration, in the order of the plan. */
export function stepsOf(state: State): readonly Step[] {
  return state.plan.flatMap((n) => at(state.steps, n) ?? []);
}

export function unreleasedSteps(state: State): readonly Step[] {
  return stepsOf(state).filter((step) => step.releasedAt === undefined);
}

/** The last released step of the present orchestration: where what comes up now belongs. */
export function currentStep(state: State): Step | undefined {
  return stepsOf(state).findLast((step) => step.releasedAt !== undefined);
}

/**
 * T9: computed, never set. A released step is complete when nothing of it is left: each of its TODOs is
 * approved, merged, split into others or dropped, the open items of their results among them.
 */
export function stepState(state: State, n: number): StepState {
  const step = at(state.steps, n);
  if (step?.dropped !== undefined) return 'dropped';
  if (!step || step.releasedAt === undefined) return 'planned';
  const todos = [...each(state.todos)].filter((todo) => todo.step === n).map((todo) => survivor(state, todo));
  if (todos.some((todo) => todo.state === 'waiting' || todo.state === 'live')) {
    return todos.some(isLeftOver) && todos.every((todo) => isGone(todo) || isLeftOver(todo))
      ? 'complete by override'
      : 'released';
  }
  if (hasLateItem(state, n)) return 'released';
  const worked = todos.filter((todo) => todo.state !== 'split');
  if (worked.length > 0 && worked.every((todo) => todo.state === 'dropped')) return 'dropped';
  return todos.some((todo) => todo.passedOver) ? 'complete by override' : 'complete';
}

/** Work merged into another TODO stands or falls with that one, be it of another step. */
export function survivor(state: State, todo: Todo): Todo {
  const into = todo.mergedInto === undefined ? undefined : at(state.todos, todo.mergedInto);
  return into ? survivor(state, into) : todo;
}

function isGone(todo: Todo): boolean {
  return todo.state !== 'waiting' && todo.state !== 'live';
}

function isLeftOver(todo: Todo): boolean {
  return todo.state === 'waiting' && todo.deferred !== undefined;
}

function hasLateItem(state: State, n: number): boolean {
  return state.late.some((number) => {
    const result = at(state.results, number);
    const dispatch = result && at(state.dispatches, result.dispatch);
    return (
      result?.lateItems.some((item) => item.standing === 'open') === true &&
      dispatch?.todos.some((todo) => at(state.todos, todo)?.step === n) === true
    );
  });
}

export function openItemsOf(state: State): readonly Todo[] {
  return state.list
    .map((n) => at(state.todos, n))
    .filter((todo): todo is Todo => todo !== undefined && isOpenItem(todo));
}
