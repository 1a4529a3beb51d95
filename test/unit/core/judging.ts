import type { Judged } from '../../../src/contract/review.ts';
import { toJudge } from '../../../src/core/objective.ts';
import type { State } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';

/** Every line that a result is judged by, passed with a word. */
export function judgedAll(state: State, n: number): Judged[] {
  const result = at(state.results, n);
  const dispatch = result && at(state.dispatches, result.dispatch);
  if (!result || !dispatch) return [];
  return toJudge(state, result, dispatch).map(({ todo, what, line }) => ({
    todo,
    what,
    line,
    pass: true,
    word: 'Seen.',
  }));
}
