import assert from 'node:assert/strict';
import type { Actor } from '../../../src/contract/actor.ts';
import { isRefused } from '../../../src/core/decision.ts';
import { evolveAll } from '../../../src/core/evolution.ts';
import { initial } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';
import { handedPacket, sentTo } from '../../../src/core/views/handed.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { nextAction } from '../../../src/core/views/nextAction.ts';
import { openQuestions, questionCard } from '../../../src/core/views/questionCards.ts';
import { resultDocument } from '../../../src/core/views/resultDocument.ts';
import { hasCallers } from '../../../src/core/worker.ts';
import { parseHanded } from '../../../src/contract/text/packetParse.ts';
import { parseWorkerText } from '../../../src/contract/text/workerText.ts';
import { addWorker, answer, asked, judged, item, nothing, packet, tooThin, two } from './drafts.ts';
import { reconcile } from './given.ts';
import { History, orchestrator, user, worker } from './history.ts';

const entered = (n: number): Actor => ({ seat: 'worker', worker: n, enteredBy: 'user' });
const byHand = (name: string, role: string, where = 'elsewhere') => ({
  type: 'add-worker' as const,
  name,
  role,
  runs: { kind: 'by-hand', where },
});

/** Worker 1 (carver, code) works by hand, worker 2 (web, code) over its connection; the step is released. */
function released(...tasks: readonly string[]): History {
  const history = new History();
  history.does(user, { type: 'start', objective: 'A gate that closes', constraints: [] });
  history.does(user, byHand('carver', 'code'));
  history.does(user, addWorker('web', 'code'));
  history.does(user, {
    type: 'add-step',
    title: 'Build',
    role: 'code',
    tasks: tasks.map((task) => packet(task)),
  });
  history.does(orchestrator, { type: 'release' });
  return history;
}

function sent(history: History, n = 1): { dispatch: number; epoch: number } {
  const { dispatch = 0 } = history.does(orchestrator, { type: 'dispatch', worker: n });
  return { dispatch, epoch: 1 };
}

describe('a worker that works by hand', () => {
  it('has no token, and can be given none', () => {
    const history = new History();
    history.isRefused('by-hand', user, {
      ...addWorker('carver', 'code'),
      runs: { kind: 'by-hand', where: 'here' },
    });
    history.isRefused('worker-tokenless', user, { ...byHand('carver', 'code'), runs: { kind: 'rehearsal' } });
    history.does(user, byHand('carver', 'code', 'here'));
    assert.deepEqual(at(history.state.workers, 1)?.runs, { kind: 'by-hand', where: 'here' });
    history.isRefused('by-hand', user, {
      type: 'renew-token',
      worker: 1,
      tokenHash: 'f'.repeat(64),
      expires: 9e12,
    });
  });

  it('alone needs nobody who answers calls', () => {
    const history = new History();
    history.does(user, byHand('carver', 'code'));
    assert.equal(hasCallers(history.state), false);
    history.does(user, addWorker('web', 'code'));
    assert.equal(hasCallers(history.state), true);
    history.does(user, { type: 'remove-worker', worker: 2, reason: 'Done' });
    assert.equal(hasCallers(history.state), false);
    history.does(user, { type: 'lend-seat', tokenHash: 'a'.repeat(64), expires: 9e12 });
    assert.equal(hasCallers(history.state), true);
  });

  it('P10: is never silent and never ends without a result: nobody hears it', () => {
    const history = released(...two);
    const { dispatch } = sent(history);
    const keeper: Actor = { seat: 'keeper' };
    history.does(keeper, { type: 'note-silent', dispatch, lastContact: 1 });
    history.does(keeper, { type: 'note-ended', dispatch, epoch: 1, exitCode: 0 });
    assert.equal(at(history.state.dispatches, dispatch)?.silentSince, undefined);
    assert.equal(at(history.state.dispatches, dispatch)?.ended, undefined);
  });

  it('P2: what is next is to paste what it sends', () => {
    const history = released(...two);
    const { dispatch } = sent(history);
    assert.deepEqual(nextAction(history.state), {
      kind: 'by-hand',
      n: dispatch,
      sentence: 'Paste what carver sends for TODO 1',
    });
  });
});

describe('what the user enters for it', () => {
  it('T3: is the worker’s act in every way, and stands in the record as entered by the user', () => {
    const history = released(...two);
    const task = sent(history);
    history.does(entered(1), { type: 'acknowledge', ...task });
    history.does(entered(1), { type: 'progress', ...task, text: 'Half of it' });
    history.does(entered(1), { type: 'ask', ...task, packet: asked });
    assert.match(inbox(history.state)[0]?.detail ?? '', /carver, blocking, entered by user/);
    const [open] = openQuestions(history.state);
    assert.ok(open);
    assert.equal(questionCard(history.state, open).worker, 'carver, entered by user');
    history.does(user, { type: 'answer', question: 1, answer });
    history.does(entered(1), { type: 'submit', ...task, packet: nothing({ stillOpen: [item] }) });
    assert.deepEqual(new Set(history.recorded.slice(-6).map(({ actor }) => actor)), new Set(['user']));
    assert.deepEqual(at(history.state.dispatches, 1)?.progress?.enteredBy, 'user');
    assert.match(resultDocument(history.state, 1), /Worker: carver, entered by user/);
    assert.match(inbox(history.state)[0]?.detail ?? '', /entered by user/);
  });

  it('T4: a result entered by hand lists its items in the same transaction, and the gate says reconcile', () => {
    const history = released(...two);
    const task = sent(history);
    const before = history.state.seq;
    history.does(entered(1), { type: 'submit', ...task, packet: nothing({ stillOpen: [item] }) });
    const types = history.events.slice(before).map(({ type }) => type);
    assert.deepEqual(types, ['acknowledged', 'resulted', 'todo-added']);
    assert.deepEqual(history.state.list, [1, 3, 2]);
    assert.deepEqual(at(history.state.todos, 3)?.sources, [{ result: 1, item: 1, worker: 1, words: item }]);
    history.does(orchestrator, { type: 'approve', result: 1, judged });
    history.isRefused('unreconciled', orchestrator, { type: 'dispatch', worker: 2 });
  });

  it('T6: the next worker’s CONTEXT says what was entered by the user', () => {
    const history = released(...two);
    const task = sent(history);
    history.does(entered(1), { type: 'ask', ...task, packet: asked });
    history.does(user, { type: 'answer', question: 1, answer });
    history.does(entered(1), { type: 'submit', ...task, packet: nothing({ stillOpen: [item] }) });
    history.does(orchestrator, { type: 'approve', result: 1, judged });
    reconcile(history, 3);
    const { dispatch } = sent(history, 2);
    const context = at(history.state.dispatches, dispatch)?.context ?? '';
    assert.match(context, /\(carver, result 1, entered by user\)/);
    assert.match(context, /TODO 1, entered by user: The change is in/);
    assert.match(context, /“Which of the two names\?”, entered by user: gate/);
  });

  it('T4: an incomplete result goes back with the exact fields, and nothing is stored', () => {
    const history = released(...two);
    const task = sent(history);
    const refused = history.isRefused('result-incomplete', entered(1), {
      type: 'submit',
      ...task,
      packet: { outcome: 'done', evidence: [{ doneWhen: 1, shows: 'npm test: 3 passing' }] },
    });
    assert.deepEqual(
      refused.flaws?.map(({ field }) => field),
      ['SUMMARY', 'FILES', 'PLAN-AFFECTED', 'STILL-OPEN'],
    );
    assert.doesNotMatch(`${refused.sentence} ${refused.next}`, /submit_result|get_task/);
    assert.equal(history.state.results.size, 0);
  });

  it('P6: an incomplete question goes back once, with words for whoever carries it', () => {
    const history = released(...two);
    const task = sent(history);
    const { options: _, ...incomplete } = asked;
    const refused = history.isRefused('question-incomplete', entered(1), {
      type: 'ask',
      ...task,
      packet: incomplete,
    });
    assert.match(refused.next, /Copy Answer/);
    const question = at(history.state.questions, 1);
    assert.ok(question);
    assert.match(
      sentTo(history.state, question) ?? '',
      /RETURNED:\nTO-QUESTION: 1\nFOR-TASK: 1\.1\nMISSING:\n- FIELD: OPTIONS/,
    );
    history.does(entered(1), { type: 'ask', ...task, packet: { options: ['sluice'] } });
    assert.equal(at(history.state.questions, 1)?.state, 'open');
    assert.ok((at(history.state.questions, 1)?.missing.length ?? 0) > 0, 'marked incomplete');
  });

  it('T1: the orchestrator’s seat enters nothing for a worker, nor does the user as itself', () => {
    const history = released(...two);
    const task = sent(history);
    for (const seat of [orchestrator, user]) {
      const code = 'not-the-orchestrators';
      history.isRefused(code, seat, { type: 'acknowledge', ...task });
      history.isRefused(code, seat, { type: 'progress', ...task, text: 'x' });
      history.isRefused(code, seat, { type: 'ask', ...task, packet: asked });
      history.isRefused(code, seat, { type: 'submit', ...task, packet: nothing() });
    }
  });

  it('T1: nothing is entered for a worker that reports over its own connection, and nobody calls as one by hand', () => {
    const history = released(...two);
    const task = sent(history, 2);
    for (const type of ['acknowledge', 'submit'] as const) {
      const act = { type, ...task, packet: nothing() };
      const refused = history.isRefused('not-by-hand', entered(2), act);
      assert.match(refused.sentence, /web does not work by hand/);
      history.isRefused('not-by-hand', worker(1), act);
    }
    history.does(worker(2), { type: 'submit', ...task, packet: nothing() });
    assert.equal(at(history.state.results, 1)?.enteredBy, undefined);
  });

  it('T8: nothing gets in for another worker’s, an unknown or a closed task', () => {
    const history = released(...two);
    history.does(user, byHand('painter', 'code'));
    const task = sent(history);
    history.isRefused('unknown-task', entered(3), { type: 'submit', ...task, packet: nothing() });
    history.isRefused('unknown-task', entered(1), {
      type: 'submit',
      dispatch: 9,
      epoch: 1,
      packet: nothing(),
    });
    history.isRefused('unknown-task', entered(1), {
      type: 'submit',
      dispatch: 1,
      epoch: 7,
      packet: nothing(),
    });
    history.does(orchestrator, { type: 'withdraw', dispatch: 1, reason: 'It takes too long' });
    history.isRefused('task-over', entered(1), { type: 'progress', ...task, text: 'Half' });
    history.isRefused('task-over', entered(1), { type: 'ask', ...task, packet: asked });
  });

  it('T8: a result of an old epoch is late, as for any worker', () => {
    const history = released(...two);
    const task = sent(history);
    history.does(entered(1), { type: 'submit', ...task, packet: nothing() });
    history.does(user, { type: 'reject', result: 1, ...tooThin });
    const before = history.state.list;
    history.does(entered(1), { type: 'submit', ...task, packet: nothing({ stillOpen: [item] }) });
    assert.equal(at(history.state.results, 2)?.state, 'late');
    assert.deepEqual(history.state.list, before);
    assert.match(inbox(history.state).find(({ kind }) => kind === 'late')?.detail ?? '', /entered by user/);
  });

  it('a history is the same when it is read again, and one from before reads as entered by nobody', () => {
    const history = released(...two);
    const task = sent(history);
    history.does(entered(1), { type: 'submit', ...task, packet: nothing() });
    let again = initial;
    for (const { event, ...by } of history.recorded) again = evolveAll(again, [event], by);
    assert.deepEqual(again, history.state);
    const other = released(...two);
    const decision = other.ask(worker(2), { type: 'submit', ...sent(other, 2), packet: nothing() });
    assert.ok(!isRefused(decision));
    assert.equal('enteredBy' in (at(other.state.results, 1) ?? {}), false);
  });
});

describe('what is handed to a worker that works by hand', () => {
  it('T6: the six fields, the CONTEXT, what came back, and the forms, as text that reads again', () => {
    const history = released(...two);
    const task = sent(history);
    history.does(entered(1), { type: 'ask', ...task, packet: asked });
    history.does(user, { type: 'answer', question: 1, answer });
    history.does(entered(1), { type: 'submit', ...task, packet: nothing({ stillOpen: [item] }) });
    history.does(user, { type: 'reject', result: 1, ...tooThin });
    const dispatch = at(history.state.dispatches, 1);
    assert.ok(dispatch);
    const text = handedPacket(history.state, dispatch);
    const parsed = parseHanded(text);
    assert.equal(parsed.task, '1.2');
    assert.deepEqual(parsed.packet, dispatch.packet);
    for (const part of [
      'OBJECTIVE: A gate that closes',
      'REJECTED:\nFOR-TASK: 1.2\nREASON: Thin\nMISSING: the run\nNEXT: Run it',
      `- TODO 3: ${item}`,
      'ANSWER:\nTO-QUESTION: 1\nFOR-TASK: 1.2\nCHOSEN: gate',
      'EVIDENCE:\n- DONE-WHEN 1: ',
      'EARLIER-ITEMS:\n- TODO 3: ',
    ]) {
      assert.ok(text.includes(part), `${part}\n---\n${text}`);
    }
    assert.equal(parseWorkerText(text), undefined, 'the packet itself is nothing that a worker sent');
  });
});
