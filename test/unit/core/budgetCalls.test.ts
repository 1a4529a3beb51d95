import assert from 'node:assert/strict';
import { at } from '../../../src/core/table.ts';
import { entries, heard, isUp, keeper, more, note, one, pass, task, types } from './budgeted.ts';
import { nothing } from './drafts.ts';
import { besides, dispatched, parts, released, twoSteps } from './given.ts';
import { type History, orchestrator, user, worker } from './history.ts';

/** Adds a worker that runs an agent that is known; gives its number. */
function knownAgent(history: History): number {
  const runs = { kind: 'command', argv: ['agent'], agent: 'some' } as const;
  const tokenHash = 'e'.repeat(64);
  history.does(user, { type: 'add-worker', name: 'agent', role: 'code', runs, tokenHash, expires: 9e12 });
  const n = history.state.workers.size;
  history.does(keeper, { type: 'note-guarded', worker: n });
  return n;
}

/** Such a one is at work on dispatch 1, where so many calls are set beside so many minutes. */
function counted(calls: number, minutes = 60): History {
  const history = released('Add the first sluice');
  history.workspace = { ...history.workspace, budgetMinutes: minutes, budgetCalls: calls };
  history.does(user, { type: 'dispatch', worker: knownAgent(history) });
  return history;
}

const given = (history: History): readonly (number | undefined)[] => {
  const { minutes, limit } = one(history).budget ?? {};
  return [minutes, limit];
};

describe('a budget of calls', () => {
  it('P2: is given to an agent whose every call is heard of, beside its minutes; used up, it is asked just so', () => {
    const history = counted(3);
    assert.deepEqual(given(history), [60, 3]);
    assert.match(one(history).context, /\nBUDGET: 60 minutes of work, and 3 calls of your tools; /);
    history.does(keeper, { ...note, calls: 2 });
    assert.equal(isUp(history), false);
    history.does(keeper, { ...note, calls: 5 });
    history.does(keeper, { ...note, calls: 6 });
    assert.equal(types(history).filter((type) => type === 'budget-used-up').length, 1);
    assert.match(
      heard(history),
      /^BUDGET 1: The budget of this task, 3 calls, is used up\. Hand in a result now/,
    );
    assert.deepEqual(entries(history), ['over-budget: 3 calls; its result is asked for']);
    pass(history, 5);
    history.does(keeper, { ...note, past: true });
    assert.deepEqual(entries(history), ['ended: over its budget of 3 calls']);
    const refused = history.isRefused('budget-used-up', user, { type: 'relaunch', dispatch: 1 });
    assert.match(refused.sentence, /over its budget of 3 calls/);
    // As many again, from those on that were made.
    history.does(orchestrator, more);
    assert.equal(one(history).budget?.limit, 8);
    history.does(keeper, { ...note, calls: 7 });
    assert.equal(types(history).filter((type) => type === 'budget-used-up').length, 1);
    history.does(keeper, { ...note, calls: 8 });
    assert.equal(types(history).filter((type) => type === 'budget-used-up').length, 2);
    // Nobody says how many it were but Lockkeeper itself.
    history.isRefused('not-a-workers', worker(one(history).worker), { ...note, calls: 0 });
    history.isRefused('user-only', orchestrator, { ...note, calls: 0 });
  });

  it('P2: is whole again with a rejection; none for whom nobody counts, or without minutes', () => {
    const history = counted(3);
    history.does(keeper, { ...note, calls: 3 });
    history.does(worker(one(history).worker), { type: 'submit', ...task, packet: nothing() });
    history.does(user, { type: 'reject', result: 1, reason: 'Red', missing: 'A run', next: 'Run it' });
    assert.deepEqual(one(history).budget?.limit, 3);
    assert.equal(one(history).budget?.up, undefined);
    const uncounted = twoSteps('Add the first sluice');
    uncounted.workspace = { ...uncounted.workspace, budgetMinutes: 60, budgetCalls: 3 };
    dispatched(uncounted);
    assert.equal(one(uncounted).budget?.calls, undefined);
    assert.doesNotMatch(one(uncounted).context, /calls/);
    assert.equal(one(counted(3, 0)).budget, undefined);
  });

  it('P2: is given with the dispatch itself too, and goes before what is set; minutes may be set beside it', () => {
    const history = released('Add the first sluice');
    const n = knownAgent(history);
    history.workspace = { ...history.workspace, budgetMinutes: 60, budgetCalls: 3 };
    history.does(orchestrator, { type: 'dispatch', worker: n, calls: 40 });
    assert.deepEqual(given(history), [60, 40]);
    assert.match(one(history).context, /\nBUDGET: 60 minutes of work, and 40 calls of your tools; /);
    const alone = released('Add the first sluice');
    const { next } = alone.isRefused('no-minutes', user, {
      type: 'dispatch',
      worker: knownAgent(alone),
      calls: 40,
    });
    assert.equal(next, 'Give it minutes too.');
    alone.does(user, { type: 'dispatch', worker: 3, calls: 40, budget: 7 });
    assert.deepEqual(given(alone), [7, 40]);
  });

  it('P2: is refused by name where nobody would count it, and nothing is sent', () => {
    const history = released('Add the first sluice');
    const act = { type: 'dispatch', worker: 1, budget: 7 } as const;
    const { sentence, next } = history.isRefused('calls-uncounted', orchestrator, { ...act, calls: 40 });
    assert.equal(sentence, 'Nobody counts how often web calls its tools.');
    assert.match(next, /^Give it minutes alone/);
    history.does(orchestrator, act);
    assert.deepEqual(given(history), [7, undefined]);
  });

  it('P2: an agent gives no more of them than is set, with a dispatch, side by side or later; the user does', () => {
    const history = released('Add the first sluice');
    history.workspace = { ...history.workspace, budgetMinutes: 60, budgetMostCalls: 40 };
    const act = { type: 'dispatch', worker: knownAgent(history) } as const;
    const { next } = history.isRefused('over-most-calls', orchestrator, { ...act, calls: 41 });
    assert.match(next, /^Give fewer/);
    history.does(orchestrator, { ...act, calls: 40 });
    history.does(keeper, { ...note, calls: 40 });
    history.isRefused('over-most-calls', orchestrator, more);
    history.does(user, more);
    assert.equal(one(history).budget?.limit, 80);

    const beside = besides(['src/a.js'], ['src/b.js']);
    beside.workspace = { ...beside.workspace, budgetMinutes: 60, budgetMostCalls: 40 };
    const known = knownAgent(beside);
    const [first, second] = parts(2);
    const sent = (calls: number) =>
      ({
        type: 'dispatch-side-by-side',
        parts: [first, { ...second, worker: known, calls }],
        reason: 'Nothing in common',
      }) as const;
    beside.isRefused('over-most-calls', orchestrator, sent(41));
    beside.does(orchestrator, sent(40));
    assert.deepEqual(
      [1, 2].map((n) => at(beside.state.dispatches, n)?.budget?.limit),
      [undefined, 40],
    );
  });
});
