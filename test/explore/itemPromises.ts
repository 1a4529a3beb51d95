import type { Event } from '../../src/contract/events.ts';
import { isOpenItem, type State, type Todo } from '../../src/core/state.ts';
import { at } from '../../src/core/table.ts';
import { all, eventsOf, leftTodos, type Promised, type Turn } from './turn.ts';

/** T4: an open item leaves the list only by approval, merge, split, the user’s drop, or closing into PENDING. */
export const kept: Promised<Turn> = (turn) => {
  const { before, after } = turn;
  for (const todo of leftTodos(before)) {
    const now = at(after.todos, todo.n);
    if (now?.state === 'waiting' || now?.state === 'live') {
      const lost = todo.sources.find((source) => !now.sources.includes(source));
      if (lost) return `T4: TODO ${todo.n} lost the worker’s words “${lost.words}”`;
      const closed = eventsOf(turn, 'orchestration-closed').length > 0;
      if (!closed && before.list.includes(todo.n) && !after.list.includes(todo.n)) return gone(todo);
      if (todo.packet !== undefined && now.packet === undefined) return `T4: TODO ${todo.n} lost its packet`;
      continue;
    }
    if (!turn.events.some((event) => leaves(turn, todo, event))) return gone(todo);
  }
  return undefined;
};

const gone = (todo: Todo): string => `T4: ${isOpenItem(todo) ? 'open item' : 'TODO'} ${todo.n} vanished`;

function leaves({ before, after, actor }: Turn, todo: Todo, event: Event): boolean {
  switch (event.type) {
    case 'approved':
      return isApproved(before, todo, event);
    case 'todo-merged':
      return event.todo === todo.n && holds(after, event.into, todo);
    case 'todo-split':
      return event.todo === todo.n && event.into.length > 1 && event.into.every((n) => holds(after, n, todo));
    case 'todo-dropped':
      return event.todo === todo.n && (!isOpenItem(todo) || actor.seat === 'user');
    default:
      return false;
  }
}

/** Its own result is approved, or the approved result closed it with evidence as one of its earlier items. */
function isApproved(state: State, { n }: Todo, event: Extract<Event, { type: 'approved' }>): boolean {
  const result = at(state.results, event.result);
  const own = result && at(state.dispatches, result.dispatch);
  if (!result || !own) return false;
  if (own.todos.includes(n)) {
    const isDone =
      own.todos.length === 1 || result.packet.bundle.some((one) => one.todo === n && one.state === 'done');
    return event.done.includes(n) && isDone;
  }
  return event.closed.includes(n) && result.packet.earlierItems.some((one) => one.todo === n && one.closed);
}

function holds(state: State, heir: number, { sources }: Todo): boolean {
  const has = at(state.todos, heir)?.sources ?? [];
  return state.list.includes(heir) && sources.every((source) => has.includes(source));
}

/** T4, T5: a merge keeps the DONE-WHENs of both in the survivor, a split keeps each in one of its parts. */
export const doneWhens: Promised<Turn> = (turn) => {
  const { before, after } = turn;
  for (const event of turn.events) {
    if (event.type !== 'todo-merged' && event.type !== 'todo-split') continue;
    const heirs = event.type === 'todo-merged' ? [event.into] : event.into;
    const has = heirs.flatMap((n) => at(after.todos, n)?.packet?.doneWhen ?? []);
    const from = [event.todo, ...(event.type === 'todo-merged' ? [event.into] : [])];
    const lost = from
      .flatMap((n) => at(before.todos, n)?.packet?.doneWhen ?? [])
      .find((line) => !has.includes(line));
    if (lost !== undefined) return `T4: the DONE-WHEN “${lost}” is lost`;
    const planned = from.some((n) => at(before.todos, n)?.planned);
    if (planned && heirs.some((n) => !at(after.todos, n)?.planned))
      return 'T4: planned work passes for an item';
  }
  return undefined;
};

/** T8, batch: no agent makes one TODO of two items whose workers said different things. */
export const apart: Promised<Turn> = ({ before, actor, events }) => {
  if (actor.seat === 'user') return undefined;
  for (const event of events) {
    if (event.type !== 'todo-merged') continue;
    const [from, into] = [at(before.todos, event.todo), at(before.todos, event.into)];
    if (!from || !into || !isOpenItem(from) || !isOpenItem(into)) continue;
    const said = new Set(into.sources.map(({ words }) => words));
    if (from.sources.some(({ words }) => !said.has(words))) return 'T8: an agent made one TODO of two items';
  }
  return undefined;
};

/** T4: each item of a result is a TODO of its own in the same act, in the worker’s words; a late result changes none. */
export const stored: Promised<Turn> = (turn) => {
  for (const event of eventsOf(turn, 'resulted')) {
    const made = eventsOf(turn, 'todo-added');
    if (event.late) {
      const same = turn.after.todos === turn.before.todos && turn.after.list === turn.before.list;
      if (!same || made.length > 0) return 'a late result changed a TODO';
      const stored = at(turn.after.results, event.result);
      const open = stored?.lateItems.filter(({ standing }) => standing === 'open').length;
      if (open !== event.packet.open.length) return 'a late result lost an item';
      if (!turn.after.late.includes(event.result)) return 'a late result is not before anybody';
      continue;
    }
    if (made.length !== event.packet.open.length) return 'T4: not every item became a TODO';
    for (const [i, { words }] of event.packet.open.entries()) {
      const todo = at(turn.after.todos, made[i]?.todo ?? 0);
      if (todo?.sources[0]?.words !== words) return 'T4: an item is not in its worker’s words';
      if (todo.packet !== undefined || todo.planned) return 'T4: an item passes for work that is ready';
    }
  }
  return undefined;
};

/** Settled cases: an item of a late result is added as a TODO, or dismissed by the user; it never just ends. */
export const lateItems: Promised<Turn> = (turn) => {
  for (const result of all(turn.before.results)) {
    const now = at(turn.after.results, result.n);
    for (const [i, item] of result.lateItems.entries()) {
      const standing = now?.lateItems[i]?.standing;
      if (item.standing === standing) continue;
      if (item.standing !== 'open') return `item ${i + 1} of late result ${result.n} was settled twice`;
      const words = result.packet.open[i]?.words;
      const added = eventsOf(turn, 'todo-added').some(({ sources }) => sources[0]?.words === words);
      if (standing === 'added' ? !added : turn.actor.seat !== 'user') {
        return `item ${i + 1} of late result ${result.n} vanished`;
      }
    }
    const isNoted = result.state === 'late' && now?.state === 'late-noted';
    if (isNoted && now.lateItems.some(({ standing }) => standing === 'open'))
      return 'a late result is noted too early';
  }
  return undefined;
};
