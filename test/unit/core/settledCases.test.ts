import assert from 'node:assert/strict';
import { gateReasons } from '../../../src/core/gate.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { workerRows } from '../../../src/core/views/workerRows.ts';
import { at } from '../../../src/core/table.ts';
import { addWorker, asked, dispatch, judged, item, nothing, override, packet, two, word } from './drafts.ts';
import {
  dispatched,
  finished,
  leftOpen,
  openItems,
  reconcile,
  released,
  resulted,
  twoSteps,
} from './given.ts';
import { orchestrator, todoAt, user, worker } from './history.ts';

const verdict = { reason: 'The run is missing', missing: 'the output of npm test', next: 'Run npm test' };

describe('settled cases', () => {
  it('T6: while a result waits for review nothing behind it is dispatched, and its worker is not idle', () => {
    const history = released(...two);
    const result = resulted(history, nothing());
    history.isRefused('something-live', orchestrator, { ...dispatch, worker: 2 });
    assert.equal(workerRows(history.state).find((row) => row.worker.n === 1)?.standing, 'in review');
    history.does(orchestrator, { type: 'approve', result, judged });
    history.does(orchestrator, dispatch);
  });

  it('P8: a rejection sends the same dispatch back: same worker, epoch one up, no place in the order', () => {
    const history = released(...two);
    const result = resulted(history, nothing());
    history.does(user, { type: 'move-todo', todo: 2, before: 1, reason: 'It is smaller' });
    history.does(orchestrator, { type: 'reject', result, ...verdict });
    const sent = at(history.state.dispatches, 1);
    assert.deepEqual([sent?.worker, sent?.epoch, sent?.over, history.state.live], [1, 2, undefined, [1]]);
    assert.equal(sent?.acknowledgedAt, undefined);
    const { result: again } = history.does(worker(1), {
      type: 'submit',
      dispatch: 1,
      epoch: 2,
      packet: nothing(),
    });
    history.does(orchestrator, { type: 'approve', result: again, judged });
    assert.deepEqual(history.state.list, [2]);
  });

  it('T6: work of a worker who is gone is withdrawn; the next worker’s CONTEXT carries rejection and branch', () => {
    const history = released(...two);
    history.does(user, addWorker('spare', 'code'));
    const result = resulted(history, nothing());
    history.does(orchestrator, { type: 'reject', result, ...verdict });
    history.does({ seat: 'keeper' }, { type: 'note-silent', dispatch: 1, lastContact: 1 });
    history.does(orchestrator, { type: 'withdraw', dispatch: 1, reason: 'Silent for an hour' });
    assert.deepEqual(history.state.list, [1, 2]);
    history.facts = { kept: { 1: 'lockkeeper/web/1' } };
    history.does(orchestrator, { ...dispatch, worker: 3 });
    const { context } = history.last('dispatched');
    for (const words of [
      verdict.reason,
      verdict.missing,
      verdict.next,
      'Silent for an hour',
      'lockkeeper/web/1',
    ]) {
      assert.ok(context.includes(words), words);
    }
  });

  it('T4: items of a rejected result stay; the returned TODO comes first and answers each by number', () => {
    const history = released(...two);
    const result = resulted(history, nothing({ stillOpen: [item, 'The sensor is not read'] }));
    history.does(orchestrator, { type: 'reject', result, ...verdict });
    assert.deepEqual(history.state.list, [1, 3, 4, 2]);
    const earlierItems = [
      { todo: 3, closed: true, evidence: '`grep -c sluice README.md` printed 1' },
      { todo: 4, closed: false },
    ];
    const draft = nothing({ earlierItems });
    const { result: again } = history.does(worker(1), {
      type: 'submit',
      dispatch: 1,
      epoch: 2,
      packet: draft,
    });
    assert.deepEqual(history.state.list, [1, 3, 4, 2]);
    history.does(orchestrator, { type: 'approve', result: again, judged });
    assert.deepEqual(history.state.list, [4, 2]);
    assert.equal(todoAt(history, 3).state, 'approved');
  });

  it('T4: a rejected TODO that went to another worker still comes first and still answers for its items', () => {
    const history = released(...two);
    const result = resulted(history, nothing({ stillOpen: [item] }));
    history.does(orchestrator, { type: 'reject', result, ...verdict });
    history.does(orchestrator, { type: 'withdraw', dispatch: 1, reason: 'Gone' });
    reconcile(history, 3);
    const task = dispatched(history);
    assert.deepEqual(at(history.state.dispatches, task.dispatch)?.todos, [1]);
    history.isRefused('result-incomplete', worker(1), { type: 'submit', ...task, packet: nothing() });
    const packet = nothing({ earlierItems: [{ todo: 3, closed: false }] });
    const { result: next } = history.does(worker(1), { type: 'submit', ...task, packet });
    history.does(orchestrator, { type: 'approve', result: next, judged });
    assert.deepEqual(history.state.list, [3, 2]);
  });

  it('T4: an item said to be closed, but merged into another before the verdict, takes nothing off the list', () => {
    const history = released(...two);
    const result = resulted(history, nothing({ stillOpen: [item] }));
    history.does(orchestrator, { type: 'reject', result, ...verdict });
    const earlierItems = [{ todo: 3, closed: true, evidence: '`grep -c sluice README.md` printed 1' }];
    const again = { type: 'submit', dispatch: 1, epoch: 2, packet: nothing({ earlierItems }) } as const;
    history.does(worker(1), again);
    history.does(orchestrator, { type: 'merge-todo', todo: 3, into: 2, reason: 'One text' });
    history.does(orchestrator, { type: 'approve', result: 2, judged });
    assert.deepEqual([history.state.list, todoAt(history, 3).state], [[2], 'merged']);
  });

  it('T6: of a bundle partly done the done leave on approval, the others stay at the head', () => {
    const history = released(...two, 'Add the third sluice');
    const bundle = { todos: [1, 2], purpose: 'Add the first two sluices' };
    history.does(orchestrator, { ...dispatch, bundle });
    const draft = nothing({
      outcome: 'partial',
      evidence: [{ todo: 1, doneWhen: 1, shows: 'npm test: 12 passing' }],
      stillOpen: [{ words: 'The other sluice leaks', todo: 2 }],
      bundle: [
        { todo: 1, state: 'done' },
        { todo: 2, state: 'open' },
      ],
    });
    const { result } = history.does(worker(1), { type: 'submit', dispatch: 1, epoch: 1, packet: draft });
    history.does(orchestrator, { type: 'approve', result, judged });
    assert.deepEqual(history.state.list, [2, 4, 3]);
    assert.deepEqual([todoAt(history, 1).state, todoAt(history, 2).state], ['approved', 'waiting']);
    reconcile(history, 4);
    const task = dispatched(history);
    assert.deepEqual(at(history.state.dispatches, task.dispatch)?.todos, [2]);
    history.isRefused('result-incomplete', worker(1), { type: 'submit', ...task, packet: nothing() });
  });

  it('T4: a result against its own words goes back, or fails objective alignment', () => {
    const history = released(...two);
    const task = dispatched(history);
    const submit = (more: object) => ({ type: 'submit', ...task, packet: nothing(more) }) as const;
    history.isRefused('result-incomplete', worker(1), submit({ outcome: 'partial' }));
    history.isRefused('result-incomplete', worker(1), submit({ evidence: [] }));
    const stillOpen = [{ words: 'The run does not pass yet', doneWhen: 1 }];
    const { result } = history.does(worker(1), submit({ stillOpen }));
    history.isRefused('objective-unmet', user, { type: 'approve', result, judged });
    reconcile(history, 3, { doneWhen: [...(todoAt(history, 1).packet?.doneWhen ?? [])] });
    history.does(orchestrator, { type: 'approve', result, judged });
    assert.deepEqual(history.state.list, [3, 2]);
  });

  it('T4: a late result changes no TODO; its items stand in the Inbox and before the gate', () => {
    const history = twoSteps(...two);
    const task = dispatched(history);
    history.does(orchestrator, { type: 'withdraw', dispatch: 1, reason: 'Gone' });
    const { list } = history.state;
    const { result } = history.does(worker(1), {
      type: 'submit',
      ...task,
      packet: nothing({ stillOpen: [item] }),
    });
    assert.deepEqual(history.state.list, list);
    assert.deepEqual(
      inbox(history.state).map(({ kind, n }) => [kind, n]),
      [['late', result]],
    );
    assert.ok(gateReasons(history.state).some(({ code }) => code === 'late-item'));
    history.does(orchestrator, { type: 'add-late-item', result, item: 1 });
    assert.deepEqual(history.state.list, [1, 3, 2]);
    history.isRefused('unknown-item', orchestrator, { type: 'add-late-item', result, item: 1 });
    history.does(orchestrator, { type: 'note-late-result', result });
    assert.equal(
      gateReasons(history.state).some(({ code }) => code === 'late-item'),
      false,
    );
  });

  it('T5: a deferred item stands outside the order, and counts again at the next release and at closing', () => {
    const history = twoSteps();
    finished(history, nothing({ stillOpen: [item] }));
    history.does(user, { type: 'release', override: override([2]) });
    finished(history, nothing(), 2);
    history.does(user, { type: 'add-step', title: 'Third', role: 'code', tasks: [packet('Add a ladder')] });
    history.isRefused('gate-shut', orchestrator, { type: 'release' });
    history.isRefused('not-closable', user, { type: 'close' });
    history.does(user, { type: 'release', override: override([2]) });
    finished(history);
    reconcile(history, 2);
    history.does(orchestrator, { ...dispatch, todo: 2 });
  });

  it('T5: duplicate items are two; the orchestrator’s merge names the survivor, which keeps both sources', () => {
    const history = openItems(item, `${item.toUpperCase()}.`);
    assert.deepEqual(history.state.list, [3, 4, 2]);
    history.does(orchestrator, { type: 'merge-todo', todo: 4, into: 3, reason: 'The same thing' });
    assert.deepEqual(
      todoAt(history, 3).sources.map(({ item: n }) => n),
      [1, 2],
    );
    assert.deepEqual(todoAt(history, 3).packet?.doneWhen.length, 2);
    assert.equal(todoAt(history, 4).mergedInto, 3);
    const blank = nothing({ stillOpen: [item, ' '] });
    const task = dispatched(history);
    history.isRefused('result-incomplete', worker(1), { type: 'submit', ...task, packet: blank });
  });

  it('T6: a worker removed in mid-work: withdrawn and revoked in one transaction', () => {
    const history = released(...two);
    dispatched(history);
    const { events } = history.ask(user, { type: 'remove-worker', worker: 1, reason: 'Left' });
    assert.deepEqual(
      events.map(({ type }) => type),
      ['withdrawn', 'worker-removed'],
    );
    assert.deepEqual([history.state.live, at(history.state.workers, 1)?.tokenHash], [[], '']);
    history.isRefused('unknown-worker', orchestrator, dispatch);
  });

  it('P6: the question of withdrawn work is moot, with the reason, and shown to the next worker', () => {
    const history = released(...two);
    const task = dispatched(history);
    history.does(worker(1), { type: 'ask', ...task, packet: asked });
    history.does(orchestrator, { type: 'withdraw', dispatch: 1, reason: 'Another way' });
    assert.equal(at(history.state.questions, 1)?.state, 'moot');
    history.does(orchestrator, dispatch);
    assert.match(history.last('dispatched').context, /Which of the two names.*moot: .*Another way/);
  });

  it('T6: a live TODO is not edited, moved, merged, split or dropped; withdrawn it is', () => {
    const history = released(...two);
    dispatched(history);
    const acts = [
      { type: 'edit-todo', todo: 1, packet: { priority: 'low' }, role: 'code' },
      { type: 'move-todo', todo: 1, reason: 'Later' },
      { type: 'merge-todo', todo: 1, into: 2, reason: 'One' },
      { type: 'merge-todo', todo: 2, into: 1, reason: 'One' },
      { type: 'split-todo', todo: 1, parts: [] },
      { type: 'drop-todo', todo: 1, reason: 'No' },
    ] as const;
    for (const act of acts)
      assert.match(
        history.isRefused('todo-live', user, act).next,
        /replan, which tells its worker; withdraw it/,
      );
    history.does(orchestrator, { type: 'withdraw', dispatch: 1, reason: 'To edit it' });
    history.does(orchestrator, acts[0]);
  });

  it('T4: an open item inherits role, step and worker as a suggestion', () => {
    const history = leftOpen(item);
    const { role, step, worker: suggested } = todoAt(history, 3);
    assert.deepEqual({ role, step, suggested }, { role: 'code', step: 1, suggested: 1 });
  });

  it('P3: a worker that ended without a result stays live and is a blocker; relaunch or withdraw', () => {
    const history = released(...two);
    const task = dispatched(history);
    history.does({ seat: 'keeper' }, { type: 'note-ended', ...task, exitCode: 1 });
    assert.deepEqual(history.state.live, [1]);
    assert.deepEqual(
      inbox(history.state).map(({ kind }) => kind),
      ['ended'],
    );
    history.does(orchestrator, { type: 'relaunch', dispatch: 1 });
    assert.deepEqual(inbox(history.state), []);
    history.does({ seat: 'keeper' }, { type: 'note-ended', ...task, exitCode: null });
    history.does(orchestrator, { type: 'withdraw', dispatch: 1, reason: 'Its budget is spent' });
  });

  it('P11: a closed orchestration is not reopened; the next one starts from what was pending', () => {
    const history = openItems(item);
    history.does(user, { type: 'close', override: override([2, 3]) });
    history.isRefused('no-orchestration', user, { type: 'release' });
    history.isRefused('no-orchestration', user, { type: 'edit-todo', todo: 3, packet: {}, role: '' });
    history.does(user, { type: 'start', objective: 'The rest', constraints: [] });
    assert.deepEqual(history.state.list, [3, 2]);
    history.does(user, { type: 'add-step', title: 'More', role: 'code', tasks: [packet('Add a ladder')] });
    history.isRefused('gate-shut', user, { type: 'release' });
  });

  it('T1: the seat is one: lent once, taken back at any time', () => {
    const history = released(...two);
    const lend = { type: 'lend-seat', tokenHash: word, expires: 9e12 } as const;
    history.does(user, lend);
    assert.match(history.isRefused('seat-lent', user, lend).next, /Take it back/);
    history.does(user, { type: 'take-seat-back', reason: 'Enough' });
    history.does(user, lend);
  });
});
