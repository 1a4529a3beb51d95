import assert from 'node:assert/strict';
import { isRefused } from '../../../src/core/decision.ts';
import { interruptsOf } from '../../../src/core/interrupts.ts';
import { at } from '../../../src/core/table.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { asked, packet } from './drafts.ts';
import { dispatched, twoSteps, released } from './given.ts';
import { type History, orchestrator, user, worker } from './history.ts';
import { replan } from './replans.ts';

const nudge = { type: 'nudge', dispatch: 1, reason: 'The release waits for you alone' } as const;
const minute = 60_000;

/** Worker 1 is at work on dispatch 1. */
function atWork(): History {
  const history = twoSteps('Add the first sluice', 'Add the other sluice');
  dispatched(history);
  return history;
}

/** The same, and it has not been heard of for longer than the limit. */
function silent(): History {
  const history = atWork();
  history.does({ seat: 'keeper' }, { type: 'note-silent', dispatch: 1, lastContact: 1 });
  return history;
}

/** What the worker of dispatch 1 gets with its next contact. */
function heardBy(history: History): string {
  const decision = history.ask(worker(1), { type: 'hear', dispatch: 1, epoch: 1 });
  return isRefused(decision) ? decision.refusal.code : decision.said;
}

describe('cadence', () => {
  it('P5: a no-op is logged with what stood: gate, live work and its freshness, what waits, what is next', () => {
    const history = atWork();
    history.does(orchestrator, { type: 'no-op', note: 'The build runs' });
    assert.deepEqual(history.last('no-op-noted'), {
      type: 'no-op-noted',
      gate: 2,
      live: [{ dispatch: 1, standing: 'working', fresh: true }],
      waiting: 0,
      next: 'Nothing: all healthy, work is under way',
      note: 'The build runs',
    });
    history.workspace = { ...history.workspace, heard: { 1: 900 } };
    history.does({ seat: 'keeper' }, { type: 'note-silent', dispatch: 1, lastContact: 900 });
    history.workspace = { ...history.workspace, silentMinutes: 0 };
    history.does(user, { type: 'no-op' });
    assert.deepEqual(history.last('no-op-noted'), {
      type: 'no-op-noted',
      gate: 2,
      live: [{ dispatch: 1, standing: 'silent', fresh: false, heard: 900 }],
      waiting: 1,
      next: 'TODO 1 with web is silent',
    });
    assert.equal(history.state.orchestration?.noOps?.count, 2);
  });

  it('P5: a no-op is a decision of its own while something waits, and says what', () => {
    const history = silent();
    const decision = history.ask(orchestrator, { type: 'no-op' });
    assert.ok(!isRefused(decision));
    assert.match(decision.said, /nothing was done\. Still next: TODO 1 with web is silent/);
    const { live, list } = history.state;
    history.does(user, { type: 'no-op' });
    assert.deepEqual([history.state.live, history.state.list], [live, list]);
  });

  it('P5: while contact is fresh a nudge is refused to an agent, and asks the user first', () => {
    const history = atWork();
    history.isRefused('contact-fresh', orchestrator, { ...nudge, anyway: true });
    history.isRefused('contact-fresh', user, nudge);
    history.does(user, { ...nudge, anyway: true });
    assert.equal(heardBy(history), `NUDGE 1: ${nudge.reason}`);
  });

  it('P5: fresh is what was heard of, or sent out, within the silent minutes', () => {
    const history = atWork();
    history.workspace = { ...history.workspace, heard: { 1: 1_000 }, silentMinutes: 1 };
    history.isRefused('contact-fresh', user, nudge);
    for (let passed = 0; passed < minute; passed += 1_000) history.does(user, { type: 'no-op' });
    history.does(orchestrator, nudge);
  });

  it('P5: one that works by hand is heard of in what the user enters', () => {
    const history = released('Add the first sluice');
    history.does(user, {
      type: 'add-worker',
      name: 'hand',
      role: 'code',
      runs: { kind: 'by-hand', where: 'here' },
    });
    const { dispatch } = history.does(user, { type: 'dispatch', worker: 3 });
    assert.equal(dispatch, 1);
    history.workspace = { ...history.workspace, silentMinutes: 1 };
    history.isRefused('contact-fresh', orchestrator, nudge);
    const pass = (): void => {
      for (let passed = 0; passed < minute; passed += 1_000) history.does(user, { type: 'no-op' });
    };
    pass();
    const entered = { seat: 'worker', worker: 3, enteredBy: 'user' } as const;
    history.does(entered, { type: 'progress', dispatch: 1, epoch: 1, text: 'On it' });
    history.isRefused('contact-fresh', orchestrator, nudge);
    pass();
    history.does(orchestrator, nudge);
    const decision = history.ask(entered, { type: 'hear', dispatch: 1, epoch: 1 });
    assert.equal(!isRefused(decision) && decision.said, `NUDGE 1: ${nudge.reason}`);
  });

  it('P5: a nudge gives its reason, reaches somebody, and never stands in for an answer or a verdict', () => {
    const history = silent();
    history.isRefused('no-reason', orchestrator, { ...nudge, reason: ' ' });
    history.isRefused('not-live', orchestrator, { ...nudge, dispatch: 2 });
    history.does(orchestrator, nudge);
    history.isRefused('nudge-waits', orchestrator, nudge);
    assert.equal(heardBy(history), `NUDGE 1: ${nudge.reason}`);
    history.does(worker(1), { type: 'ask', dispatch: 1, epoch: 1, packet: { ...asked, blocking: 'yes' } });
    history.isRefused('waits-for-answer', user, { ...nudge, anyway: true });
    const ended = atWork();
    ended.does({ seat: 'keeper' }, { type: 'note-ended', dispatch: 1, epoch: 1, exitCode: 1 });
    ended.isRefused('ended', user, { ...nudge, anyway: true });
  });

  it('P5: the question an agent may not settle goes to the Inbox, once, and is over when the user nudged', () => {
    const history = atWork();
    const refused = history.isRefused('contact-fresh', orchestrator, nudge);
    assert.match(refused.sentence, /in the user's Inbox/);
    history.isRefused('contact-fresh', orchestrator, nudge);
    const proposals = (): string[] =>
      inbox(history.state).flatMap(({ kind, title }) => (kind === 'proposal' ? [title] : []));
    assert.deepEqual(proposals(), ['Proposal: nudge web, at work on TODO 1 (“Add the first sluice”)']);
    history.does(user, { ...nudge, anyway: true });
    assert.deepEqual(proposals(), []);
  });

  it('P10: interrupts are counted for each worker and hour, and past the number the next one asks first', () => {
    const history = silent();
    history.workspace = { ...history.workspace, interruptsPerHour: 2 };
    const now = (): number => history.recorded.at(-1)?.at ?? 0;
    for (const count of [1, 2]) {
      history.does(orchestrator, nudge);
      heardBy(history);
      assert.equal(interruptsOf(history.state, 1, now()), count);
    }
    history.isRefused('interrupts-spent', orchestrator, nudge);
    history.isRefused('interrupts-spent', user, nudge);
    history.does(user, { ...nudge, anyway: true });
    heardBy(history);
    assert.equal(interruptsOf(history.state, 1, now()), 3);
    assert.equal(interruptsOf(history.state, 1, now() + 60 * minute), 0);
    assert.equal(interruptsOf(history.state, 2, now()), 0);
    history.does(orchestrator, { type: 'feedback', dispatch: 1, words: 'Well begun' });
    assert.equal(interruptsOf(history.state, 1, now()), 3, 'feedback interrupts nobody');
    history.does(user, { type: 'instruct', words: 'Stop' });
    assert.equal(interruptsOf(history.state, 1, now()), 4);
    const change = (scope: string) => ({ todo: 1, fate: 'changes', packet: { scope: [scope] } });
    const quotes = { instruction: 1, words: 'Stop' };
    history.does(user, { ...replan({ live: [change('src/a.ts')] }), quotes });
    assert.equal(interruptsOf(history.state, 1, now()), 4, 'who was stopped waits to hear how it goes on');
    history.does(orchestrator, replan({ live: [change('src/b.ts')] }));
    assert.equal(interruptsOf(history.state, 1, now()), 5, 'nobody waits for a replan change');
  });

  it('P10: feedback waits for the next contact and goes there together, in order, once', () => {
    const history = atWork();
    history.does(orchestrator, { type: 'feedback', dispatch: 1, words: 'The name is good.\nKeep it.' });
    history.does(user, { type: 'feedback', dispatch: 1, words: 'Mind the tests' });
    assert.equal(at(history.state.dispatches, 1)?.messages?.[0]?.heardAt, undefined);
    assert.equal(heardBy(history), 'FEEDBACK 1: The name is good.\n  Keep it.\nFEEDBACK 2: Mind the tests');
    assert.equal(heardBy(history), '');
    history.does(orchestrator, { type: 'feedback', dispatch: 1, words: 'And the docs' });
    assert.equal(heardBy(history), 'FEEDBACK 3: And the docs');
    history.isRefused('unknown-task', worker(2), { type: 'hear', dispatch: 1, epoch: 1 });
    history.isRefused('feedback-blank', user, { type: 'feedback', dispatch: 1, words: ' ' });
  });

  it('P10: what waits for one contact has an end', () => {
    const history = atWork();
    for (let n = 0; n < 50; n += 1)
      history.does(orchestrator, { type: 'feedback', dispatch: 1, words: `Remark ${n}` });
    history.isRefused('feedback-waits', user, { type: 'feedback', dispatch: 1, words: 'One more' });
    assert.equal(heardBy(history).split('\n').length, 50);
    history.does(user, { type: 'feedback', dispatch: 1, words: 'One more' });
  });

  it('P10: feedback that survives a rejection is heard in the next round, and in review it belongs to the verdict', () => {
    const history = atWork();
    history.does(user, { type: 'feedback', dispatch: 1, words: 'Mind the sill' });
    const result = { outcome: 'blocked', summary: 'It is stuck.', stillOpen: ['All of it'] };
    history.does(worker(1), {
      type: 'submit',
      dispatch: 1,
      epoch: 1,
      packet: { ...result, evidence: [], files: [], planAffected: 'no', earlierItems: [], bundle: [] },
    });
    history.isRefused('in-review', user, { type: 'feedback', dispatch: 1, words: 'One more' });
    history.isRefused('in-review', user, { ...nudge, anyway: true });
    history.does(user, { type: 'reject', result: 1, reason: 'Not yet', missing: 'the run', next: 'Run it' });
    const decision = history.ask(worker(1), { type: 'hear', dispatch: 1, epoch: 2 });
    assert.equal(!isRefused(decision) && decision.said, 'FEEDBACK 1: Mind the sill');
  });

  it('T6: neither feedback nor a nudge slips in what waits on the list', () => {
    const history = silent();
    const words = 'Please also add the other sluice while you are there';
    history.isRefused('gives-work', orchestrator, { type: 'feedback', dispatch: 1, words });
    history.isRefused('gives-work', user, { ...nudge, reason: words, anyway: true });
  });

  it('T8: momentum: neither slips in the work of a step that is not released', () => {
    const history = silent();
    const { task } = packet('Describe the second sluice');
    history.isRefused('next-step-work', orchestrator, {
      type: 'feedback',
      dispatch: 1,
      words: `${task}, then go on`,
    });
    history.isRefused('next-step-work', orchestrator, { ...nudge, reason: `Then ${task}` });
  });

  it('T2: none of it while an instruction stands', () => {
    const history = silent();
    history.does(user, { type: 'feedback', dispatch: 1, words: 'Mind the sill' });
    history.does(user, { type: 'instruct', words: 'Stop' });
    for (const type of ['no-op', 'nudge', 'feedback'] as const)
      assert.equal(history.stopped(orchestrator, { type }).code, 'instruction-stands');
    assert.equal(heardBy(history), 'instruction-stands');
    history.does(user, { type: 'carry-on', instruction: 1 });
    assert.equal(heardBy(history), 'FEEDBACK 1: Mind the sill');
  });
});
