import assert from 'node:assert/strict';
import { gateReasons } from '../../../src/core/gate.ts';
import { earlierItems } from '../../../src/core/order.ts';
import { stepState } from '../../../src/core/steps.ts';
import { at } from '../../../src/core/table.ts';
import { judged, nothing, packet } from './drafts.ts';
import { dispatched, finished, planned, resulted, twoSteps } from './given.ts';
import { orchestrator, user, worker, type History } from './history.ts';

/** Step 1 done but for one open item, TODO 2. */
function oneOpenItem(): History {
  const history = twoSteps();
  finished(history, nothing({ stillOpen: ['README.md does not name the sluice'] }));
  return history;
}

const item = packet('Name the sluice in README.md', { scope: ['README.md'] });

describe('the gate', () => {
  it('T5: the first step is released on an empty list, and turns into TODOs', () => {
    const history = planned('Add the first sluice', 'Add the second sluice');
    assert.deepEqual(history.state.list, []);
    history.does(orchestrator, { type: 'release' });
    assert.deepEqual(history.state.list, [1, 2]);
  });

  it('T5: with a TODO waiting, live, in review or unreconciled, the next step is refused by name', () => {
    const history = twoSteps();
    assert.match(
      history.isRefused('gate-shut', orchestrator, { type: 'release' }).sentence,
      /TODO 1 .*not done/,
    );
    const task = dispatched(history);
    assert.match(history.isRefused('gate-shut', orchestrator, { type: 'release' }).sentence, /live with web/);
    const draft = nothing({ stillOpen: ['README.md does not name the sluice'] });
    const { result } = history.does(worker(1), { type: 'submit', ...task, packet: draft });
    assert.match(history.isRefused('gate-shut', orchestrator, { type: 'release' }).sentence, /in review/);
    history.does(orchestrator, { type: 'approve', result, judged });
    const refusal = history.isRefused('gate-shut', user, { type: 'release' });
    assert.match(refusal.sentence, /not reconciled/);
    assert.match(refusal.next, /Reconcile TODO 2/);
  });

  it('T5: the gate opens when the open item is done, and the way out it names works', () => {
    const history = oneOpenItem();
    history.does(orchestrator, { type: 'reconcile', todo: 2, packet: item, role: 'docs' });
    history.isRefused('gate-shut', orchestrator, { type: 'release' });
    finished(history, nothing(), 2);
    assert.deepEqual(gateReasons(history.state), []);
    history.does(orchestrator, { type: 'release' });
    assert.equal(at(history.state.steps, 2)?.releasedAt !== undefined, true);
  });

  it('T5: an override names each item and a reason, and only the user gives it', () => {
    const history = oneOpenItem();
    const override = { todos: [2], results: [], questions: [], reason: 'README follows next week' };
    history.isRefused('user-only', orchestrator, { type: 'release', override });
    history.isRefused('override-incomplete', user, { type: 'release', override: { ...override, todos: [] } });
    history.isRefused('override-names-nothing', user, {
      type: 'release',
      override: { ...override, todos: [2, 1] },
    });
    history.isRefused('override-no-reason', user, {
      type: 'release',
      override: { ...override, reason: ' ' },
    });
    history.does(user, { type: 'release', override });
    assert.equal(at(history.state.todos, 2)?.deferred?.reason, 'README follows next week');
  });

  it('T5: an override is spent in the transaction of its release and covers nothing later', () => {
    const history = oneOpenItem();
    const override = { todos: [2], results: [], questions: [], reason: 'later' };
    const decision = history.ask(user, { type: 'release', override });
    assert.deepEqual(
      decision.events.map(({ type }) => type),
      ['step-released', 'todo-added'],
    );
    history.does(orchestrator, {
      type: 'add-step',
      title: 'Third',
      role: 'code',
      tasks: [packet('Third thing here')],
    });
    history.isRefused('override-incomplete', user, { type: 'release', override });
    finished(history, nothing(), 2);
    assert.match(history.isRefused('gate-shut', user, { type: 'release' }).sentence, /TODO 2/);
    history.isRefused('not-closable', user, { type: 'close' });
  });

  it('T5: an override past a live TODO withdraws it, and its question becomes moot', () => {
    const history = twoSteps();
    const task = dispatched(history);
    history.does(worker(1), {
      type: 'ask',
      ...task,
      packet: {
        question: 'Which one?',
        context: 'Two fit',
        files: [],
        options: ['a', 'b'],
        recommended: 'a',
        blocking: true,
      },
    });
    history.does(user, {
      type: 'release',
      override: { todos: [1], results: [], questions: [], reason: 'stop' },
    });
    assert.deepEqual(history.state.live, []);
    assert.equal(at(history.state.questions, 1)?.state, 'moot');
    assert.equal(at(history.state.dispatches, 1)?.over, 'withdrawn');
  });

  it('T5: an override past a result in review names the result too, which is withdrawn', () => {
    const history = twoSteps();
    const result = resulted(history, nothing());
    const override = { todos: [1], results: [] as number[], questions: [], reason: 'stop' };
    history.isRefused('override-incomplete', user, { type: 'release', override });
    history.does(user, { type: 'release', override: { ...override, results: [result] } });
    assert.equal(at(history.state.results, result)?.state, 'withdrawn');
  });

  it('T5: an open item of a late result shuts the gate until it is added or dismissed', () => {
    const history = twoSteps();
    const task = dispatched(history);
    history.does(user, { type: 'withdraw', dispatch: task.dispatch, reason: 'Gone' });
    finished(history);
    const draft = nothing({ stillOpen: ['README.md does not name the sluice'] });
    const { result } = history.does(worker(1), { type: 'submit', ...task, packet: draft });
    assert.match(history.isRefused('gate-shut', user, { type: 'release' }).next, /Add item 1 of result 2/);
    history.does(user, { type: 'dismiss-late-item', result, item: 1, reason: 'It does by now' });
    history.does(orchestrator, { type: 'release' });
  });

  it('T5: an open item is dropped by the user alone, planned work by either', () => {
    const history = oneOpenItem();
    history.does(user, { type: 'add-todo', packet: packet('Add a rail'), role: 'code' });
    const drop = (todo: number) => ({ type: 'drop-todo', todo, reason: 'Not wanted' }) as const;
    history.isRefused('user-only', orchestrator, drop(2));
    history.does(orchestrator, drop(3));
    history.isRefused('gate-shut', orchestrator, { type: 'release' });
    history.does(user, drop(2));
    history.does(orchestrator, { type: 'release' });
  });

  it('T5: a deferred item can be dispatched by choice, outside the order', () => {
    const history = oneOpenItem();
    history.does(orchestrator, { type: 'reconcile', todo: 2, packet: item, role: 'docs' });
    history.does(user, {
      type: 'release',
      override: { todos: [2], results: [], questions: [], reason: 'later' },
    });
    history.does(orchestrator, { type: 'dispatch', worker: 2, todo: 2 });
    assert.equal(at(history.state.todos, 2)?.state, 'live');
  });

  it('T5: a non-blocking question alone does not shut the gate', () => {
    const history = twoSteps();
    const task = dispatched(history);
    history.does(worker(1), {
      type: 'ask',
      ...task,
      packet: {
        question: 'Which name?',
        context: 'Two fit',
        files: [],
        options: ['a', 'b'],
        recommended: 'a',
        blocking: 'no',
      },
    });
    const { result } = history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    history.does(orchestrator, { type: 'approve', result, judged });
    history.does(orchestrator, { type: 'release' });
    assert.deepEqual(history.state.asked, [1]);
  });

  it('T5: 10,000 open items keep it as shut as one does', () => {
    const history = twoSteps();
    const { dispatch } = dispatched(history);
    for (let epoch = 1; epoch <= 50; epoch += 1) {
      const stillOpen = Array.from({ length: 200 }, (_, index) => `Item ${epoch}.${index} is open`);
      const earlier = earlierItems(history.state, dispatch).map(({ n: todo }) => ({ todo, closed: false }));
      const draft = nothing({ stillOpen, earlierItems: earlier });
      const { result } = history.does(worker(1), { type: 'submit', dispatch, epoch, packet: draft });
      history.does(user, { type: 'reject', result, reason: 'Open', missing: 'all of it', next: 'Go on' });
    }
    assert.equal(history.state.list.length, 10_001);
    assert.equal(gateReasons(history.state).length, 10_001);
    history.isRefused('gate-shut', user, { type: 'release' });
  });

  it('T7: release is refused while a result says the plan is affected, until somebody says it stands', () => {
    const history = twoSteps();
    const result = finished(history, nothing({ planAffected: 'yes: the second step needs another tool' }));
    history.isRefused('gate-shut', orchestrator, { type: 'release' });
    history.isRefused('gate-shut', user, {
      type: 'release',
      override: { todos: [], results: [result], questions: [], reason: 'go' },
    });
    history.isRefused('no-reason', orchestrator, { type: 'plan-stands', result, reason: '' });
    history.does(orchestrator, { type: 'plan-stands', result, reason: 'The tool is there already' });
    history.does(orchestrator, { type: 'release' });
  });

  it('T7: a step is no work until it is released, and only the next one is', () => {
    const history = twoSteps();
    history.isRefused('not-next', orchestrator, { type: 'dispatch', worker: 2, todo: 2 });
    finished(history);
    history.does(orchestrator, {
      type: 'add-step',
      title: 'Third',
      role: 'code',
      tasks: [packet('Third thing here')],
    });
    history.isRefused('not-next-step', user, { type: 'release', step: 3 });
    history.isRefused('nothing-next', orchestrator, { type: 'dispatch', worker: 2 });
  });

  it('T9: a step is complete only when its items are resolved too', () => {
    const history = oneOpenItem();
    assert.equal(stepState(history.state, 1), 'released');
    history.does(orchestrator, { type: 'reconcile', todo: 2, packet: item, role: 'docs' });
    finished(history, nothing(), 2);
    assert.equal(stepState(history.state, 1), 'complete');
    assert.equal(stepState(history.state, 2), 'planned');
  });

  it('T9: a step is not complete while a late result of it left something open', () => {
    const history = twoSteps();
    const task = dispatched(history);
    history.does(user, { type: 'withdraw', dispatch: task.dispatch, reason: 'Gone' });
    finished(history);
    assert.equal(stepState(history.state, 1), 'complete');
    const draft = nothing({ stillOpen: ['README.md does not name the sluice'] });
    const { result } = history.does(worker(1), { type: 'submit', ...task, packet: draft });
    assert.equal(stepState(history.state, 1), 'released');
    history.does(user, { type: 'dismiss-late-item', result, item: 1, reason: 'It does by now' });
    assert.equal(stepState(history.state, 1), 'complete');
  });

  it('T9: complete by override is a state of its own', () => {
    const history = oneOpenItem();
    history.does(user, {
      type: 'release',
      override: { todos: [2], results: [], questions: [], reason: 'later' },
    });
    assert.equal(stepState(history.state, 1), 'complete by override');
  });

  it('T9: a step whose TODOs were all dropped is dropped', () => {
    const history = twoSteps();
    history.does(orchestrator, { type: 'drop-todo', todo: 1, reason: 'Not wanted any more' });
    assert.equal(stepState(history.state, 1), 'dropped');
  });
});
