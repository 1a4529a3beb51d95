import assert from 'node:assert/strict';
import { questionCard as shape } from '../../../../src/contract/panelMessages.ts';
import type { QuestionDraft } from '../../../../src/contract/packets.ts';
import { awaitedQuestions, openQuestions, questionCard } from '../../../../src/core/views/questionCards.ts';
import type { State } from '../../../../src/core/state.ts';
import { dispatched, released } from '../given.ts';
import { orchestrator, worker, type History } from '../history.ts';

const whole = {
  question: 'Which level closes the gate?',
  context: 'Both sensors are read.',
  files: ['src/gate.js:12'],
  options: ['A) the upper', 'B) the lower'],
  recommended: 'b',
  blocking: true,
} satisfies QuestionDraft;

const questionCards = (state: State) => ({
  open: openQuestions(state).map((question) => questionCard(state, question)),
  awaited: awaitedQuestions(state),
});

function asking(...drafts: readonly QuestionDraft[]): History {
  const history = released('Write the gate');
  const task = dispatched(history);
  for (const packet of drafts) history.ask(worker(1), { type: 'ask', ...task, packet });
  return history;
}

const revise = (history: History, packet: QuestionDraft): void => {
  history.does(worker(1), { type: 'ask', dispatch: 1, epoch: 1, packet, revises: 1 });
};

const only = (history: History) => {
  const { open } = questionCards(history.state);
  assert.equal(open.length, 1);
  const [card] = open;
  assert.ok(card);
  return card;
};

describe('the cards of open questions', () => {
  it('P6: hold the six fields, the worker, the TODO and since when', () => {
    const card = only(asking(whole));
    assert.equal(card.question, whole.question);
    assert.equal(card.context, whole.context);
    assert.deepEqual(card.files, whole.files);
    assert.deepEqual(card.options, whole.options);
    assert.deepEqual(card.recommended, { option: 1, words: 'B) the lower' });
    assert.deepEqual(card.blocking, { yes: true, words: '' });
    assert.equal(card.worker, 'web');
    assert.deepEqual(card.work, ['TODO 1: Write the gate']);
    assert.ok(card.at > 0);
    assert.equal(card.key, `1@${card.at}`);
    assert.deepEqual(shape.parse(card), card);
  });

  it('P6: come oldest blocking first, the others last', () => {
    const soft = { ...whole, blocking: false };
    const { open } = questionCards(asking(soft, whole, soft, whole).state);
    assert.deepEqual(
      open.map(({ n }) => n),
      [2, 4, 1, 3],
    );
  });

  it('P6: one that is incomplete after its return says what it lacks, and cannot go back again', () => {
    const history = asking({
      question: 'Which?',
      options: ['one', 'two'],
      recommended: 'three',
      blocking: 'perhaps',
    });
    assert.deepEqual(questionCards(history.state).open, []);
    const [awaited] = questionCards(history.state).awaited;
    assert.deepEqual([awaited?.n, awaited?.worker], [1, 'web']);
    revise(history, { context: 'Here.' });
    const card = only(history);
    assert.deepEqual(
      card.missing.map(({ field }) => field),
      ['FILES', 'RECOMMENDED', 'BLOCKING'],
    );
    assert.match(card.noReturn ?? '', /sent back once by Lockkeeper/);
    assert.deepEqual(card.recommended, { words: 'three' });
    assert.deepEqual(card.blocking, { yes: true, words: 'perhaps' });
    assert.deepEqual(card.files, []);
    assert.deepEqual(shape.parse(card), card);
  });

  it('P6: a complete one can be sent back, by the orchestrator once', () => {
    const history = asking(whole);
    assert.equal(only(history).noReturn, undefined);
    const missing = [{ field: 'CONTEXT', words: '', why: 'Say which sensor.', better: '' }];
    history.does(orchestrator, { type: 'return-question', question: 1, missing });
    revise(history, { context: 'The upper sensor.' });
    assert.match(only(history).noReturn ?? '', /by the orchestrator/);
    assert.deepEqual(only(history).missing, []);
  });

  it('are gone when the question is answered', () => {
    const history = asking(whole);
    const answer = { chosen: 'B', rationale: 'It is allowed.', constraints: 'none', nextStep: 'Go on.' };
    history.does(orchestrator, { type: 'answer', question: 1, answer });
    assert.deepEqual(questionCards(history.state), { open: [], awaited: [] });
  });

  it('show hidden characters as escapes and say that they do', () => {
    const card = only(
      asking({ ...whole, options: ['keep \u202eevil', 'zero\u200bwidth'], recommended: '2' }),
    );
    assert.deepEqual(card.options, ['keep \\u{202e}evil', 'zero\\u{200b}width']);
    assert.deepEqual(card.recommended, { option: 1, words: 'zero\\u{200b}width' });
    assert.equal(card.hides, true);
    assert.equal(only(asking(whole)).hides, false);
  });

  it('count blank lines that would push the end out of sight', () => {
    const { context } = only(
      asking({ ...whole, context: `start${'\n \t'.repeat(5_001)}\nthe sentence that matters` }),
    );
    assert.equal(context, 'start\n\n⋯ 5001 blank lines ⋯\n\nthe sentence that matters');
    assert.equal(only(asking({ ...whole, context: 'a\n\n\n\nb' })).context, 'a\n\n\n\nb');
  });
});
