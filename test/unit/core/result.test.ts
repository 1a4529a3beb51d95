import assert from 'node:assert/strict';
import { at } from '../../../src/core/table.ts';
import { item, nothing, packet, tooThin, two } from './drafts.ts';
import { dispatched, finished, released, resulted } from './given.ts';
import { orchestrator, todoAt, user, worker } from './history.ts';

describe('results', () => {
  it('T4: the result and the TODOs of what it leaves open are one transaction', () => {
    const history = released(...two);
    const task = dispatched(history);
    const { events } = history.ask(worker(1), {
      type: 'submit',
      ...task,
      packet: nothing({ stillOpen: [item, 'The a'] }),
    });
    assert.deepEqual(
      events.map(({ type }) => type),
      ['resulted', 'todo-added', 'todo-added'],
    );
    assert.deepEqual(todoAt(history, 3).origin, { kind: 'item', result: 1, item: 1 });
  });

  it('T4: an unclear still open goes back, with what is missing, and nothing is stored', () => {
    const history = released(...two);
    const task = dispatched(history);
    for (const stillOpen of [
      undefined,
      '',
      'none',
      'n/a',
      '-',
      ['Nothing', item],
      [],
      'Nothing, but README.md',
    ]) {
      const draft = { ...nothing(), stillOpen };
      const { flaws } = history.isRefused('result-incomplete', worker(1), {
        type: 'submit',
        ...task,
        packet: draft,
      });
      assert.ok(
        flaws?.some(({ field }) => field === 'STILL-OPEN'),
        String(stillOpen),
      );
    }
    assert.equal(history.state.results.size, 0);
  });

  it('T4: one result at a time: while it is in review the next is refused', () => {
    const history = released(...two);
    resulted(history, nothing());
    const again = { type: 'submit', dispatch: 1, epoch: 1, packet: nothing() } as const;
    assert.match(history.isRefused('in-review', worker(1), again).next, /get_task/);
    history.isRefused('unknown-task', worker(2), again);
  });

  it('T4: a late result answers the packet as it was sent, whatever became of the TODO', () => {
    const history = released(...two);
    const task = dispatched(history);
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Gone' });
    history.does(user, {
      type: 'edit-todo',
      todo: 1,
      packet: packet('Add a wheel', { doneWhen: ['`npm test` prints 1', '`npm test` prints 2'] }),
      role: '',
    });
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    assert.deepEqual(history.state.late, [1, 2]);
  });

  it('T4: a result after the approval, or of an old epoch, is late', () => {
    const history = released(...two);
    finished(history);
    history.does(worker(1), {
      type: 'submit',
      dispatch: 1,
      epoch: 1,
      packet: nothing({ stillOpen: [item] }),
    });
    assert.equal(at(history.state.results, 2)?.state, 'late');
    const result = resulted(history, nothing());
    history.does(user, { type: 'reject', result, ...tooThin });
    history.does(worker(1), { type: 'submit', dispatch: 2, epoch: 1, packet: nothing() });
    assert.deepEqual(history.state.late, [2, 4]);
    assert.equal(at(history.state.dispatches, 2)?.inReview, undefined);
    history.isRefused('not-late', user, { type: 'note-late-result', result: 1 });
    history.isRefused('no-reason', user, { type: 'dismiss-late-item', result: 2, item: 1, reason: '' });
    history.isRefused('unknown-item', user, { type: 'dismiss-late-item', result: 2, item: 2, reason: 'No' });
    history.does(user, { type: 'dismiss-late-item', result: 2, item: 1, reason: 'It does' });
    for (const late of [2, 4]) history.does(orchestrator, { type: 'note-late-result', result: late });
    assert.deepEqual(history.state.late, []);
  });
});
