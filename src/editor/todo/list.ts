import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import { todoName, todoWords } from '../../core/labels.ts';
import { isOpenItem } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, refused, type Action } from '../action.ts';
import { placeChoices, todoChoices, waits } from '../asking/choices.ts';
import { numberStop, reasonStop } from '../asking/stops.ts';
import { confirmed, walk } from '../asking/walk.ts';
import { forMessage } from '../inert.ts';
import { asks, confirms, titles } from '../prompts.ts';
import type { Room } from '../room.ts';
import { placeBeside, placed, placeOf } from './placing.ts';

/** `before` is the TODO it goes before; null or 0 is the end of the list. */
const moving = z.object({
  todo: z.optional(z.int()),
  before: z.optional(z.nullable(z.int())),
  reason: z.optional(z.string()),
});
interface Moving {
  readonly todo?: number | undefined;
  readonly before?: number | undefined;
  readonly reason?: string | undefined;
}

const waitingChoices = (room: Room) => () => todoChoices(room.state, waits);

export function moveTodo(room: Room): Action {
  return action(moving, async ({ before, ...given }) => {
    const draft = await walk<Moving>(
      titles.moveTodo,
      { ...given, ...(before === undefined ? {} : { before: before ?? 0 }) },
      [
        numberStop<'todo', Moving>('todo', asks.todo, waitingChoices(room)),
        {
          ...numberStop<'before', Moving>('before', asks.place, () => []),
          when: () => true,
          ask: (frame, known) =>
            numberStop<'before', Moving>('before', asks.place, () =>
              placeChoices(room.state, known.todo ?? 0),
            ).ask(frame, known),
        },
        reasonStop<Moving>(asks.why.move),
      ],
    );
    return draft ? move(room, draft) : cancelled;
  });
}

/** One place up or down among the TODOs that wait. */
export function shiftTodo(room: Room, by: -1 | 1): Action {
  return action(moving, async (given) => {
    const draft = await walk<Moving>(titles.moveTodo, { todo: given.todo, reason: given.reason }, [
      numberStop<'todo', Moving>('todo', asks.todo, waitingChoices(room)),
      reasonStop<Moving>((draft) => asks.whyShifted(draft.todo ?? 0, by)),
    ]);
    if (!draft) return cancelled;
    return move(room, { ...draft, before: placeBeside(room.state, draft.todo ?? 0, by) });
  });
}

function move(room: Room, { todo = 0, before = 0, reason = '' }: Moving): ReturnType<Action> {
  return room.submit({
    type: 'move-todo',
    todo: Math.max(todo, 1),
    reason,
    ...(before === 0 ? {} : { before }),
  });
}

const placing = z.object({
  dragged: z.array(placed).check(z.minLength(1)),
  /** Absent where it was dropped below all rows. */
  target: z.optional(placed),
  reason: z.optional(z.string()),
});

/** T6: moves what was dropped, with a reason that the person writes or takes as it stands. */
export function placeTodos(room: Room): Action {
  return action(placing, async ({ dragged, target, reason }) => {
    const place = placeOf(room.state, dragged, target);
    if (!place) return cancelled;
    if ('code' in place) return refused(place);
    const { todos, before } = place;
    const next = at(room.state.todos, before);
    const where = next ? `before ${forMessage(todoName(next), 80)}` : 'to the end of the list';
    const what = todos.length === 1 ? `TODO ${todos[0]}` : `TODOs ${todos.join(', ')}`;
    const draft = await walk(titles.moveTodo, { reason }, [
      reasonStop<{ reason: string | undefined }>(asks.whyPlaced(what, where), asks.movedByHand),
    ]);
    if (draft?.reason === undefined) return cancelled;
    const why = draft.reason;
    const moved = await Promise.all(
      todos.map((todo) =>
        room.submit({ type: 'move-todo', todo, reason: why, ...(before === 0 ? {} : { before }) }),
      ),
    );
    return moved.find(({ ok }) => !ok) ?? moved[0] ?? cancelled;
  });
}

const dropping = z.partial(acts['drop-todo']);
type Dropping = z.output<typeof dropping>;

/** Drops a TODO with a reason; the drop of an open item is the user's alone. */
export function dropTodo(room: Room): Action {
  return action(dropping, async (given) => {
    const draft = await walk<Dropping>(titles.dropTodo, given, [
      numberStop<'todo', Dropping>('todo', asks.todo, waitingChoices(room)),
      reasonStop<Dropping>(asks.why.drop),
    ]);
    if (!draft) return cancelled;
    const { todo: n = 1, reason = '' } = draft;
    const todo = at(room.state.todos, n);
    if (todo && todo.state === 'waiting' && isOpenItem(todo)) {
      const words = todo.sources.map((source) => forMessage(source.words, 400)).join('\n') || todoWords(todo);
      const asked = confirms.drop(forMessage(todoName(todo), 120));
      if (!(await confirmed(asked, confirms.dropDetail(words, reason)))) return cancelled;
    }
    return room.submit({ type: 'drop-todo', todo: n, reason });
  });
}

const merging = z.partial(acts['merge-todo']);
type Merging = z.output<typeof merging>;

export function mergeTodo(room: Room): Action {
  return action(merging, async (given) => {
    const draft = await walk<Merging>(titles.mergeTodo, given, [
      numberStop<'todo', Merging>('todo', asks.todo, waitingChoices(room)),
      {
        key: 'into',
        ask: (frame, known) =>
          numberStop<'into', Merging>('into', asks.into, () =>
            todoChoices(room.state, (todo) => waits(todo) && todo.n !== known.todo),
          ).ask(frame, known),
      },
      reasonStop<Merging>(asks.why.merge),
    ]);
    if (!draft) return cancelled;
    const { todo = 1, into = 1, reason = '' } = draft;
    return room.submit({ type: 'merge-todo', todo, into, reason });
  });
}
