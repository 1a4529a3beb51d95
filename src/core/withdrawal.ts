import type { Event } from '../contract/events.ts';
import type { State } from './state.ts';
import { at } from './table.ts';

/** What ends a live dispatch: its questions become moot, a result in review is withdrawn, then itself. */
export function withdrawal(state: State, n: number, reason: string): readonly Event[] {
  const dispatch = at(state.dispatches, n);
  if (!dispatch) return [];
  return [
    ...mootQuestions(
      state,
      n,
      `${dispatch.todos.length === 1 ? 'Its TODO was' : 'Its TODOs were'} withdrawn: ${reason}`,
    ),
    ...(dispatch.inReview === undefined
      ? []
      : [{ type: 'result-withdrawn', result: dispatch.inReview, reason } as const]),
    { type: 'withdrawn', dispatch: n, reason },
  ];
}

export function mootQuestions(
  state: State,
  dispatch: number,
  reason: string,
  states: readonly ('open' | 'returned')[] = ['open', 'returned'],
): readonly Event[] {
  return state.asked
    .filter((n) => {
      const question = at(state.questions, n);
      return question?.dispatch === dispatch && states.some((one) => one === question.state);
    })
    .map((question) => ({ type: 'question-moot', question, reason }) as const);
}
