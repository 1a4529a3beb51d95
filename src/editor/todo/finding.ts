import * as z from 'zod/mini';
import { todoWords } from '../../core/labels.ts';
import { listed } from '../../core/order.ts';
import { isOpenItem, isUnreconciled, type Todo } from '../../core/state.ts';
import { refusal } from '../../contract/refusal.ts';
import { action, cancelled, refused, said, type Action } from '../action.ts';
import type { Numbered } from '../asking/choices.ts';
import { numberStop } from '../asking/stops.ts';
import { walk } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import { asks, titles, todoStanding } from '../prompts.ts';
import type { Room } from '../room.ts';

const finding = z.object({ todo: z.optional(z.int().check(z.minimum(1))) });
type Finding = z.output<typeof finding>;

/** Any TODO of the list by its number, words, role or standing, shown where it stands in the tree. */
export function findTodo(room: Room, trees: { revealTodo(n: number): Promise<boolean> }): Action {
  return action(finding, async (given) => {
    const all = (): Numbered[] =>
      listed(room.state).map((todo) => ({
        label: `TODO ${todo.n}`,
        description: forPick(todoWords(todo), 120),
        detail: `${standingOf(todo)}, ${forPick(todo.role, 40)}`,
        value: todo.n,
      }));
    if (room.state.list.length === 0) return refused(nothingListed);
    const draft = await walk<Finding>(titles.findTodo, given, [
      numberStop<'todo', Finding>('todo', asks.findTodo, all),
    ]);
    if (draft?.todo === undefined) return cancelled;
    if (await trees.revealTodo(draft.todo)) return said(`TODO ${draft.todo} is shown.`);
    return refused(
      refusal(
        'unknown-todo',
        `TODO ${draft.todo} is not on the list.`,
        'Name a TODO that stands on the list.',
      ),
    );
  });
}

function standingOf(todo: Todo): string {
  if (todo.state === 'live') return todoStanding.live;
  if (isUnreconciled(todo)) return todoStanding.raw;
  if (todo.deferred) return todoStanding.deferred;
  return isOpenItem(todo) ? todoStanding.item : todoStanding.waiting;
}

const nothingListed = refusal(
  'nothing-listed',
  'There is no TODO on the list.',
  'Add one, or release a step.',
);
