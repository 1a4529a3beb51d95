import assert from 'node:assert/strict';
import type { QuestionDraft } from '../../../src/contract/packets.ts';
import { isRefused } from '../../../src/core/decision.ts';
import { decisions } from '../../../src/core/views/decisions.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { at } from '../../../src/core/table.ts';
import { answer, asked, judged, nothing } from './drafts.ts';
import { dispatched, released } from './given.ts';
import { orchestrator, user, worker, type History } from './history.ts';

const { options: _, ...incomplete } = asked;
const thin = [{ field: 'CONTEXT', words: '', why: 'It does not say where', better: 'In src/gate.js:3 …' }];

function working(): History {
  const history = released('Add the first sluice', 'Add the other sluice');
  dispatched(history);
  return history;
}

const ask = (packet: QuestionDraft, revises?: number) =>
  ({ type: 'ask', dispatch: 1, epoch: 1, packet, ...(revises === undefined ? {} : { revises }) }) as const;
const standing = (history: History, n = 1) => at(history.state.questions, n)?.state;

describe('questions', () => {
  it('P6: a complete one is before the orchestrator, and its answer has four parts', () => {
    const history = working();
    assert.deepEqual(history.does(worker(1), ask(asked)), { question: 1 });
    const { flaws } = history.isRefused('answer-incomplete', user, {
      type: 'answer',
      question: 1,
      answer: {},
    });
    assert.deepEqual(
      flaws?.map(({ field }) => field),
      ['CHOSEN', 'RATIONALE', 'CONSTRAINTS', 'NEXT-STEP'],
    );
    history.isRefused('answer-incomplete', user, {
      type: 'answer',
      question: 1,
      answer: { ...answer, chosen: 'a third' },
    });
    history.does(orchestrator, { type: 'answer', question: 1, answer });
    assert.deepEqual(
      [standing(history), at(history.state.questions, 1)?.answeredBy],
      ['answered', 'orchestrator'],
    );
    history.isRefused('question-not-open', orchestrator, { type: 'answer', question: 1, answer });
  });

  it('P6: none of these, with words, is an answer', () => {
    const history = working();
    history.does(worker(1), ask(asked));
    const chosen = 'None of these: call it lock';
    history.does(user, { type: 'answer', question: 1, answer: { ...answer, chosen } });
    assert.equal(at(history.state.questions, 1)?.answer?.chosen, chosen);
  });

  it('P6: an incomplete one is sent back once, by the core, with the exact missing fields', () => {
    const history = working();
    const refusal = history.isRefused('question-incomplete', worker(1), ask(incomplete));
    assert.deepEqual(
      refusal.flaws?.map(({ field }) => field),
      ['OPTIONS'],
    );
    assert.match(refusal.next, /revises: 1/);
    assert.equal(standing(history), 'returned');
    assert.deepEqual(inbox(history.state), []);
    history.does(worker(1), ask({ options: ['sluice', 'gate'] }, 1));
    assert.equal(standing(history), 'open');
    history.isRefused('already-returned', user, { type: 'return-question', question: 1, missing: thin });
  });

  it('P6: a second incomplete packet reaches the orchestrator, marked so', () => {
    const history = working();
    history.ask(worker(1), ask(incomplete));
    history.does(worker(1), ask({ options: ['one'] }, 1));
    assert.equal(standing(history), 'open');
    assert.match(inbox(history.state)[0]?.detail ?? '', /incomplete/);
    history.isRefused('already-returned', orchestrator, {
      type: 'return-question',
      question: 1,
      missing: thin,
    });
    history.does(user, { type: 'answer', question: 1, answer: { ...answer, chosen: 'None of these: gate' } });
  });

  it('P6: the orchestrator’s return is the one return, and names what is missing', () => {
    const history = working();
    history.does(worker(1), ask(asked));
    history.isRefused('return-names-nothing', user, { type: 'return-question', question: 1, missing: [] });
    history.does(orchestrator, { type: 'return-question', question: 1, missing: thin });
    history.isRefused('question-not-open', user, { type: 'return-question', question: 1, missing: thin });
    history.does(worker(1), ask({ context: 'In src/gate.js:3 both stand.' }, 1));
    history.isRefused('already-returned', user, { type: 'return-question', question: 1, missing: thin });
  });

  it('P6: only what was sent back is revised', () => {
    const history = working();
    history.isRefused('not-returned', worker(1), ask(asked, 1));
    history.does(worker(1), ask(asked));
    history.isRefused('not-returned', worker(1), ask(asked, 1));
  });

  it('P6: one that was returned can be answered without its revision', () => {
    const history = working();
    history.ask(worker(1), ask(incomplete));
    history.does(user, { type: 'answer', question: 1, answer: { ...answer, chosen: 'None of these: gate' } });
    history.isRefused('not-returned', worker(1), ask({ options: ['a', 'b'] }, 1));
  });

  it('P6: with a blocking question open no result is taken but blocked', () => {
    const history = working();
    history.does(worker(1), ask(asked));
    const submit = (packet: object) => ({ type: 'submit', dispatch: 1, epoch: 1, packet }) as const;
    assert.match(history.isRefused('question-open', worker(1), submit(nothing())).next, /question 1/);
    history.does(
      worker(1),
      submit(nothing({ outcome: 'blocked', stillOpen: ['Which name?'], evidence: [] })),
    );
    history.isRefused('objective-unmet', user, { type: 'approve', result: 1, judged });
    history.does(user, { type: 'reject', result: 1, reason: 'Answered', missing: 'the work', next: 'Go on' });
    assert.equal(standing(history), 'open');
  });

  it('P11: no question hides: returned ones are moot when their work is over, and none goes back to nobody', () => {
    const history = working();
    const task = { dispatch: 1, epoch: 1 };
    history.ask(worker(1), ask({ ...incomplete, blocking: 'no' }));
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    assert.equal(standing(history), 'moot');
    history.ask(worker(1), ask({ ...incomplete, blocking: 'no' }));
    history.does(worker(1), ask({ ...asked, blocking: 'no' }, 2));
    history.ask(worker(1), ask({ ...incomplete, blocking: 'no' }));
    history.does(user, { type: 'approve', result: 1, judged });
    assert.deepEqual([standing(history, 2), standing(history, 3)], ['open', 'moot']);
    history.isRefused('asker-gone', user, { type: 'return-question', question: 2, missing: thin });
    assert.deepEqual(history.state.asked, [2]);
  });

  it('P6: another worker’s question is nobody’s to revise', () => {
    const history = working();
    history.ask(worker(1), ask(incomplete));
    assert.ok(isRefused(history.ask(worker(2), ask(asked, 1))));
    history.isRefused('unknown-task', worker(2), ask(asked, 1));
  });

  it('P6: an agent’s answer is replaced by the user’s as long as its worker has not heard it', () => {
    const history = working();
    history.does(worker(1), ask(asked));
    history.does(orchestrator, { type: 'answer', question: 1, answer });
    const mine = { ...answer, chosen: 'None of these: call it lock' };
    history.does(user, { type: 'answer', question: 1, answer: mine });
    const question = () => at(history.state.questions, 1);
    assert.deepEqual([question()?.answer?.chosen, question()?.answeredBy], [mine.chosen, 'user']);
    // The user's own word stands.
    for (const actor of [user, orchestrator])
      history.isRefused('question-not-open', actor, { type: 'answer', question: 1, answer });
    history.does(worker(1), { type: 'hear-answer', question: 1 });
    history.does(worker(1), ask(asked));
    history.does(orchestrator, { type: 'answer', question: 2, answer });
    history.isRefused('question-not-open', worker(2), { type: 'hear-answer', question: 2 });
    history.does(worker(1), { type: 'hear-answer', question: 2 });
    const { next } = history.isRefused('answer-heard', user, { type: 'answer', question: 2, answer: mine });
    assert.match(next, /Instruct/);
    history.does(user, { type: 'instruct', words: 'Call it lock' });
  });

  it('P6: one that blocks is the user’s first where that is set, until it is left to the agent that leads', () => {
    const history = working();
    history.workspace = { ...history.workspace, usersFirst: true };
    history.does(worker(1), ask({ ...asked, blocking: false }));
    history.does(orchestrator, { type: 'answer', question: 1, answer });
    history.does(worker(1), ask(asked));
    history.isRefused('users-first', orchestrator, { type: 'answer', question: 2, answer });
    history.isRefused('users-first', orchestrator, { type: 'return-question', question: 2, missing: thin });
    history.isRefused('user-only', orchestrator, { type: 'leave-question', question: 2 });
    assert.match(inbox(history.state)[0]?.detail ?? '', /yours first/);
    // What was asked meanwhile stays the user's.
    history.workspace = { ...history.workspace, usersFirst: false };
    history.isRefused('users-first', orchestrator, { type: 'answer', question: 2, answer });
    history.does(user, { type: 'leave-question', question: 2 });
    history.isRefused('not-yours-first', user, { type: 'leave-question', question: 2 });
    history.does(orchestrator, { type: 'answer', question: 2, answer });
    history.isRefused('question-not-open', user, { type: 'leave-question', question: 2 });
    history.does(worker(1), ask(asked));
    history.does(user, { type: 'answer', question: 3, answer });
  });

  it('P6: a blocking question that is completed is the user’s first too', () => {
    const history = working();
    history.workspace = { ...history.workspace, usersFirst: true };
    history.isRefused('question-incomplete', worker(1), ask(incomplete));
    history.does(worker(1), ask(asked, 1));
    history.isRefused('users-first', orchestrator, { type: 'answer', question: 1, answer });
  });

  it('keeps what the agent in the seat decided, as long as it stands as its word', () => {
    const history = working();
    const told = () => decisions(history.state).map(({ what, n }) => `${what} ${n}`);
    assert.deepEqual(told(), ['dispatched 1', 'step-released 1']);
    history.does(worker(1), ask(asked));
    history.does(orchestrator, { type: 'answer', question: 1, answer });
    history.does(worker(1), { type: 'submit', dispatch: 1, epoch: 1, packet: nothing() });
    history.does(orchestrator, { type: 'approve', result: 1, judged });
    history.does(orchestrator, { type: 'dispatch', worker: 1 });
    assert.deepEqual(told(), ['dispatched 2', 'approved 1', 'answered 1', 'step-released 1']);
    history.does(user, { type: 'answer', question: 1, answer });
    history.does(user, { type: 'undo-approval', result: 1, reason: 'It leaks' });
    history.does(user, { type: 'withdraw', dispatch: 2, reason: 'Another first' });
    assert.deepEqual(told(), ['step-released 1']);
  });
});
