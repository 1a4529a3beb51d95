import assert from 'node:assert/strict';
import { nextAction } from '../../../../src/core/views/nextAction.ts';
import { inbox } from '../../../../src/core/views/inbox.ts';
import { workerRows } from '../../../../src/core/views/workerRows.ts';
import { todoTree } from '../../../../src/core/views/todoTree.ts';
import { addWorker, asked, judged, item, nothing, override, packet } from '../drafts.ts';
import {
  dispatched,
  finished,
  leftOpen,
  openItems,
  reconcile,
  released,
  together,
  twoSteps,
} from '../given.ts';
import { History, orchestrator, user, worker } from '../history.ts';

const next = ({ state }: History): string => `${nextAction(state).kind} ${nextAction(state).n ?? ''}`.trim();
const kinds = ({ state }: History): string[] => inbox(state).map(({ kind, n }) => `${kind} ${n}`);

describe('the one next thing', () => {
  it('P2: leads from an empty window through the whole story', () => {
    const history = new History();
    assert.equal(next(history), 'start');
    history.does(user, { type: 'start', objective: 'A gate', constraints: [] });
    assert.equal(next(history), 'add-worker');
    history.does(user, addWorker('web', 'code'));
    assert.equal(next(history), 'add-step');
    history.does(user, { type: 'add-step', title: 'Build', role: 'code', tasks: [packet('Add a ladder')] });
    assert.equal(next(history), 'release 1');
    history.does(user, { type: 'release' });
    assert.equal(next(history), 'dispatch 1');
    const task = dispatched(history);
    assert.equal(next(history), 'wait');
    history.does(worker(1), { type: 'ask', ...task, packet: { ...asked, blocking: 'no' } });
    assert.equal(next(history), 'question 1');
    history.does(worker(1), { type: 'submit', ...task, packet: nothing({ stillOpen: [item] }) });
    assert.equal(next(history), 'review 1');
    history.does(user, { type: 'approve', result: 1, judged });
    assert.equal(next(history), 'reconcile 2');
    reconcile(history, 2);
    assert.equal(next(history), 'dispatch 2');
    finished(history);
    assert.equal(next(history), 'question 1');
    history.does(user, {
      type: 'answer',
      question: 1,
      answer: { chosen: 'gate', rationale: 'x', constraints: 'none', nextStep: 'y' },
    });
    assert.equal(next(history), 'close');
    history.does(user, { type: 'close' });
    history.does(user, { type: 'start', objective: 'Another', constraints: [] });
    assert.equal(next(history), 'add-step');
  });

  it('P2, P3: sent work that nobody has acknowledged is not healthy, and lying there it is in the Inbox', () => {
    const history = released('Add the first sluice');
    history.does(user, { type: 'dispatch', worker: 1 });
    assert.equal(next(history), 'sent 1');
    history.does({ seat: 'keeper' }, { type: 'note-unacknowledged', dispatch: 1, epoch: 1 });
    assert.equal(next(history), 'unacknowledged 1');
    assert.deepEqual(kinds(history), ['unacknowledged 1']);
    history.does(worker(1), { type: 'acknowledge', dispatch: 1, epoch: 1 });
    assert.equal(next(history), 'wait');
    assert.match(nextAction(history.state).sentence, /^Nothing: all healthy/);
  });

  it('P2: names what stands in its order, and *all healthy* when nothing does', () => {
    const history = together(['src/a.ts'], ['src/b.ts'], ['src/c.ts']);
    const task = (dispatch: number, epoch = 1) => ({ dispatch, epoch });
    const hands = [1, 3, 4].map((n) => worker(n));
    const [first = user, second = user, third = user] = hands;
    for (const [index, by] of hands.entries()) history.does(by, { type: 'acknowledge', ...task(index + 1) });
    assert.equal(next(history), 'wait');
    history.does(first, { type: 'ask', ...task(1), packet: { ...asked, blocking: 'no' } });
    assert.equal(next(history), 'question 1');
    history.does(first, { type: 'request-scope', ...task(1), paths: ['src/e.ts'], reason: 'Used' });
    assert.equal(next(history), 'request 1');
    const left = nothing({ planAffected: 'yes: it does not fit', stillOpen: [item] });
    history.does(third, { type: 'submit', ...task(3), packet: left });
    assert.equal(next(history), 'review 1');
    history.does(user, { type: 'approve', result: 1, judged });
    assert.equal(next(history), 'reconcile 4');
    reconcile(history, 4);
    assert.equal(next(history), 'plan-affected 1');
    history.does(second, { type: 'submit', ...task(2), packet: nothing() });
    history.does(user, { type: 'reject', result: 2, reason: 'Thin', missing: 'the run', next: 'Run it' });
    history.does(second, { type: 'submit', ...task(2), packet: nothing() });
    assert.equal(next(history), 'late 3');
    history.does(second, { type: 'submit', ...task(2, 2), packet: nothing() });
    assert.equal(next(history), 'review 4');
    history.does({ seat: 'keeper' }, { type: 'note-silent', dispatch: 1, lastContact: 5 });
    assert.equal(next(history), 'silent 1');
    const side = (n: number, dispatch: number) => ({ kind: 'worker', worker: n, dispatch });
    const sides = [side(1, 1), side(3, 2)];
    history.does(user, { type: 'open-conflict', files: ['src/a.ts'], sides, noticed: 'Both are in it' });
    assert.equal(next(history), 'conflict 1');
    history.does(first, { type: 'ask', ...task(1), packet: asked });
    assert.equal(next(history), 'blocking-question 2');
    history.does(user, { type: 'instruct', words: 'Stop' });
    assert.equal(next(history), 'instruction 1');
  });

  it('P2: names the worker that is missing and the item that has to go first, not what would be refused', () => {
    const history = openItems(item);
    history.does(user, { type: 'move-todo', todo: 2, before: 3, reason: 'First' });
    assert.match(nextAction(history.state).sentence, /^Move TODO 3 .* to the head/);
    history.does(user, { type: 'remove-worker', worker: 1, reason: 'Left' });
    assert.match(nextAction(history.state).sentence, /^Add a worker for code/);
  });

  it('P2: what was passed over is named when nothing else is left', () => {
    const history = twoSteps();
    history.does(user, { type: 'release', override: override([1]) });
    finished(history, nothing(), 2);
    assert.equal(next(history), 'deferred 1');
  });
});

describe('the Inbox', () => {
  it('P6: blocking questions come first, the oldest of them before, others last', () => {
    const history = leftOpen(item);
    reconcile(history, 3);
    const task = dispatched(history);
    for (const blocking of [false, true, true])
      history.does(worker(1), { type: 'ask', ...task, packet: { ...asked, blocking } });
    assert.deepEqual(kinds(history), ['blocking-question 2', 'blocking-question 3', 'question 1']);
  });

  it('P10: holds silent and ended workers, verdicts, late results, items, the plan and proposals', () => {
    const history = twoSteps('Add the first sluice', 'Add the other sluice');
    const task = dispatched(history);
    history.does({ seat: 'keeper' }, { type: 'note-silent', dispatch: 1, lastContact: 5 });
    assert.deepEqual(kinds(history), ['silent 1']);
    history.does({ seat: 'keeper' }, { type: 'note-ended', ...task, exitCode: 1 });
    assert.deepEqual(kinds(history), ['ended 1']);
    const draft = nothing({ stillOpen: [item], planAffected: 'yes: it does not fit' });
    history.does(worker(1), { type: 'submit', ...task, packet: draft });
    assert.deepEqual(kinds(history), ['review 1', 'reconcile 3', 'plan-affected 1']);
    history.does(user, { type: 'approve', result: 1, judged });
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    history.ask(orchestrator, { type: 'drop-todo', todo: 3, reason: 'No' });
    assert.deepEqual(kinds(history), ['late 2', 'reconcile 3', 'plan-affected 1', 'proposal 1']);
    history.does(user, { type: 'drop-todo', todo: 3, reason: 'No' });
    assert.deepEqual(kinds(history), ['late 2', 'plan-affected 1']);
  });

  it('T8: a proposed merge is gone when either of the two is', () => {
    const history = openItems(item, 'The sensor is not read');
    history.ask(orchestrator, { type: 'merge-todo', todo: 3, into: 4, reason: 'One' });
    assert.deepEqual(kinds(history), ['proposal 1']);
    history.does(user, { type: 'drop-todo', todo: 4, reason: 'No' });
    assert.deepEqual(kinds(history), []);
  });
});

describe('the trees', () => {
  it('P2: the list in four groups, each in order', () => {
    const history = openItems(item, 'The sensor is not read');
    dispatched(history);
    const groups = () => {
      const { live, openItems: items, waiting, deferred } = todoTree(history.state);
      return [live, items, waiting, deferred].map((todos) => todos.map(({ n }) => n));
    };
    assert.deepEqual(groups(), [[3], [4], [2], []]);
    history.does(user, { type: 'release', override: override([2, 3, 4]) });
    assert.deepEqual(groups(), [[], [], [5], [3, 4, 2]]);
  });

  it('P3: each worker with what it is doing', () => {
    const history = released('Add the first sluice');
    const standing = (): string | undefined =>
      workerRows(history.state).find((row) => row.worker.n === 1)?.standing;
    assert.equal(standing(), 'idle');
    history.does(user, { type: 'dispatch', worker: 1 });
    assert.equal(standing(), 'not acknowledged');
    history.does(worker(1), { type: 'acknowledge', dispatch: 1, epoch: 1 });
    assert.equal(standing(), 'working');
    history.does(worker(1), { type: 'ask', dispatch: 1, epoch: 1, packet: asked });
    assert.equal(standing(), 'asks');
    history.does({ seat: 'keeper' }, { type: 'note-silent', dispatch: 1, lastContact: 5 });
    assert.equal(standing(), 'silent');
    history.does({ seat: 'keeper' }, { type: 'note-ended', dispatch: 1, epoch: 1, exitCode: null });
    assert.equal(standing(), 'ended without a result');
    assert.deepEqual(
      workerRows(history.state).map((row) => row.worker.name),
      ['scribe', 'web'],
    );
  });
});
