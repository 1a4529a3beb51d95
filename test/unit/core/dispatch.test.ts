import assert from 'node:assert/strict';
import { isRefused } from '../../../src/core/decision.ts';
import { at } from '../../../src/core/table.ts';
import { addWorker, answer, asked, dispatch, judged, item, nothing, packet, tooThin, two } from './drafts.ts';
import { judgedAll } from './judging.ts';
import { dispatched, finished, openItems, planned, released, resulted, twoSteps } from './given.ts';
import { orchestrator, todoAt, user, worker } from './history.ts';

const three = [...two, 'Add the third sluice'] as const;
const keeper = { seat: 'keeper' } as const;
const evidence = [1, 2].map((todo) => ({ todo, doneWhen: 1, shows: 'npm test: 12 passing' }));
const purpose = 'Add the first two sluices';

describe('dispatch', () => {
  it('T6: only the next TODO, to exactly one worker, with its packet as it stands', () => {
    const history = released(...two);
    assert.match(
      history.isRefused('not-next', orchestrator, { ...dispatch, todo: 2 }).next,
      /Dispatch TODO 1/,
    );
    history.does(orchestrator, { ...dispatch, todo: 1 });
    const sent = history.last('dispatched');
    assert.deepEqual([sent.worker, sent.todos, sent.packet], [1, [1], todoAt(history, 1).packet]);
    assert.deepEqual(history.state.live, [1]);
    assert.equal(history.state.orchestration?.firstDispatchAt !== undefined, true);
  });

  it('T6: while one is live the next is refused, not queued, and the way out is named', () => {
    const history = released(...two);
    dispatched(history);
    const { next } = history.isRefused('something-live', user, { ...dispatch, todo: 2 });
    assert.match(next, /withdraw dispatch 1/);
    history.does(orchestrator, { type: 'withdraw', dispatch: 1, reason: 'Later' });
    history.does(orchestrator, { type: 'move-todo', todo: 2, before: 1, reason: 'First' });
    history.does(orchestrator, dispatch);
    assert.deepEqual(history.last('dispatched').todos, [2]);
  });

  it('T6: a worker that is not there or has another role is refused; a new one, or another role, is the way', () => {
    const history = released(...two);
    history.isRefused('unknown-worker', orchestrator, { ...dispatch, worker: 9 });
    history.isRefused('role-mismatch', orchestrator, { ...dispatch, worker: 2 });
    history.does(orchestrator, { type: 'edit-todo', todo: 1, packet: {}, role: 'Docs' });
    history.does(orchestrator, { ...dispatch, worker: 2 });
  });

  it('T6: with nothing to send it says so, and what to do', () => {
    const history = planned(...two);
    assert.match(history.isRefused('nothing-next', orchestrator, dispatch).next, /Release the next step/);
  });

  it('P3: silence, coming back and ending are noted once, and not while the verdict is awaited', () => {
    const history = released(...two);
    const task = dispatched(history);
    const silent = { type: 'note-silent', dispatch: 1, lastContact: 5 } as const;
    const count = (act: Parameters<typeof history.ask>[1]): number => history.ask(keeper, act).events.length;
    assert.deepEqual([count(silent), count(silent)], [1, 0]);
    assert.deepEqual(
      [count({ type: 'note-back', dispatch: 1 }), count({ type: 'note-back', dispatch: 1 })],
      [1, 0],
    );
    const ended = { type: 'note-ended', ...task, exitCode: 1 } as const;
    assert.equal(count({ ...ended, epoch: 2 }), 0, 'another epoch');
    assert.deepEqual([count(ended), count(ended)], [1, 0]);
    history.does(orchestrator, { type: 'relaunch', dispatch: 1 });
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    assert.deepEqual([count(silent), count(ended), count({ ...silent, dispatch: 9 })], [0, 0, 0]);
  });

  it('T6: withdraw and relaunch take only what is live', () => {
    const history = released(...two);
    history.isRefused('not-live', user, { type: 'withdraw', dispatch: 1, reason: 'No' });
    history.isRefused('not-live', user, { type: 'relaunch', dispatch: 1 });
    finished(history);
    history.isRefused('not-live', user, { type: 'withdraw', dispatch: 1, reason: 'No' });
    dispatched(history);
    history.isRefused('no-reason', user, { type: 'withdraw', dispatch: 2, reason: '' });
  });

  it('T6: after a withdrawal the old task is over for its worker, whatever it calls', () => {
    const history = released(...two);
    const task = dispatched(history);
    history.isRefused('unknown-task', worker(2), { type: 'progress', ...task, text: 'Mine?' });
    history.isRefused('unknown-task', worker(1), { type: 'progress', ...task, epoch: 2, text: 'Ahead' });
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'No' });
    history.isRefused('task-over', worker(1), { type: 'acknowledge', ...task });
    history.isRefused('task-over', worker(1), { type: 'progress', ...task, text: 'On it' });
    history.isRefused('task-over', worker(1), { type: 'ask', ...task, packet: asked });
  });

  it('P3: the first act on a task acknowledges it, once for each epoch', () => {
    const history = released(...two);
    history.does(orchestrator, dispatch);
    const types = (act: Parameters<typeof history.ask>[1]) =>
      history.ask(worker(1), act).events.map(({ type }) => type);
    assert.deepEqual(types({ type: 'progress', dispatch: 1, epoch: 1, text: 'Begun' }), [
      'acknowledged',
      'progressed',
    ]);
    assert.deepEqual(types({ type: 'acknowledge', dispatch: 1, epoch: 1 }), []);
    const { result } = history.does(worker(1), { type: 'submit', dispatch: 1, epoch: 1, packet: nothing() });
    history.does(user, { type: 'reject', result, ...tooThin });
    assert.match(
      history.isRefused('task-over', worker(1), { type: 'acknowledge', dispatch: 1, epoch: 1 }).sentence,
      /1\.2/,
    );
    assert.deepEqual(types({ type: 'acknowledge', dispatch: 1, epoch: 2 }), ['acknowledged']);
  });
});

describe('a bundle', () => {
  it('T6: is consecutive TODOs from the head, one worker, one purpose, one verdict', () => {
    const history = released(...three);
    const no = (code: string, bundle: object) =>
      history.isRefused(code, orchestrator, { ...dispatch, bundle });
    assert.match(no('bundle-not-head', { todos: [2, 3], purpose }).next, /Bundle 1, 2/);
    no('bundle-not-head', { todos: [1, 3], purpose });
    no('bundle-not-head', { todos: [2, 1], purpose });
    no('bundle-not-head', { todos: [1, 1], purpose });
    no('bundle-purpose', { todos: [1, 2], purpose: ' ' });
    no('bundle-purpose', {
      todos: [1, 2],
      purpose: 'Add a rail to the bridge. Translate the page into French.',
    });
    no('packet-flawed', { todos: [1, 2], purpose: 'Improve things' });
    history.does(orchestrator, { ...dispatch, bundle: { todos: [1, 2], purpose } });
    const sent = history.last('dispatched');
    assert.deepEqual([sent.todos, sent.purpose, sent.packet.task], [[1, 2], purpose, purpose]);
    assert.match(sent.packet.doneWhen.join('\n'), /^TODO 1: .*\nTODO 2: /);
    const bundle = [1, 2].map((todo) => ({ todo, state: 'done' }));
    const draft = nothing({ evidence, bundle: bundle as { todo: number; state: 'done' }[] });
    const { result } = history.does(worker(1), { type: 'submit', dispatch: 1, epoch: 1, packet: draft });
    history.does(orchestrator, { type: 'approve', result, judged: judgedAll(history.state, result ?? 0) });
    assert.deepEqual(history.state.list, [3]);
  });

  it('T6: needs one worker for all its TODOs', () => {
    const history = released(...three);
    history.does(orchestrator, { type: 'edit-todo', todo: 2, packet: {}, role: 'docs' });
    history.isRefused('role-mismatch', orchestrator, { ...dispatch, bundle: { todos: [1, 2], purpose } });
  });

  it('T6: one that is more than a packet holds is refused before it is sent', () => {
    const history = planned(...two);
    const doneWhen = (part: number) =>
      Array.from({ length: 120 }, (_, n) => `\`npm test\` prints "${part}.${n}"`);
    const tasks = [1, 2].map((part) => packet(`Add the long part ${part}`, { doneWhen: doneWhen(part) }));
    history.does(user, { type: 'add-step', title: 'Long', role: 'code', tasks });
    history.does(user, { type: 'release' });
    for (const _ of two) finished(history);
    history.does(user, { type: 'release' });
    history.isRefused('bundle-too-long', user, {
      ...dispatch,
      bundle: { todos: [3, 4], purpose: 'Add the long parts' },
    });
    history.isRefused('merge-too-long', user, { type: 'merge-todo', todo: 4, into: 3, reason: 'One' });
    assert.equal(isRefused(history.ask(user, dispatch)), false);
  });

  it('T4: an item of a bundle says of which TODO its DONE-WHEN is, and fails the objective of that one alone', () => {
    const history = released(...two);
    history.does(user, { ...dispatch, bundle: { todos: [1, 2], purpose } });
    const submit = (item: object) => ({
      type: 'submit' as const,
      dispatch: 1,
      epoch: 1,
      packet: nothing({
        evidence,
        stillOpen: [{ words: 'It leaks', ...item }],
        bundle: [
          { todo: 1, state: 'done' },
          { todo: 2, state: 'done' },
        ],
      }),
    });
    const { flaws } = history.isRefused('result-incomplete', worker(1), submit({ doneWhen: 1 }));
    assert.match(flaws?.[0]?.why ?? '', /of which TODO \(1, 2\)/);
    history.isRefused('result-incomplete', worker(1), submit({ todo: 3 }));
    history.isRefused('result-incomplete', worker(1), submit({ todo: 2, doneWhen: 2 }));
    const { result } = history.does(worker(1), submit({ todo: 2, doneWhen: 1 }));
    const { sentence } = history.isRefused('objective-unmet', user, { type: 'approve', result, judged });
    assert.match(sentence, /DONE-WHEN 1 of TODO 2/);
  });
});

describe('the context of a dispatch', () => {
  it('T6: holds objective, constraints, step, results and answers, so that nobody can leave them out', () => {
    const history = twoSteps(...two);
    const task = dispatched(history);
    history.does(worker(1), { type: 'ask', ...task, packet: asked });
    history.does(user, { type: 'answer', question: 1, answer });
    const { result } = history.does(worker(1), {
      type: 'submit',
      ...task,
      packet: nothing({ summary: 'It is in sluice.js.' }),
    });
    history.does(user, { type: 'approve', result, judged });
    history.does(orchestrator, dispatch);
    const { context } = history.last('dispatched');
    for (const words of [
      'A gate that closes',
      'Node 20',
      'STEP: Build',
      'TODO 1: It is in sluice.js.',
      'gate (constraints: none)',
    ]) {
      assert.ok(context.includes(words), `${words} in\n${context}`);
    }
  });

  it('T4: holds the worker’s own words of an item, and the task of what was merged into it', () => {
    const history = openItems(item);
    history.does(user, { type: 'merge-todo', todo: 2, into: 3, reason: 'One' });
    history.does(orchestrator, dispatch);
    const { context } = history.last('dispatched');
    assert.match(context, /README.md does not name the sluice \(web, result 1\)/);
    assert.match(context, /MERGED INTO TODO 3:\n- Add the other sluice/);
  });

  it('T6: parts of a split TODO, and what took a TODO in, carry its earlier tries', () => {
    const history = released(...two);
    const result = resulted(history, nothing());
    history.does(user, {
      type: 'reject',
      result,
      reason: 'Too thin by far',
      missing: 'the run',
      next: 'Run it',
    });
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Gone' });
    const whole = todoAt(history, 1).packet?.doneWhen ?? [];
    const parts = [packet('Add its frame', { doneWhen: [...whole] }), packet('Add its wheel')];
    history.does(user, { type: 'split-todo', todo: 1, parts });
    history.does(user, { type: 'merge-todo', todo: 4, into: 2, reason: 'One' });
    history.does(user, { type: 'drop-todo', todo: 3, reason: 'No' });
    history.does(orchestrator, dispatch);
    assert.deepEqual(history.last('dispatched').todos, [2]);
    history.does(user, { type: 'withdraw', dispatch: 2, reason: 'Again' });
    assert.match(history.last('dispatched').context, /Too thin by far/);
  });

  it('T6: is of this orchestration, not of the one before', () => {
    const history = released('Add the first sluice');
    finished(history, nothing({ summary: 'It is in sluice.js.' }));
    history.does(user, { type: 'close' });
    history.does(user, { type: 'start', objective: 'Another', constraints: [] });
    history.does(user, { type: 'add-step', title: 'Next', role: 'code', tasks: [packet('Add a ladder')] });
    history.does(user, { type: 'release' });
    history.does(user, addWorker('third', 'code'));
    history.does(orchestrator, { ...dispatch, worker: 3 });
    assert.doesNotMatch(history.last('dispatched').context, /sluice/);
    assert.equal(at(history.state.dispatches, 2)?.epoch, 1);
  });
});
