import assert from 'node:assert/strict';
import { closingReasons, pendingNames } from '../../../src/core/closing.ts';
import { stepState } from '../../../src/core/steps.ts';
import { at } from '../../../src/core/table.ts';
import { answer, asked, judged, nothing, override, packet } from './drafts.ts';
import { dispatched, finished, planned, released, twoSteps } from './given.ts';
import { History, orchestrator, todoAt, user, worker } from './history.ts';

describe('closing', () => {
  it('P11: refused while a TODO, live work, a result, a late one or a question stands, each by name', () => {
    const history = twoSteps();
    const no = (pattern: RegExp): void =>
      assert.match(history.isRefused('not-closable', orchestrator, { type: 'close' }).sentence, pattern);
    no(/TODO 1 .*not done/);
    const task = dispatched(history);
    no(/TODO 1 .*live with web/);
    history.does(worker(1), { type: 'ask', ...task, packet: { ...asked, blocking: 'no' } });
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    no(/in review: result 1.* And 1 more/);
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Gone' });
    finished(history);
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    no(/Late result 3 was not looked at/);
    history.does(orchestrator, { type: 'note-late-result', result: 3 });
    history.does(orchestrator, { type: 'close' });
    assert.deepEqual(history.last('orchestration-closed'), {
      type: 'orchestration-closed',
      pending: [],
      unreleased: [2],
    });
  });

  it('P11: a question that does not block keeps it open until it is answered', () => {
    const history = released('Add the first sluice');
    const task = dispatched(history);
    history.does(worker(1), { type: 'ask', ...task, packet: { ...asked, blocking: 'no' } });
    const { result } = history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    history.does(user, { type: 'approve', result, judged });
    assert.match(history.isRefused('not-closable', user, { type: 'close' }).next, /Answer question 1/);
    history.does(user, { type: 'answer', question: 1, answer });
    history.does(user, { type: 'close' });
  });

  it('P11: the user’s override names each, withdraws what is live and lists all as pending', () => {
    const history = twoSteps();
    const task = dispatched(history);
    history.does(worker(1), { type: 'ask', ...task, packet: asked });
    const named = override([1], { questions: [1] });
    history.isRefused('override-incomplete', user, { type: 'close', override: override([1]) });
    history.isRefused('override-names-nothing', user, {
      type: 'close',
      override: override([1], { questions: [1], results: [1] }),
    });
    history.isRefused('user-only', orchestrator, { type: 'close', override: named });
    history.does(user, { type: 'close', override: named });
    assert.deepEqual([history.state.live, history.state.list, history.state.asked], [[], [], []]);
    assert.equal(at(history.state.questions, 1)?.state, 'moot');
    assert.match(pendingNames(history.state)[0] ?? '', /TODO 1 .*: It can wait/);
    history.isRefused('task-over', worker(1), { type: 'progress', ...task, text: 'On it' });
  });

  it('P11: with nothing standing an override has nothing to name', () => {
    const history = planned('Add the first sluice');
    history.isRefused('override-needless', user, { type: 'close', override: override([]) });
    history.does(user, { type: 'close' });
    history.isRefused('no-orchestration', user, { type: 'close' });
  });

  it('P11: pending TODOs enter the next orchestration before any step can be released, and count there', () => {
    const history = twoSteps();
    history.does(user, { type: 'release', override: override([1]) });
    history.does(user, { type: 'close', override: override([1, 2]) });
    history.does(user, { type: 'start', objective: 'The rest', constraints: [] });
    assert.deepEqual([history.state.list, history.state.pending], [[1, 2], []]);
    assert.equal(todoAt(history, 1).deferred, undefined);
    history.does(user, { type: 'add-step', title: 'More', role: 'code', tasks: [packet('Add a ladder')] });
    history.isRefused('gate-shut', user, { type: 'release' });
    finished(history);
    finished(history, nothing(), 2);
    history.does(orchestrator, { type: 'release' });
    assert.equal(stepState(history.state, 3), 'released');
  });

  it('T4: a late result that comes after closing stands before the next gate', () => {
    const history = released('Add the first sluice');
    const task = dispatched(history);
    history.does(user, { type: 'close', override: override([1]) });
    const late = {
      type: 'submit',
      ...task,
      packet: nothing({ stillOpen: ['The sensor is not read'] }),
    } as const;
    const { result } = history.does(worker(1), late);
    history.isRefused('no-orchestration', user, { type: 'add-late-item', result, item: 1 });
    history.does(user, { type: 'start', objective: 'The rest', constraints: [] });
    history.does(user, { type: 'drop-todo', todo: 1, reason: 'No' });
    assert.deepEqual(
      closingReasons(history.state).map(({ code }) => code),
      ['late-item'],
    );
    history.does(orchestrator, { type: 'add-late-item', result, item: 1 });
    assert.deepEqual(history.state.list, [2]);
  });
});

describe('starting', () => {
  it('P3: plan-first waits with its first release for a second step; orchestrator-first does not', () => {
    const history = new History();
    history.does(user, { type: 'start', objective: 'A gate', constraints: [], mode: 'plan-first' });
    const step = { type: 'add-step', title: 'Build', role: 'code', tasks: [packet('Add a ladder')] } as const;
    history.does(user, step);
    assert.match(history.isRefused('plan-thin', user, { type: 'release' }).next, /Add the next step/);
    history.does(user, { ...step, tasks: [packet('Add a rail')] });
    history.does(user, { type: 'release' });
  });

  it('P3: an objective, a title, a role and a task are asked for by name', () => {
    const history = new History();
    history.isRefused('objective-missing', user, { type: 'start', objective: ' ', constraints: [] });
    history.does(user, { type: 'start', objective: 'A gate', constraints: [] });
    const step = { type: 'add-step', title: 'Build', role: 'code', tasks: [packet('Add a ladder')] } as const;
    history.isRefused('step-untitled', user, { ...step, title: '' });
    history.isRefused('step-roleless', user, { ...step, role: '' });
    history.isRefused('step-empty', user, { ...step, tasks: [] });
    history.isRefused('packet-flawed', user, { ...step, tasks: [{}] });
    history.isRefused('no-step', user, { type: 'release' });
  });
});
