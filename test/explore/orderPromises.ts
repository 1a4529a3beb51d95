import { isOpenItem, type State, type Todo } from '../../src/core/state.ts';
import { at } from '../../src/core/table.ts';
import { eventsOf, type Promised, type Turn } from './turn.ts';

const waiting = (state: State): readonly Todo[] =>
  state.list
    .map((n) => at(state.todos, n))
    .filter((todo): todo is Todo => todo?.state === 'waiting' && !todo.deferred);

/** T6: only the head of the list goes out, alone or as a bundle, to one worker that is there, and nothing else is live. */
export const head: Promised<Turn> = (turn) => {
  const { before, after, act, actor } = turn;
  const sent = eventsOf(turn, 'dispatched');
  const [event] = sent;
  if (!event) return undefined;
  if (act.type !== 'dispatch' || sent.length > 1) return 'T6: something else dispatches';
  if (before.live.length > 0) return 'T6: dispatched while something is live';
  const worker = at(before.workers, event.worker);
  if (!worker || worker.removed) return 'T6: dispatched to nobody';
  const order = waiting(before).map(({ n }) => n);
  const [first] = event.todos;
  const byChoice =
    first !== undefined && act.todo === first && at(before.todos, first)?.deferred !== undefined;
  if (act.bundle === undefined && event.todos.length !== 1) return 'T6: several TODOs without a bundle';
  if (!byChoice && event.todos.some((n, i) => order[i] !== n)) return 'T6: dispatched out of order';
  if (byChoice && at(before.todos, first)?.state !== 'waiting') return 'T6: dispatched what does not wait';
  const items = event.todos.filter((n) => (at(before.todos, n)?.sources.length ?? 0) > 0);
  if (act.bundle && items.length > 0 && actor.seat !== 'user') return 'T8: an agent bundles an open item';
  const made = at(after.dispatches, event.dispatch);
  return made?.epoch === 1 && made.over === undefined ? undefined : 'T6: the dispatch is not live';
};

/** T4, T8: nothing goes out before every item has its packet. */
export const reconciled: Promised<Turn> = (turn) => {
  const [event] = eventsOf(turn, 'dispatched');
  if (!event) return undefined;
  const bare = waiting(turn.before).find((todo) => todo.packet === undefined);
  if (bare) return `T4: dispatched although TODO ${bare.n} is not reconciled`;
  return event.todos.some((n) => at(turn.before.todos, n)?.packet === undefined)
    ? 'T4: dispatched what is not reconciled'
    : undefined;
};

/** T4: no planned work goes out while an open item waits that it did not leave itself, in a result with its verdict. */
export const planned: Promised<Turn> = (turn) => {
  const [event] = eventsOf(turn, 'dispatched');
  if (!event) return undefined;
  const { before } = turn;
  for (const n of event.todos) {
    const todo = at(before.todos, n);
    if (!todo?.planned) continue;
    for (const item of waiting(before)) {
      if (!isOpenItem(item) || item.planned || event.todos.includes(item.n)) continue;
      if (!isItsOwn(before, item, n)) return `T4: planned TODO ${n} is dispatched over open item ${item.n}`;
    }
  }
  return undefined;
};

function isItsOwn(state: State, item: Todo, todo: number): boolean {
  return item.sources.every((source) => {
    const result = at(state.results, source.result);
    const dispatch = result && at(state.dispatches, result.dispatch);
    const hasVerdict = result?.state === 'approved' || result?.state === 'rejected';
    return hasVerdict && dispatch?.todos.includes(todo) === true;
  });
}

/** T6: no agent’s move puts planned work before an open item that it stood behind. */
export const moves: Promised<Turn> = (turn) => {
  const { before, after, actor, act } = turn;
  if (actor.seat === 'user' || !['move-todo', 'reconcile', 'replan'].includes(act.type)) return undefined;
  const isPure = (todo: Todo): boolean => isOpenItem(todo) && !todo.planned;
  const order = waiting(before).filter(({ n }) => after.list.includes(n));
  for (const item of order.filter(isPure)) {
    for (const other of order.filter((todo) => todo.planned)) {
      const stood = before.list.indexOf(item.n) < before.list.indexOf(other.n);
      const stands = after.list.indexOf(item.n) < after.list.indexOf(other.n);
      if (stood && !stands) return `T6: an agent put planned TODO ${other.n} before open item ${item.n}`;
    }
  }
  return undefined;
};

/** T4: the items of a result stand behind their own TODO and before all planned ones, in the worker’s order. */
export const placed: Promised<Turn> = (turn) => {
  if (turn.act.type !== 'submit') return undefined;
  const made = eventsOf(turn, 'todo-added').map(({ todo }) => todo);
  const [result] = eventsOf(turn, 'resulted');
  if (made.length === 0 || !result) return undefined;
  const { list } = turn.after;
  const own = at(turn.after.dispatches, result.dispatch)?.todos ?? [];
  const places = made.map((n) => list.indexOf(n));
  if (places.some((place, i) => place < 0 || place < (places[i - 1] ?? 0)))
    return 'T4: items out of their order';
  const others = waiting(turn.after).filter((todo) => todo.planned && !own.includes(todo.n));
  const over = others.find((todo) => list.indexOf(todo.n) < (places.at(-1) ?? -1));
  if (over) return `T4: planned TODO ${over.n} stands before an item`;
  const isBehind = own.every((n) => list.indexOf(n) < (places[0] ?? -1));
  const isMoved = others.some((todo) => own.some((n) => list.indexOf(todo.n) < list.indexOf(n)));
  return isBehind || isMoved ? undefined : 'T4: items do not stand behind their own TODO';
};
