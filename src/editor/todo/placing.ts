import * as z from 'zod/mini';
import { refusal, type Refusal } from '../../contract/refusal.ts';
import { todoName } from '../../core/labels.ts';
import { changeable, isDecision } from '../../core/listed.ts';
import { listed } from '../../core/order.ts';
import type { State } from '../../core/state.ts';
import { at } from '../../core/table.ts';

/** The TODO to stand before after one step up or down; 0 is the end. */
export function placeBeside(state: State, n: number, by: -1 | 1): number {
  const order = listed(state)
    .filter((todo) => todo.state === 'waiting')
    .map((todo) => todo.n);
  const place = order.indexOf(n);
  if (by === -1) return order[Math.max(place - 1, 0)] === n ? (order[1] ?? 0) : (order[place - 1] ?? 0);
  return order[place + 2] ?? 0;
}

/** A row that was dragged, or dropped on: `todo` where it is one. */
export const placed = z.object({ label: z.string(), todo: z.optional(z.int()) });
export type Placed = z.output<typeof placed>;

/**
 * Which TODOs a drop moves, in the order of the list, and before which one they come (0 is the end): they take the
 * place of the TODO they were dropped on. Undefined where they stand there already.
 */
export function placeOf(
  state: State,
  dragged: readonly Placed[],
  target: Placed | undefined,
): { readonly todos: readonly number[]; readonly before: number } | Refusal | undefined {
  const chosen = new Set<number>();
  for (const { todo, label } of dragged) {
    if (todo === undefined) return notMovable(label);
    const standing = changeable(state, todo);
    if (isDecision(standing)) return 'refusal' in standing ? standing.refusal : undefined;
    chosen.add(todo);
  }
  const todos = state.list.filter((n) => chosen.has(n));
  if (!target) return { todos, before: 0 };
  const onto = target.todo === undefined ? undefined : at(state.todos, target.todo);
  if (!onto) return noPlace(`“${target.label}” is no TODO.`);
  if (onto.state !== 'waiting') return noPlace(`${todoName(onto)} is not among the TODOs that wait.`);
  if (chosen.has(onto.n)) return undefined;
  const place = state.list.indexOf(onto.n);
  const comesFromAbove = todos.every((n) => state.list.indexOf(n) < place);
  return { todos, before: comesFromAbove ? (state.list[place + 1] ?? 0) : onto.n };
}

function notMovable(label: string): Refusal {
  return refusal(
    'not-a-todo',
    `“${label}” is no TODO, so it has no place in the list.`,
    'Drag TODOs that wait; a planned step comes onto the list when it is released.',
  );
}

function noPlace(why: string): Refusal {
  return refusal('no-place', `Nothing was moved: ${why}`, 'Drop it on a TODO that waits, to take its place.');
}
