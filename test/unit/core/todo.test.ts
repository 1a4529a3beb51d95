import assert from 'node:assert/strict';
import { todoTree } from '../../../src/core/views/todoTree.ts';
import { addWorker, item, judged, nothing, packet, two } from './drafts.ts';
import { finished, leftOpen, openItems, reconcile, released, twoSteps } from './given.ts';
import { History, orchestrator, todoAt, user, worker } from './history.ts';

describe('the TODO list', () => {
  it('T3: only the orchestrator changes it; a worker’s try is refused, named and recorded', () => {
    const history = released(...two);
    const tries = [
      { type: 'add-todo', packet: packet('Add a rail'), role: 'code' },
      { type: 'edit-todo', todo: 1, packet: {}, role: 'code' },
      { type: 'move-todo', todo: 1, reason: 'Later' },
      { type: 'drop-todo', todo: 1, reason: 'No' },
      { type: 'merge-todo', todo: 1, into: 2, reason: 'One' },
      { type: 'split-todo', todo: 1, parts: [] },
      { type: 'reconcile', todo: 1, packet: {}, role: 'code' },
      { type: 'dispatch', worker: 1 },
      { type: 'approve', result: 1, judged },
      { type: 'release' },
    ] as const;
    for (const act of tries) {
      const { next } = history.isRefused('not-a-workers', worker(1), act);
      assert.match(next, /still open in your result/);
      assert.deepEqual(history.last('try-refused'), {
        type: 'try-refused',
        act: act.type,
        code: 'not-a-workers',
      });
      assert.equal(history.recorded.at(-1)?.actor, 'worker:1');
    }
    assert.deepEqual(history.state.list, [1, 2]);
  });

  it('T3: nothing is on it before a start, and nothing is done without one', () => {
    const history = new History();
    history.isRefused('no-orchestration', user, {
      type: 'add-todo',
      packet: packet('Add a rail'),
      role: 'code',
    });
    history.isRefused('no-orchestration', user, { type: 'add-step', title: 'A', role: 'b', tasks: [] });
    history.isRefused('no-orchestration', user, { type: 'dispatch', worker: 1 });
    history.isRefused('no-orchestration', user, { type: 'drop-todo', todo: 1, reason: 'No' });
    history.isRefused('no-orchestration', user, { type: 'close' });
    history.does(user, { type: 'start', objective: 'A gate', constraints: [' ', 'Node 20 '] });
    assert.deepEqual(history.state.orchestration?.constraints, ['Node 20']);
    history.isRefused('orchestration-open', user, { type: 'start', objective: 'Another', constraints: [] });
  });

  it('T3: what is done, dropped, merged or split has left it, and is changed no more', () => {
    const history = released(...two, 'Add the third sluice', 'Add the fourth sluice');
    finished(history);
    history.does(user, { type: 'drop-todo', todo: 2, reason: 'No' });
    history.does(user, { type: 'merge-todo', todo: 3, into: 4, reason: 'One' });
    assert.deepEqual(history.state.list, [4]);
    const doneWhen = [...(todoAt(history, 4).packet?.doneWhen ?? [])];
    const parts = [packet('Add the frames', { doneWhen }), packet('Add the wheels')];
    history.does(user, { type: 'split-todo', todo: 4, parts });
    assert.deepEqual(history.state.list, [5, 6]);
    for (const todo of [1, 2, 3, 4]) {
      const acts = [
        { type: 'edit-todo', todo, packet: {}, role: '' },
        { type: 'move-todo', todo, reason: 'Again' },
        { type: 'drop-todo', todo, reason: 'Again' },
        { type: 'merge-todo', todo: 5, into: todo, reason: 'Again' },
      ] as const;
      for (const act of acts) history.isRefused('unknown-todo', user, act);
    }
  });

  it('P4: a TODO without all six fields goes back with each, and a role is needed', () => {
    const history = released(...two);
    const add = { type: 'add-todo', role: 'code' } as const;
    const { flaws } = history.isRefused('packet-flawed', user, {
      ...add,
      packet: { task: 'Improve things' },
    });
    const fields = new Set(flaws?.map(({ field }) => field));
    for (const field of ['TASK', 'SCOPE', 'NOT-YOUR-JOB', 'DONE-WHEN', 'VERIFY', 'PRIORITY'])
      assert.ok(fields.has(field));
    history.isRefused('todo-roleless', user, { ...add, role: ' ', packet: packet('Add a rail') });
  });

  it('T6: a TASK with two purposes is refused with the split offered, wherever it is written', () => {
    const history = openItems(item);
    const double = packet('Add a rail to the bridge. Translate the settings page into French.');
    const no = (act: Parameters<History['ask']>[1]) => history.isRefused('two-purposes', user, act);
    assert.match(
      no({ type: 'add-todo', role: 'code', packet: double }).next,
      /\(1\) .*rail.* \(2\) .*French/,
    );
    no({ type: 'edit-todo', role: 'code', todo: 2, packet: double });
    no({ type: 'split-todo', todo: 2, parts: [double, packet('Add a ladder')] });
    no({ type: 'add-step', title: 'More', role: 'code', tasks: [double] });
  });

  it('T4: an edit keeps the worker’s words and leaves the item open; empty fields stay as they were', () => {
    const history = openItems(item);
    history.does(orchestrator, { type: 'edit-todo', todo: 3, packet: { priority: 'high' }, role: '' });
    const todo = todoAt(history, 3);
    assert.deepEqual([todo.packet?.priority, todo.role, todo.sources[0]?.words], ['high', 'code', item]);
    assert.match(todo.packet?.task ?? '', /open point number 3/);
    assert.deepEqual(
      todoTree(history.state).openItems.map(({ n }) => n),
      [3],
    );
  });

  it('T4: reconcile gives packet, role, worker and place; a worker that is not there is named', () => {
    const history = leftOpen(item, 'The sensor is not read');
    const act = {
      type: 'reconcile',
      todo: 4,
      packet: packet('Read the sensor'),
      role: 'docs',
      worker: 2,
    } as const;
    history.isRefused('unknown-worker', orchestrator, { ...act, worker: 9 });
    history.isRefused('unknown-place', orchestrator, { ...act, before: 4 });
    history.isRefused('unknown-place', orchestrator, { ...act, before: 99 });
    history.isRefused('packet-flawed', orchestrator, { ...act, packet: {} });
    history.does(orchestrator, { ...act, before: 3 });
    assert.deepEqual(history.state.list, [4, 3, 2]);
    const { role, worker: suggested } = todoAt(history, 4);
    assert.deepEqual([role, suggested], ['docs', 2]);
    history.isRefused('unknown-worker', orchestrator, {
      type: 'edit-todo',
      todo: 4,
      packet: {},
      role: '',
      worker: 9,
    });
    history.does(user, addWorker('third', 'docs'));
    history.does(user, { type: 'remove-worker', worker: 3, reason: 'Left' });
    history.isRefused('unknown-worker', orchestrator, {
      type: 'edit-todo',
      todo: 4,
      packet: {},
      role: '',
      worker: 3,
    });
  });

  it('T6: a move is recorded with its reason, to a place that exists', () => {
    const history = released(...two, 'Add the third sluice');
    const move = { type: 'move-todo', todo: 3, reason: 'It is smaller' } as const;
    history.isRefused('no-reason', user, { ...move, before: 1, reason: '' });
    history.isRefused('unknown-place', user, { ...move, before: 3 });
    history.isRefused('unknown-place', user, { ...move, before: 9 });
    history.isRefused('unknown-todo', user, { ...move, todo: 9 });
    history.does(orchestrator, { ...move, before: 1 });
    assert.deepEqual(history.state.list, [3, 1, 2]);
    assert.equal(history.last('todo-moved').reason, 'It is smaller');
    history.does(orchestrator, { ...move, before: undefined });
    assert.deepEqual(history.state.list, [1, 2, 3]);
  });

  it('T7: what comes up belongs to the step under way', () => {
    const history = twoSteps();
    history.does(user, { type: 'add-todo', packet: packet('Add a rail'), role: 'code' });
    assert.deepEqual([todoAt(history, 2).step, todoAt(history, 2).origin], [1, { kind: 'user' }]);
    finished(history, nothing({ stillOpen: [item] }));
    assert.deepEqual([todoAt(history, 3).step, history.state.list], [1, [3, 2]]);
    reconcile(history, 3);
  });
});
