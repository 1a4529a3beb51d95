import assert from 'node:assert/strict';
import { at } from '../../../src/core/table.ts';
import { nextAction } from '../../../src/core/views/nextAction.ts';
import { workerRows } from '../../../src/core/views/workerRows.ts';
import { mayWrite } from '../../../src/core/ownership.ts';
import { usedTime } from '../../../src/core/workingTime.ts';
import { entries, heard, isUp, keeper, more, note, one, pass, task, types } from './budgeted.ts';
import { answer, asked, nothing } from './drafts.ts';
import { besides, dispatched, parts, released, twoSteps } from './given.ts';
import { type History, orchestrator, user, worker } from './history.ts';

const blocking = { ...asked, blocking: 'yes' };

/** Worker 1 is at work on dispatch 1, which has two minutes; it has five more for its result. */
function budgeted(minutes = 2): History {
  const history = twoSteps('Add the first sluice', 'Add the other sluice');
  history.workspace = { ...history.workspace, budgetMinutes: minutes };
  dispatched(history);
  return history;
}

function over(history: History): void {
  pass(history, 2);
  history.does(keeper, note);
  pass(history, 5);
  history.does(keeper, { ...note, past: true });
}

describe('a budget', () => {
  it('P2: is off unless it is set or given, and stands in the CONTEXT of what is sent', () => {
    const free = budgeted(0);
    assert.equal(one(free).budget, undefined);
    assert.doesNotMatch(one(free).context, /BUDGET/);
    const set = budgeted(30);
    assert.equal(one(set).budget?.minutes, 30);
    assert.match(one(set).context, /\nBUDGET: 30 minutes of work; .* says what is still open\.$/);
    const given = released('Add the first sluice');
    given.does(user, { type: 'dispatch', worker: 1, budget: 7 });
    assert.equal(one(given).budget?.minutes, 7);
  });

  it('P2: used up, its worker is asked once for a result with what is still open; it is shown, and nothing is done', () => {
    const history = budgeted();
    pass(history, 1);
    history.does(keeper, note);
    assert.equal(isUp(history), false);
    pass(history, 1);
    history.does(keeper, note);
    history.does(keeper, note);
    assert.equal(types(history).filter((type) => type === 'budget-used-up').length, 1);
    assert.match(
      heard(history),
      /^BUDGET 1: The budget of this task, 2 minutes, is used up\. Hand in a result now, .*still open\. You are stopped 5 minutes later\.$/,
    );
    assert.equal(heard(history), '');
    assert.deepEqual(entries(history), ['over-budget: 2 minutes; its result is asked for']);
    assert.equal(nextAction(history.state).kind, 'over-budget');
    assert.equal(workerRows(history.state).find(({ worker: { n } }) => n === 1)?.standing, 'over its budget');
    assert.deepEqual(history.state.live, [1]);
    history.does(worker(1), {
      type: 'submit',
      ...task,
      packet: nothing({ outcome: 'partial', stillOpen: ['The sill is not in'], evidence: [] }),
    });
    assert.equal(one(history).inReview, 1);
  });

  it('P2: past the time for a result it is stopped: live, ended, a blocker, and not done', () => {
    const history = budgeted();
    pass(history, 2);
    history.does(keeper, note);
    pass(history, 4);
    history.does(keeper, { ...note, past: true });
    assert.equal(types(history).includes('stopped-over-budget'), false);
    pass(history, 1);
    // What is asked of the keeper is asked first, whatever the clock says.
    history.does(keeper, note);
    assert.equal(types(history).includes('stopped-over-budget'), false);
    history.does(keeper, { ...note, past: true });
    history.does(keeper, { ...note, past: true });
    assert.equal(types(history).filter((type) => type === 'stopped-over-budget').length, 1);
    assert.deepEqual(history.state.live, [1]);
    assert.deepEqual(entries(history), ['ended: over its budget of 2 minutes']);
    history.isRefused('something-live', orchestrator, { type: 'dispatch', worker: 1, todo: 2 });
    history.isRefused('gate-shut', orchestrator, { type: 'release' });
    const ruled = mayWrite(history.state, 1, 'src/gate.js', history.workspace);
    assert.equal(!ruled.allowed && ruled.code, 'budget-used-up');
    // The process ends after that; the reason stays.
    history.does(keeper, { type: 'note-ended', ...task, exitCode: 137 });
    assert.deepEqual(entries(history), ['ended: over its budget of 2 minutes']);
    // What it hands in all the same is a result.
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    assert.equal(one(history).inReview, 1);
  });

  it('P2: a worker cannot stretch it: progress, a question that blocks nothing and a new message stop no clock', () => {
    const history = budgeted();
    history.does(worker(1), { type: 'progress', ...task, text: 'On it' });
    history.does(worker(1), { type: 'ask', ...task, packet: { ...asked, blocking: 'no' } });
    history.does(worker(1), {
      type: 'request-scope',
      ...task,
      paths: ['src/other.js'],
      reason: 'It is called there',
    });
    pass(history, 2);
    history.does(keeper, note);
    assert.ok(isUp(history));
    for (const seat of [worker(1), keeper])
      history.isRefused(seat === keeper ? 'user-only' : 'not-a-workers', seat, more);
    history.isRefused('user-only', orchestrator, { ...note, jumped: 600_000 });
    history.isRefused('not-a-workers', worker(1), { ...note, jumped: 600_000 });
  });

  it('P6: the wait for the answer to a blocking question does not count, and asking anew starts nothing anew', () => {
    const history = budgeted();
    pass(history, 1);
    history.does(worker(1), { type: 'ask', ...task, packet: blocking });
    pass(history, 10);
    history.does(keeper, note);
    assert.equal(isUp(history), false);
    history.does(orchestrator, { type: 'answer', question: 1, answer });
    pass(history, 0.9);
    history.does(keeper, note);
    assert.equal(isUp(history), false);
    pass(history, 0.2);
    history.does(keeper, note);
    assert.ok(isUp(history));
  });

  it('P6: a question that was sent back is work again', () => {
    const history = budgeted();
    history.does(worker(1), { type: 'ask', ...task, packet: blocking });
    const missing = [{ field: 'CONTEXT', words: '', why: 'It is thin', better: 'Say which file' }];
    history.does(orchestrator, { type: 'return-question', question: 1, missing });
    pass(history, 2);
    history.does(keeper, note);
    assert.ok(isUp(history));
  });

  it('T2: what is stopped for an instruction does not count', () => {
    const history = budgeted();
    history.does(user, { type: 'instruct', words: 'Wait a moment' });
    for (let n = 0; n < 200; n += 1) history.does(worker(1), { type: 'progress', ...task, text: 'Parked' });
    history.does(keeper, note);
    assert.equal(isUp(history), false);
    history.does(user, { type: 'carry-on', instruction: 1 });
    pass(history, 2);
    history.does(keeper, note);
    assert.ok(isUp(history));
  });

  it('P8: neither does a review; what is rejected goes back with the whole budget', () => {
    const history = budgeted();
    pass(history, 1.5);
    const { result } = history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    pass(history, 10);
    history.isRefused('in-review', user, more);
    history.does(keeper, note);
    assert.equal(isUp(history), false);
    history.does(orchestrator, {
      type: 'reject',
      result,
      reason: 'No run',
      missing: 'The run',
      next: 'Run it',
    });
    pass(history, 1.9);
    history.does(keeper, { ...note, epoch: 2 });
    assert.equal(isUp(history), false);
    pass(history, 0.2);
    history.does(keeper, note);
    assert.equal(isUp(history), false, 'of an earlier task');
    history.does(keeper, { ...note, epoch: 2 });
    assert.ok(isUp(history));
  });

  it('P2: what the machine slept, or its clock was set by, is no work', () => {
    const history = budgeted();
    pass(history, 3);
    history.does(keeper, { ...note, jumped: 120_000 });
    history.does(keeper, note);
    assert.equal(isUp(history), false);
    assert.equal(Math.round(usedTime(one(history), history.recorded.at(-1)?.at ?? 0) / 60_000), 1);
  });

  it('P2: more time is given with a reason, and told; an agent gives no more than is set', () => {
    const history = budgeted();
    history.workspace = { ...history.workspace, budgetMostMinutes: 12 };
    history.isRefused('no-reason', user, { ...more, reason: ' ' });
    history.isRefused('not-live', user, { ...more, dispatch: 2 });
    history.does(orchestrator, more);
    assert.equal(one(history).budget?.minutes, 12);
    assert.equal(heard(history), `BUDGET 1: You have 10 minutes more for this task: ${more.reason}`);
    history.isRefused('over-most-time', orchestrator, { ...more, minutes: 1 });
    history.does(user, { ...more, minutes: 1 });
    assert.equal(one(history).budget?.minutes, 13);
    pass(history, 12);
    history.does(keeper, note);
    assert.equal(isUp(history), false);
    history.isRefused('no-budget', user, { ...more, dispatch: dispatchedFree() });
    function dispatchedFree(): number {
      history.does(orchestrator, { type: 'withdraw', dispatch: 1, reason: 'Another one' });
      history.workspace = { ...history.workspace, budgetMinutes: 0 };
      return history.does(orchestrator, { type: 'dispatch', worker: 1 }).dispatch ?? 0;
    }
  });

  it('P2: an agent dispatches with no more than it may give, side by side too', () => {
    const history = released('Add the first sluice');
    history.isRefused('over-most-time', orchestrator, { type: 'dispatch', worker: 1, budget: 121 });
    history.does(orchestrator, { type: 'dispatch', worker: 1, budget: 120 });
    const beside = besides(['src/a.js'], ['src/b.js']);
    const act = { type: 'dispatch-side-by-side', reason: 'Nothing in common' } as const;
    const [first, second] = parts(2);
    beside.isRefused('over-most-time', orchestrator, { ...act, parts: [first, { ...second, budget: 121 }] });
    beside.does(user, { ...act, parts: [first, { ...second, budget: 121 }] });
    assert.equal(at(beside.state.dispatches, 1)?.budget, undefined);
    assert.equal(at(beside.state.dispatches, 2)?.budget?.minutes, 121);
  });

  it('P2: what was stopped starts again with more time alone, from now on', () => {
    const history = budgeted();
    over(history);
    const { next } = history.isRefused('budget-used-up', user, { type: 'relaunch', dispatch: 1 });
    assert.match(next, /Give it more time with a reason/);
    history.does(user, more);
    assert.equal(one(history).ended, undefined);
    assert.ok(types(history).includes('relaunched'));
    assert.deepEqual(entries(history), []);
    pass(history, 9);
    history.does(keeper, { ...note, past: true });
    assert.deepEqual(entries(history), []);
    pass(history, 2);
    history.does(keeper, note);
    assert.deepEqual(entries(history), ['over-budget: 18 minutes; its result is asked for']);
  });

  it('P2: who works by hand is asked, and never stopped', () => {
    const history = released('Add the first sluice');
    const runs = { kind: 'by-hand', where: 'here' };
    history.does(user, { type: 'add-worker', name: 'hand', role: 'code', runs });
    history.does(user, { type: 'dispatch', worker: 3, budget: 2 });
    over(history);
    assert.deepEqual(entries(history), ['over-budget: 2 minutes; its result is asked for']);
    assert.doesNotMatch(one(history).messages?.[0]?.words ?? '', /stopped/);
  });
});
