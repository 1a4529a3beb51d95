import type { State } from '../../src/core/state.ts';
import { stepsOf, stepState } from '../../src/core/steps.ts';
import { at } from '../../src/core/table.ts';
import { all, isOpen, leftTodos, type Promised } from './turn.ts';

/** T3: on the list (or pending) is exactly what is left, each once. */
const isListed: Promised<State> = (state) => {
  const standing = isOpen(state) ? state.list : state.pending.map(({ todo }) => todo);
  const left = leftTodos(state);
  if (standing.length !== left.length) return 'T3: the list is not what is left to do';
  return left.every(({ n }) => standing.includes(n)) ? undefined : 'T3: the list is not what is left to do';
};

/** T6: one thing is live, with one worker that is there; its TODOs alone are live. */
const hasOneWorker: Promised<State> = (state) => {
  if (state.live.length > 1) return 'T6: two things are live';
  const live = all(state.dispatches).filter(({ over }) => over === undefined);
  if (live.map(({ n }) => n).join() !== state.live.join()) return 'T6: what is live is not what is not over';
  const held = live.flatMap(({ todos }) => todos);
  const todos = leftTodos(state).filter((todo) => todo.state === 'live');
  if (held.length !== todos.length || !todos.every(({ n }) => held.includes(n)))
    return 'T6: a live TODO with nobody';
  return live.some(({ worker }) => at(state.workers, worker)?.removed !== false)
    ? 'T6: live with nobody'
    : undefined;
};

/** What is in review is so in its dispatch and in its result alike; open questions are on the queue. */
const agrees: Promised<State> = (state) => {
  for (const dispatch of all(state.dispatches)) {
    const { inReview } = dispatch;
    if (inReview === undefined) continue;
    if (dispatch.over !== undefined || at(state.results, inReview)?.state !== 'review')
      return 'P8: a review of nothing';
  }
  for (const result of all(state.results)) {
    const isWaited = at(state.dispatches, result.dispatch)?.inReview === result.n;
    if ((result.state === 'review') !== isWaited) return `P8: result ${result.n} waits for nobody`;
  }
  for (const { n, state: standing } of all(state.questions)) {
    const isStanding = standing === 'open' || standing === 'returned';
    if (isStanding !== state.asked.includes(n)) return `P6: question ${n} is not where it belongs`;
  }
  return undefined;
};

/** T9: no step reads complete, or dropped, while one of its TODOs stands in the order. */
const isComplete: Promised<State> = (state) => {
  for (const step of stepsOf(state)) {
    const left = leftTodos(state).some((todo) => todo.step === step.n && !todo.deferred);
    const word = stepState(state, step.n);
    if (left && word !== 'released') return `T9: step ${step.n} reads ${word} with a TODO left`;
    const passed = all(state.todos).some((todo) => todo.step === step.n && todo.passedOver);
    if (passed && word === 'complete') return `T9: step ${step.n} hides that it was passed over`;
  }
  return undefined;
};

/** What holds in every state, whatever led to it. */
export const standingPromises: readonly Promised<State>[] = [isListed, hasOneWorker, agrees, isComplete];
