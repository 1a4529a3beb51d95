import assert from 'node:assert/strict';
import { nextTodo, placeOfItems, putsPlannedFirst } from '../../../src/core/order.ts';
import { dispatch, nothing, override, packet, tooThin, two } from './drafts.ts';
import { dispatched, finished, openItems, reconcile, released, resulted, twoSteps } from './given.ts';
import { orchestrator, todoAt, user, worker, type History } from './history.ts';

const because = { reason: 'It is smaller' };

function submit(history: History, dispatchNumber: number, epoch: number, ...stillOpen: string[]): void {
  const packets = nothing(stillOpen.length === 0 ? {} : { stillOpen });
  history.does(worker(1), { type: 'submit', dispatch: dispatchNumber, epoch, packet: packets });
}

describe('the order of the list', () => {
  it('T4: items go behind their own TODO and before planned ones, in the worker’s order', () => {
    const history = released(...two);
    resulted(history, nothing({ stillOpen: ['The b', 'The a', 'The c'] }));
    assert.deepEqual(history.state.list, [1, 3, 4, 5, 2]);
    assert.deepEqual(
      [3, 4, 5].map((n) => todoAt(history, n).sources[0]?.words),
      ['The b', 'The a', 'The c'],
    );
  });

  it('T4: items of an item go behind it, before its siblings', () => {
    const history = openItems('The b', 'The a');
    resulted(history, nothing({ stillOpen: ['More of the b'] }));
    assert.deepEqual(history.state.list, [3, 5, 4, 2]);
  });

  it('T4: items of a second result go behind those of the first', () => {
    const history = released(...two);
    const result = resulted(history, nothing({ stillOpen: ['The a'] }));
    history.does(user, { type: 'reject', result, ...tooThin });
    const draft = nothing({ stillOpen: ['The b'], earlierItems: [{ todo: 3, closed: false }] });
    history.does(worker(1), { type: 'submit', dispatch: 1, epoch: 2, packet: draft });
    assert.deepEqual(history.state.list, [1, 3, 4, 2]);
  });

  it('T4: items of a TODO that stands behind planned ones go before those', () => {
    const history = twoSteps();
    history.does(user, { type: 'release', override: override([1]) });
    history.does(user, { type: 'move-todo', todo: 1, ...because });
    history.does(orchestrator, { ...dispatch, todo: 1 });
    submit(history, 1, 1, 'The a', 'The b');
    assert.deepEqual(history.state.list, [3, 4, 2, 1]);
  });

  it('T4: late items whose TODO is gone go before planned ones and behind open ones', () => {
    const history = released(...two);
    const { dispatch: first } = dispatched(history);
    history.does(user, { type: 'withdraw', dispatch: first, reason: 'Gone' });
    finished(history, nothing({ stillOpen: ['The a'] }));
    submit(history, first, 1, 'The late one');
    assert.deepEqual(history.state.list, [3, 2]);
    history.does(orchestrator, { type: 'add-late-item', result: 2, item: 1 });
    assert.deepEqual(history.state.list, [3, 4, 2]);
    history.does(user, { type: 'drop-todo', todo: 2, reason: 'No' });
    submit(history, first, 1, 'Another late one');
    history.does(orchestrator, { type: 'add-late-item', result: 3, item: 1 });
    assert.deepEqual(history.state.list, [3, 4, 5]);
    assert.equal(placeOfItems(history.state, first), undefined);
  });

  it('T6: next is the first TODO neither live, deferred nor in review', () => {
    const history = twoSteps(...two);
    assert.equal(nextTodo(history.state)?.n, 1);
    dispatched(history);
    assert.equal(nextTodo(history.state)?.n, 2);
    submit(history, 1, 1);
    assert.equal(nextTodo(history.state)?.n, 2);
    history.does(user, { type: 'release', override: override([1, 2], { results: [1] }) });
    assert.equal(nextTodo(history.state)?.n, 3);
  });

  it('T6: a withdrawn TODO is at the head again, a bundle in its order', () => {
    const history = released(...two, 'Add the third sluice');
    history.does(user, { ...dispatch, bundle: { todos: [1, 2], purpose: 'Add the first two sluices' } });
    history.does(user, { type: 'move-todo', todo: 3, before: 1, ...because });
    assert.deepEqual(history.state.list, [3, 1, 2]);
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Gone' });
    assert.deepEqual(history.state.list, [1, 2, 3]);
  });

  it('T6: a move is judged by what it passes, not by what stood wrong before', () => {
    const history = openItems('The a', 'The b');
    history.does(user, { type: 'add-todo', packet: packet('Add a rail'), role: 'code' });
    history.does(user, { type: 'move-todo', todo: 2, before: 3, ...because });
    assert.deepEqual(history.state.list, [2, 3, 4, 5]);
    const judged = (todo: number, before?: number) =>
      putsPlannedFirst(history.state, todoAt(history, todo), before);
    assert.equal(judged(4, 3), false, 'items among themselves');
    assert.equal(judged(4, 2), false, 'an item forward');
    assert.equal(judged(2, 4), false, 'planned work backward');
    assert.equal(judged(5, 2), true, 'planned work forward past items');
    assert.equal(judged(5, 4), true, 'past one item');
    assert.equal(judged(3), true, 'an item behind planned work');
  });

  it('T6: what is deferred or live is no part of the order', () => {
    const history = twoSteps();
    history.does(user, { type: 'release', override: override([1]) });
    finished(history, nothing({ stillOpen: ['The a'] }), 2);
    reconcile(history, 3);
    assert.deepEqual(history.state.list, [1, 3]);
    history.does(orchestrator, { type: 'move-todo', todo: 3, before: 1, ...because });
    history.does(orchestrator, { type: 'move-todo', todo: 3, ...because });
    assert.deepEqual(history.state.list, [1, 3]);
    finished(history);
  });
});
