import assert from 'node:assert/strict';
import type { Choice } from '../../../../src/contract/panelMessages.ts';
import { openQuestions, questionCard } from '../../../../src/core/views/questionCards.ts';
import { actOf, refusedOutcome, stamped } from '../../../../src/editor/questions/panelActs.ts';
import { dispatched, released } from '../../core/given.ts';
import { user, worker, type History } from '../../core/history.ts';

const packet = {
  question: 'Which?',
  context: 'Two ways.',
  files: [],
  options: ['keep \u200bit', 'drop it'],
  recommended: '2',
  blocking: true,
};

function asked(): History {
  const history = released('Write the gate');
  history.does(worker(1), { type: 'ask', ...dispatched(history), packet });
  return history;
}

function stamp(history: History): string {
  const [question] = openQuestions(history.state);
  assert.ok(question);
  return stamped(questionCard(history.state, question)).stamp;
}

const words = { rationale: 'It is shorter.', constraints: 'none', nextStep: 'Go on with the TASK.' };
const answer = (stampShown: string, choice: Choice) =>
  ({ type: 'answer', id: 'i', question: 1, stamp: stampShown, choice, ...words }) as const;

describe('what the question panel asks for', () => {
  it('P6: an option goes to the core word for word, hidden characters and all', () => {
    const history = asked();
    const act = actOf(answer(stamp(history), { kind: 'option', option: 0 }), history.state);
    assert.deepEqual(act, { type: 'answer', question: 1, answer: { chosen: 'keep \u200bit', ...words } });
    history.does(user, act as never);
    assert.equal(history.last('answered').answer.chosen, 'keep \u200bit');
  });

  it('P6: "None of these" carries its words', () => {
    const history = asked();
    const act = actOf(answer(stamp(history), { kind: 'none', words: 'ask the harbour' }), history.state);
    history.does(user, act as never);
    assert.equal(history.last('answered').answer.chosen, 'None of these: ask the harbour');
  });

  it('P6: no choice, and "None of these" without words, are refused at the field', () => {
    const history = asked();
    for (const choice of [
      { kind: 'nothing' },
      { kind: 'option', option: 7 },
      { kind: 'none', words: ' ' },
    ] as const) {
      const refusal = history.isRefused(
        'answer-incomplete',
        user,
        actOf(answer(stamp(history), choice), history.state) as never,
      );
      const outcome = refusedOutcome('i', refusal);
      assert.ok(!outcome.ok);
      assert.deepEqual(
        outcome.flaws.map(({ field }) => field),
        ['CHOSEN'],
      );
    }
  });

  it('P6: a return names the exact fields, with the person’s sentence or the rule’s own', () => {
    const history = asked();
    const back = (sentence: string) =>
      actOf(
        {
          type: 'return',
          id: 'i',
          question: 1,
          stamp: stamp(history),
          fields: ['FILES', 'CONTEXT'],
          sentence,
        },
        history.state,
      );
    const own = back('Which sensor?');
    assert.ok(!('code' in own) && own.type === 'return-question');
    assert.deepEqual(
      own.missing.map(({ field, why }) => [field, why]),
      [
        ['CONTEXT', 'Which sensor?'],
        ['FILES', 'Which sensor?'],
      ],
    );
    const silent = back('  ');
    assert.ok(!('code' in silent) && silent.type === 'return-question');
    assert.match(silent.missing[0]?.why ?? '', /CONTEXT is missing/);
    history.does(user, silent);
    history.isRefused('question-not-open', user, silent);
  });

  it('an answer to what was not shown is refused: the question changed, or is gone', () => {
    const history = asked();
    const before = stamp(history);
    const missing = [{ field: 'CONTEXT', words: '', why: 'Say more.', better: '' }];
    history.does(user, { type: 'return-question', question: 1, missing });
    const message = answer(before, { kind: 'option', option: 1 });
    const gone = actOf(message, history.state);
    assert.ok('code' in gone);
    assert.equal(gone.code, 'question-not-open');
    history.does(worker(1), {
      type: 'ask',
      dispatch: 1,
      epoch: 1,
      packet: { options: ['drop it', 'keep it'] },
    });
    const changed = actOf(message, history.state);
    assert.ok('code' in changed);
    assert.equal(changed.code, 'question-changed');
    const again = actOf(answer(stamp(history), { kind: 'option', option: 1 }), history.state);
    history.does(user, again as never);
    assert.equal(history.last('answered').answer.chosen, 'keep it');
  });
});
