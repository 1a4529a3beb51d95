import assert from 'node:assert/strict';
import { gateReasons } from '../../../src/core/gate.ts';
import { dispatch, item, nothing, otherItem, override, packet, tooThin } from './drafts.ts';
import { dispatched, finished, leftOpen, openItems, reconcile, resulted, twoSteps } from './given.ts';
import { orchestrator, todoAt, user, worker, type History } from './history.ts';

const by = { reason: 'Because it suits' };

/** Planned TODO 2 at the head by the user's own word, item 3 behind it. */
function plannedAtHead(): History {
  const history = openItems(item);
  history.does(user, { type: 'move-todo', todo: 2, before: 3, ...by });
  return history;
}

describe('forbidden: continue a plan while an item is open', () => {
  it('T8: release is shut to everyone, and an override is no agent’s', () => {
    const history = openItems(item);
    history.isRefused('gate-shut', orchestrator, { type: 'release' });
    history.isRefused('gate-shut', user, { type: 'release' });
    history.isRefused('user-only', orchestrator, { type: 'release', override: override([2, 3]) });
  });

  it('T8: dispatch of planned work is refused by its own number, by its place, and in a bundle', () => {
    const history = plannedAtHead();
    assert.match(history.isRefused('open-item-first', orchestrator, dispatch).sentence, /TODO 3/);
    history.isRefused('open-item-first', user, { ...dispatch, todo: 2 });
    history.does(user, { type: 'add-todo', packet: packet('Add the third sluice'), role: 'code' });
    history.does(user, { type: 'move-todo', todo: 4, before: 3, ...by });
    const bundle = { todos: [2, 4], purpose: 'Add the sluices that are left' };
    history.isRefused('open-item-first', orchestrator, { ...dispatch, bundle });
    history.isRefused('open-item-first', user, { ...dispatch, bundle });
  });

  it('T8: the way out that is named works: the item goes to the head and is dispatched', () => {
    const history = plannedAtHead();
    assert.match(
      history.isRefused('open-item-first', orchestrator, dispatch).next,
      /Move TODO 3 to the head/,
    );
    history.does(orchestrator, { type: 'move-todo', todo: 3, before: 2, ...by });
    finished(history);
    finished(history);
    assert.deepEqual(gateReasons(history.state), []);
  });

  it('T8: a move does not put planned work before an item, nor an item behind planned work', () => {
    const history = openItems(item, otherItem);
    history.isRefused('planned-first', orchestrator, { type: 'move-todo', todo: 2, before: 3, ...by });
    history.isRefused('planned-first', orchestrator, { type: 'move-todo', todo: 2, before: 4, ...by });
    history.isRefused('planned-first', orchestrator, { type: 'move-todo', todo: 3, ...by });
    history.does(orchestrator, { type: 'move-todo', todo: 4, before: 3, ...by });
    assert.deepEqual(history.state.list, [4, 3, 2]);
  });

  it('T8: reconcile gives no place behind planned work', () => {
    const history = leftOpen(item);
    history.does(user, { type: 'add-todo', packet: packet('Add the third sluice'), role: 'code' });
    const act = { type: 'reconcile', todo: 3, packet: packet('Name the sluice'), role: 'code' } as const;
    history.isRefused('planned-first', orchestrator, { ...act, before: 4 });
    history.does(orchestrator, { ...act, before: 2 });
  });

  it('T8: planned work that was passed over waits for an item like any other', () => {
    const history = twoSteps();
    history.does(user, { type: 'release', override: override([1]) });
    finished(history, nothing({ stillOpen: [item] }), 2);
    reconcile(history, 3);
    history.isRefused('open-item-first', orchestrator, { ...dispatch, todo: 1 });
    finished(history);
    history.does(orchestrator, { ...dispatch, todo: 1 });
  });

  it('T8: an item merged into what was passed over counts again, and so does that', () => {
    const history = twoSteps();
    history.does(user, { type: 'release', override: override([1]) });
    finished(history, nothing({ stillOpen: [item] }), 2);
    history.does(orchestrator, { type: 'merge-todo', todo: 3, into: 1, ...by });
    assert.equal(todoAt(history, 1).deferred, undefined);
    assert.deepEqual(
      gateReasons(history.state).map(({ code }) => code),
      ['open-item'],
    );
  });

  it('T8: planned work merged into one item still waits for the others', () => {
    const history = openItems(item, otherItem);
    history.does(orchestrator, { type: 'merge-todo', todo: 2, into: 3, ...by });
    assert.match(history.isRefused('open-item-first', orchestrator, dispatch).sentence, /TODO 4/);
    const parts = [packet('Add the other sluice'), packet('Settle the open point number 3')];
    history.does(orchestrator, { type: 'split-todo', todo: 3, parts });
    assert.match(history.isRefused('open-item-first', orchestrator, dispatch).sentence, /TODO 4/);
    history.does(orchestrator, { type: 'move-todo', todo: 4, before: 5, ...by });
    finished(history);
    finished(history);
  });

  it('T8: an item merged into planned work does not bring it before the others', () => {
    const history = openItems(item, otherItem);
    history.does(orchestrator, { type: 'merge-todo', todo: 3, into: 2, ...by });
    assert.deepEqual(history.state.list, [2, 4]);
    history.isRefused('open-item-first', orchestrator, dispatch);
    history.does(orchestrator, { type: 'move-todo', todo: 4, before: 2, ...by });
    history.isRefused('planned-first', orchestrator, { type: 'move-todo', todo: 2, before: 4, ...by });
    history.does(orchestrator, dispatch);
  });

  it('T8: closing is shut, closing past it is the user’s, and so is the next start', () => {
    const history = openItems(item);
    history.isRefused('not-closable', orchestrator, { type: 'close' });
    history.isRefused('user-only', orchestrator, { type: 'close', override: override([2, 3]) });
    history.does(user, { type: 'close', override: override([2, 3]) });
    history.isRefused('user-only', orchestrator, { type: 'start', objective: 'Another', constraints: [] });
  });
});

describe('forbidden: treat an item as informational', () => {
  it('T8: an approval takes its own TODO off the list and no item', () => {
    const history = leftOpen(item, otherItem);
    assert.deepEqual(history.state.list, [3, 4, 2]);
  });

  it('T8: an item is dropped by the user alone: as itself, edited, merged, in parts', () => {
    const history = openItems(item);
    const drop = (todo: number) => ({ type: 'drop-todo', todo, ...by }) as const;
    history.isRefused('user-only', orchestrator, drop(3));
    assert.equal(history.last('proposed').todo, 3);
    const edited = packet('Add a note that nothing is left', { doneWhen: ['`npm test` prints "closed"'] });
    history.does(orchestrator, { type: 'edit-todo', todo: 3, packet: edited, role: 'docs' });
    assert.equal(todoAt(history, 3).sources[0]?.words, item);
    history.isRefused('user-only', orchestrator, drop(3));
    history.does(orchestrator, { type: 'split-todo', todo: 3, parts: [edited, packet('Name it elsewhere')] });
    history.isRefused('user-only', orchestrator, drop(4));
    history.isRefused('user-only', orchestrator, drop(5));
    history.does(orchestrator, { type: 'merge-todo', todo: 4, into: 2, ...by });
    history.isRefused('user-only', orchestrator, drop(2));
    history.does(user, drop(2));
  });

  it('T8: an item reopened, renamed or reworded to look closed is still open, beside the worker’s own words', () => {
    const history = leftOpen(item);
    const closed = packet('Add a note that item 3 is closed', { doneWhen: ['`npm test` prints "closed"'] });
    reconcile(history, 3, closed);
    for (const title of ['Name nothing', 'Close item 3 as done']) {
      history.does(orchestrator, {
        type: 'edit-todo',
        todo: 3,
        packet: { ...closed, task: title },
        role: 'docs',
      });
      assert.deepEqual([history.state.list, todoAt(history, 3).sources[0]?.words], [[3, 2], item]);
    }
    history.isRefused('not-next', orchestrator, { ...dispatch, todo: 2 });
    history.isRefused('gate-shut', orchestrator, { type: 'release' });
    history.does(orchestrator, { type: 'edit-todo', todo: 3, packet: closed, role: 'code' });
    history.does(orchestrator, { ...dispatch, todo: 3 });
    assert.ok(gateReasons(history.state).some(({ about }) => about.n === 3));
    history.does(user, { type: 'withdraw', dispatch: 2, reason: 'It was no work' });
    assert.deepEqual([history.state.list[0], todoAt(history, 3).sources[0]?.words], [3, item]);
    history.isRefused('gate-shut', orchestrator, { type: 'release' });
  });

  it('T8: an item that is merged away unread has to be shown done by a result', () => {
    const history = leftOpen(item);
    history.does(orchestrator, { type: 'merge-todo', todo: 3, into: 2, ...by });
    assert.deepEqual(todoAt(history, 2).packet?.doneWhen.slice(1), [`Settled, of result 1: “${item}”`]);
    const task = dispatched(history);
    history.isRefused('result-incomplete', worker(1), { type: 'submit', ...task, packet: nothing() });
  });

  it('T8: an item of a late result is dismissed by the user alone, and shuts the gate until then', () => {
    const history = twoSteps();
    const task = dispatched(history);
    history.does(user, { type: 'withdraw', dispatch: task.dispatch, ...by });
    const draft = nothing({ stillOpen: [item] });
    const { result } = history.does(worker(1), { type: 'submit', ...task, packet: draft });
    finished(history);
    history.isRefused('user-only', orchestrator, { type: 'dismiss-late-item', result, item: 1, ...by });
    history.isRefused('late-items-open', orchestrator, { type: 'note-late-result', result });
    history.isRefused('gate-shut', orchestrator, { type: 'release' });
    history.does(user, { type: 'dismiss-late-item', result, item: 1, ...by });
    history.does(orchestrator, { type: 'release' });
  });
});

describe('forbidden: assume that a worker takes care of it', () => {
  it('T8: a TODO withdrawn before its verdict is not sent again in place of its items', () => {
    const history = twoSteps();
    resulted(history, nothing({ stillOpen: [item] }));
    history.does(orchestrator, { type: 'withdraw', dispatch: 1, ...by });
    history.isRefused('unreconciled', orchestrator, dispatch);
    reconcile(history, 2);
    history.isRefused('open-item-first', orchestrator, dispatch);
    history.does(orchestrator, { type: 'move-todo', todo: 2, before: 1, ...by });
    finished(history);
    finished(history);
  });

  it('T8: nor is it relaunched, in work or in review', () => {
    const history = twoSteps();
    const task = dispatched(history);
    history.isRefused('not-ended', orchestrator, { type: 'relaunch', dispatch: 1 });
    history.does({ seat: 'keeper' }, { type: 'note-ended', ...task, exitCode: 0 });
    history.does(worker(1), { type: 'submit', ...task, packet: nothing({ stillOpen: [item] }) });
    history.isRefused('in-review', orchestrator, { type: 'relaunch', dispatch: 1 });
  });

  it('T8: the next result of rejected work passes over none of its items', () => {
    const history = twoSteps();
    const result = resulted(history, nothing({ stillOpen: [item] }));
    history.does(orchestrator, { type: 'reject', result, ...tooThin });
    const again = { type: 'submit', dispatch: 1, epoch: 2 } as const;
    history.isRefused('result-incomplete', worker(1), { ...again, packet: nothing() });
    const closed = [{ todo: 2, closed: true }];
    history.isRefused('result-incomplete', worker(1), {
      ...again,
      packet: nothing({ earlierItems: closed }),
    });
  });
});

describe('forbidden: skip the reconciling', () => {
  it('T8: nothing at all is dispatched before each item has its packet', () => {
    const history = leftOpen(item, otherItem);
    for (const todo of [2, 3, 4]) history.isRefused('unreconciled', orchestrator, { ...dispatch, todo });
    reconcile(history, 3);
    const refusal = history.isRefused('unreconciled', user, dispatch);
    assert.match(refusal.next, /Reconcile TODO 4/);
    reconcile(history, 4);
    history.does(orchestrator, dispatch);
  });

  it('T8: an edit is no reconcile, and a second reconcile is none', () => {
    const history = leftOpen(item);
    history.isRefused('unreconciled', orchestrator, {
      type: 'edit-todo',
      todo: 3,
      packet: packet('Name it'),
      role: '',
    });
    reconcile(history, 3);
    const act = { type: 'reconcile', todo: 3, packet: packet('Name it'), role: 'code' } as const;
    history.isRefused('already-reconciled', orchestrator, act);
  });

  it('T8: what was passed over unread is not dispatched by choice either', () => {
    const history = leftOpen(item);
    history.does(user, { type: 'release', override: override([2, 3]) });
    history.isRefused('unreconciled', orchestrator, { ...dispatch, todo: 3 });
    reconcile(history, 3);
    history.does(orchestrator, { ...dispatch, todo: 3 });
  });
});
