import { at } from '../../src/core/table.ts';
import type { Event } from '../../src/contract/events.ts';
import { eventsOf, sameNumbers, type Promised, type Turn } from './turn.ts';

const workers: ReadonlySet<Event['type']> = new Set([
  'acknowledged',
  'progressed',
  'asked',
  'question-revised',
  'resulted',
]);

/** T1: what a worker reports comes from the one that holds the task, under its present name unless it is late. */
export const ownTask: Promised<Turn> = ({ before, actor, act, events }) => {
  for (const event of events) {
    if (!workers.has(event.type)) continue;
    if (actor.seat !== 'worker') return `T1: ${event.type} by ${actor.seat}`;
    const n =
      'dispatch' in event
        ? event.dispatch
        : at(before.questions, 'question' in event ? event.question : 0)?.dispatch;
    const dispatch = at(before.dispatches, n ?? 0);
    if (dispatch?.worker !== actor.worker) return `T6: ${event.type} by a worker that does not hold the task`;
    const isLate = event.type === 'resulted' && event.late;
    if (isLate) continue;
    if (dispatch.over !== undefined) return `${event.type} on a task that is over`;
    if ('epoch' in act && act.epoch !== dispatch.epoch) return `${event.type} under an old name of the task`;
    if (event.type === 'resulted' && dispatch.inReview !== undefined)
      return 'a second result while one is in review';
  }
  return undefined;
};

/** T3: a worker changes the list by nothing but what its result leaves open. */
export const list: Promised<Turn> = ({ before, after, actor, act }) => {
  if (actor.seat !== 'worker' && actor.seat !== 'keeper') return undefined;
  const made = after.list.filter((n) => n > before.todos.size);
  const rest = after.list.filter((n) => n <= before.todos.size);
  if (rest.join() !== before.list.join()) return 'T3: a worker changed the list';
  return made.length === 0 || act.type === 'submit' ? undefined : 'T3: a worker put something on the list';
};

/** T8: a blocking question that is open keeps its result back, unless that says it is blocked. */
export const blocked: Promised<Turn> = ({ before, events }) => {
  for (const event of events) {
    if (event.type !== 'resulted' || event.late || event.packet.outcome === 'blocked') continue;
    const asked = at(before.dispatches, event.dispatch)?.questions ?? [];
    const open = asked.find(
      (n) => at(before.questions, n)?.state === 'open' && at(before.questions, n)?.blocking,
    );
    if (open !== undefined) return `T8: a result that assumes the answer to question ${open}`;
  }
  return undefined;
};

/** P6: a question goes back once in all, and leaves by an answer, or as moot. */
export const questions: Promised<Turn> = (turn) => {
  for (const event of eventsOf(turn, 'question-returned')) {
    if (at(turn.before.questions, event.question)?.returnedBy !== undefined)
      return 'P6: a question went back twice';
  }
  for (const n of turn.before.asked) {
    const now = at(turn.after.questions, n)?.state;
    if (turn.after.asked.includes(n) === (now === 'open' || now === 'returned')) continue;
    return `P6: question ${n} vanished`;
  }
  const closed = turn.events.some(
    (event) =>
      event.type === 'question-moot' &&
      turn.act.type === 'approve' &&
      at(turn.before.questions, event.question)?.state === 'open',
  );
  return closed ? 'P6: an approval ends an open question' : undefined;
};

/** P8: approved with four gates that pass, each DONE-WHEN shown or moved into an item; a verdict is given once. */
export const verdicts: Promised<Turn> = (turn) => {
  const { before, after } = turn;
  for (const event of [...eventsOf(turn, 'approved'), ...eventsOf(turn, 'rejected')]) {
    const result = at(before.results, event.result);
    const dispatch = result && at(before.dispatches, result.dispatch);
    if (!result || !dispatch || dispatch.inReview !== result.n)
      return 'P8: a verdict on what is not in review';
    if (turn.actor.seat === 'worker') return 'P8: a worker gives a verdict';
    if (event.type === 'rejected') {
      if (at(after.dispatches, dispatch.n)?.epoch !== dispatch.epoch + 1)
        return 'P8: rejected without a new epoch';
      continue;
    }
    if (Object.values(event.gates).some(({ pass }) => !pass)) return 'P8: approved with a gate that fails';
    if (!sameNumbers([...event.done, ...event.returned], dispatch.todos))
      return 'P8: a TODO between done and open';
    const unmet = event.done.flatMap((n) => unmetOf(turn, result.n, n));
    if (unmet.length > 0) return `P8: approved although “${unmet[0]}” is neither shown nor moved`;
  }
  return undefined;
};

function unmetOf({ before }: Turn, n: number, todo: number): readonly string[] {
  const packet = at(before.results, n)?.packet;
  const lines = at(before.todos, todo)?.packet?.doneWhen ?? [];
  return lines.filter((line, i) => {
    const names = (one: { todo?: number | undefined; doneWhen?: number | undefined }): boolean =>
      one.doneWhen === i + 1 && (one.todo ?? todo) === todo;
    if (packet?.evidence.some(names) && !packet.open.some(names)) return false;
    return !before.todos.chunks.some((chunk) =>
      chunk.some(
        (item) =>
          (item.state === 'waiting' || item.state === 'live' || item.state === 'dropped') &&
          item.sources.some((source) => source.result === n) &&
          item.packet?.doneWhen.includes(line),
      ),
    );
  });
}
