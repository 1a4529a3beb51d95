import assert from 'node:assert/strict';
import type { Answer, QuestionDraft } from '../../../src/contract/packets.ts';
import { blockingOf, checkAnswer, checkQuestion } from '../../../src/core/questionForm.ts';

const options = ['Keep the old format', 'Write both formats'];
const whole: QuestionDraft = {
  question: 'Which format is written from now on?',
  context: 'Readers before 2.0 cannot read the new one.',
  files: ['src/write.ts:40'],
  options,
  recommended: 'Write both formats',
  blocking: true,
};

const fieldsOf = (draft: QuestionDraft): readonly string[] => {
  const checked = checkQuestion(draft);
  return 'flaws' in checked ? checked.flaws.map(({ field }) => field) : [];
};
const recommendedOf = (recommended: string, among: readonly string[] = options): string | undefined => {
  const checked = checkQuestion({ ...whole, options: [...among], recommended });
  return 'question' in checked ? checked.question.recommended : undefined;
};

describe('P6: questions', () => {
  it('P6: a complete question is taken, trimmed', () => {
    assert.deepEqual(checkQuestion({ ...whole, question: ` ${whole.question ?? ''}\r\n` }), {
      question: whole,
    });
  });

  it('P6: exactly the missing fields are named', () => {
    assert.deepEqual(fieldsOf({}), ['QUESTION', 'CONTEXT', 'FILES', 'OPTIONS', 'RECOMMENDED', 'BLOCKING']);
    const parts = ['question', 'context', 'files', 'options', 'recommended', 'blocking'] as const;
    for (const part of parts) {
      const draft = { ...whole };
      delete draft[part];
      assert.deepEqual(fieldsOf(draft), [part.toUpperCase()]);
    }
    assert.deepEqual(fieldsOf({ ...whole, question: ' \u200b', context: '\n' }), ['QUESTION', 'CONTEXT']);
  });

  it('P6: FILES may be empty where that is said, not blank', () => {
    for (const files of [[], ['none'], ['None.']]) {
      const checked = checkQuestion({ ...whole, files });
      assert.ok('question' in checked);
      assert.deepEqual(checked.question.files, []);
    }
    assert.deepEqual(fieldsOf({ ...whole, files: ['a.ts', ' '] }), ['FILES']);
  });

  it('P6: OPTIONS holds at least two different choices', () => {
    for (const few of [[], ['One'], ['One', ' '], ['One', 'one.'], ['One', '', 'ONE']]) {
      assert.deepEqual(fieldsOf({ ...whole, options: few, recommended: 'One' })[0], 'OPTIONS', few.join());
    }
    assert.deepEqual(fieldsOf({ ...whole, options: [...options, ' '] }), ['OPTIONS']);
  });

  it('P6: RECOMMENDED is one of the options, by words, number or letter', () => {
    for (const text of [
      'Write both formats',
      ' write BOTH formats. ',
      '2',
      'B',
      'b)',
      'option 2',
      'Option B',
      '#2',
      '2. Write both formats',
      'Option B: write both formats',
    ]) {
      assert.equal(recommendedOf(text), 'Write both formats', text);
    }
    for (const text of [
      '3',
      '0',
      'C',
      'both',
      'Write',
      '1. Write both formats',
      'whatever you like',
      '999',
    ]) {
      assert.equal(recommendedOf(text), undefined, text);
    }
    assert.deepEqual(fieldsOf({ ...whole, recommended: 'Ask somebody else' }), ['RECOMMENDED']);
  });

  it('P6: options that carry labels of their own are meant by those', () => {
    assert.equal(recommendedOf('A', ['B) JSON', 'A) YAML']), 'A) YAML');
    assert.equal(recommendedOf('yaml', ['A) JSON', 'B) YAML']), 'B) YAML');
    assert.equal(recommendedOf('1', ['2', '1']), '1');
    assert.equal(recommendedOf('2', ['e-mail', 'text message']), 'text message');
  });

  it('P6: BLOCKING is yes or no in the words people use', () => {
    const said: readonly (readonly [string, boolean])[] = [
      ['yes', true],
      ['Yes.', true],
      ['TRUE', true],
      ['blocking', true],
      ['no', false],
      ['No', false],
      ['false', false],
      ['non-blocking', false],
      ['not blocking', false],
      ['no, I go on with the tests', false],
      ['yes: nothing else is left', true],
    ];
    for (const [text, expected] of said) {
      const checked = checkQuestion({ ...whole, blocking: text });
      assert.ok('question' in checked, text);
      assert.equal(checked.question.blocking, expected, text);
    }
    for (const text of ['', 'maybe', 'yes and no', 'no, well, yes', 'later']) {
      assert.deepEqual(fieldsOf({ ...whole, blocking: text }), ['BLOCKING'], text);
    }
  });

  it('P6: an incomplete question blocks unless it clearly says no', () => {
    assert.equal(blockingOf({}), true);
    assert.equal(blockingOf({ blocking: 'perhaps' }), true);
    assert.equal(blockingOf({ blocking: 'No.' }), false);
    assert.equal(blockingOf({ blocking: false }), false);
  });
});

describe('P6: answers', () => {
  const answer: Answer = {
    chosen: 'Keep the old format',
    rationale: 'Old readers.',
    constraints: 'none',
    nextStep: 'Go on.',
  };

  it('P6: an answer has four parts, and constraints may be none where that is written', () => {
    assert.deepEqual(checkAnswer(answer, options), { answer });
    const empty = checkAnswer({}, options);
    assert.ok('flaws' in empty);
    assert.deepEqual(
      empty.flaws.map(({ field }) => field),
      ['CHOSEN', 'RATIONALE', 'CONSTRAINTS', 'NEXT-STEP'],
    );
    const blank = checkAnswer({ ...answer, constraints: ' ' }, options);
    assert.ok('flaws' in blank && blank.flaws[0]?.better === 'none');
  });

  it('P6: the choice is an option, or none of these with words', () => {
    const chosenOf = (chosen: string, among: readonly string[] = options): string | undefined => {
      const checked = checkAnswer({ ...answer, chosen }, among);
      return 'answer' in checked ? checked.answer.chosen : undefined;
    };
    assert.equal(chosenOf('2'), 'Write both formats');
    assert.equal(chosenOf('None of these: write XML'), 'None of these: write XML');
    assert.equal(chosenOf('none of these, write XML'), 'none of these, write XML');
    for (const text of ['None of these', 'None of these: ', 'None of these …', 'Write XML', '3'])
      assert.equal(chosenOf(text), undefined, text);
    assert.equal(chosenOf('None of these: write XML', []), 'None of these: write XML');
  });

  it('P6: the better form of a choice that is no option is taken', () => {
    for (const chosen of ['Write XML', '', 'None of these']) {
      const checked = checkAnswer({ ...answer, chosen }, options);
      assert.ok('flaws' in checked);
      assert.ok(
        'answer' in checkAnswer({ ...answer, chosen: checked.flaws[0]?.better ?? '' }, options),
        chosen,
      );
    }
  });
});
