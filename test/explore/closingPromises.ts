import { at } from '../../src/core/table.ts';
import { all, eventsOf, lateResultsOpen, leftTodos, sameNumbers, type Promised, type Turn } from './turn.ts';

/** P11: closed with nothing standing, or by a user's override that names all of it; what is left is in PENDING. */
export const closing: Promised<Turn> = (turn) => {
  const [event] = eventsOf(turn, 'orchestration-closed');
  if (!event) return undefined;
  const { before, after, actor, act } = turn;
  if (act.type !== 'close') return 'P11: something else closes';
  const todos = leftTodos(before).map(({ n }) => n);
  const questions = all(before.questions).filter(({ state }) => state === 'open' || state === 'returned');
  const results = new Set([...lateResultsOpen(before), ...before.late, ...before.planAffected]);
  for (const n of before.live) {
    const inReview = at(before.dispatches, n)?.inReview;
    if (inReview !== undefined) results.add(inReview);
  }
  if (
    !sameNumbers(
      event.pending.map(({ todo }) => todo),
      todos,
    )
  )
    return 'P11: PENDING is not what is left';
  if (after.live.length > 0 || leftTodos(after).some(({ state }) => state === 'live'))
    return 'P11: closed over live work';
  if (after.asked.length > 0) return 'P11: closed with a question hidden in the queue';
  if (lateResultsOpen(after).length > 0) return 'P11: closed with a late item hidden';
  const { override } = act;
  if (override === undefined) {
    return todos.length + questions.length + results.size === 0
      ? undefined
      : 'P11: closed while something stands';
  }
  if (actor.seat !== 'user') return 'P11: closed past what stands, and not by the user';
  const isNamed =
    sameNumbers(override.todos, todos) &&
    sameNumbers(override.results, results) &&
    sameNumbers(
      override.questions,
      questions.map(({ n }) => n),
    );
  return isNamed ? undefined : 'P11: the override does not name what stands';
};

/** P11: one is open at a time, and the next begins with what the last left pending. */
export const starting: Promised<Turn> = (turn) => {
  const [event] = eventsOf(turn, 'orchestration-started');
  if (!event) return undefined;
  const { before, after } = turn;
  if (before.orchestration && before.orchestration.closedAt === undefined)
    return 'P11: started while one is open';
  const pending = before.pending.map(({ todo }) => todo);
  const listed = sameNumbers(after.list, pending) && after.list.length === pending.length;
  if (!listed) return 'P11: what was pending is not on the list';
  return leftTodos(after).every((todo) => !todo.deferred)
    ? undefined
    : 'P11: what was pending does not count';
};
