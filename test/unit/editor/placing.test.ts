import assert from 'node:assert/strict';
import { placeOf, type Placed } from '../../../src/editor/todo/placing.ts';
import { nothing } from '../core/drafts.ts';
import { dispatched, leftOpen, released } from '../core/given.ts';
import { type History, user, worker } from '../core/history.ts';

const row = (todo: number): Placed => ({ label: `TODO ${todo}`, todo });
const five = [
  'Add the first sluice',
  'Add the other sluice',
  'Add a ladder',
  'Add a bollard',
  'Add a paddle',
];

/** What a drop does to the list, through the rules. */
function drop(history: History, todos: readonly number[], target?: number): readonly number[] {
  const place = placeOf(history.state, todos.map(row), target === undefined ? undefined : row(target));
  assert.ok(place && 'todos' in place, JSON.stringify(place));
  for (const todo of place.todos) {
    const before = place.before === 0 ? {} : { before: place.before };
    history.does(user, { type: 'move-todo', todo, reason: 'Put there by hand.', ...before });
  }
  return history.state.list;
}

function refusedAt(history: History, dragged: readonly Placed[], target: Placed | undefined): string {
  const place = placeOf(history.state, dragged, target);
  assert.ok(place && 'code' in place, JSON.stringify(place));
  assert.ok(place.sentence.length > 10 && place.next.length > 10);
  return place.code;
}

describe('a drop in the TODO tree', () => {
  it('T6: takes the place of the TODO it falls on, from above and from below, and several keep their order', () => {
    assert.deepEqual(drop(released(...five), [4], 2), [1, 4, 2, 3, 5]);
    assert.deepEqual(drop(released(...five), [2], 4), [1, 3, 4, 2, 5]);
    assert.deepEqual(drop(released(...five), [5, 3], 1), [3, 5, 1, 2, 4]);
    assert.deepEqual(drop(released(...five), [2, 1], 4), [3, 4, 1, 2, 5]);
    assert.deepEqual(drop(released(...five), [1, 5], 3), [2, 1, 5, 3, 4]);
    assert.deepEqual(drop(released(...five), [1], 5), [2, 3, 4, 5, 1]);
    assert.deepEqual(drop(released(...five), [2]), [1, 3, 4, 5, 2]);
    assert.equal(placeOf(released(...five).state, [row(2)], row(2)), undefined);
  });

  it('T6: what is live or in review is not moved, alone or among others', () => {
    const history = released(...five);
    const task = dispatched(history);
    assert.equal(refusedAt(history, [row(1)], row(3)), 'todo-live');
    assert.equal(refusedAt(history, [row(3), row(1)], row(4)), 'todo-live');
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    assert.equal(refusedAt(history, [row(1)], row(3)), 'todo-live');
    assert.equal(refusedAt(history, [row(3)], row(1)), 'no-place');
  });

  it('T3: groups, pages and steps have no place in the list, and nothing lands on them', () => {
    const history = released(...five);
    assert.equal(refusedAt(history, [{ label: 'Next' }], row(3)), 'not-a-todo');
    assert.equal(refusedAt(history, [row(2), { label: 'Step 1: Build' }], row(3)), 'not-a-todo');
    assert.equal(refusedAt(history, [row(2)], { label: 'Plan' }), 'no-place');
    assert.equal(refusedAt(history, [row(77)], row(3)), 'unknown-todo');
  });

  it('T8: planned work that a person drops before an open item still waits for it', () => {
    const history = leftOpen('README.md does not name the sluice');
    history.does(user, {
      type: 'reconcile',
      todo: 3,
      role: 'code',
      packet: {
        task: 'Name the sluice in README.md',
        scope: ['README.md'],
        notYourJob: ['src/'],
        doneWhen: ['README.md holds the word "sluice"'],
        verify: ['grep sluice README.md'],
        priority: 'normal',
      },
    });
    assert.deepEqual(drop(history, [2], 3), [2, 3]);
    history.isRefused('open-item-first', user, { type: 'dispatch', worker: 1 });
  });
});
