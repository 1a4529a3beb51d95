import assert from 'node:assert/strict';
import { checkResult } from '../../../src/core/resultForm.ts';
import { fieldsOf, flawsOf, one, resultOf, whole } from './resultFlaws.ts';

describe('T4: what is still open', () => {
  it('T4: the word Nothing is read however it is dressed', () => {
    for (const said of [
      'Nothing',
      'nothing',
      ' NOTHING. ',
      '"Nothing"',
      '**Nothing**',
      '“Nothing.”',
      '- Nothing',
      'What is still open: Nothing',
    ]) {
      assert.deepEqual(resultOf({ stillOpen: said }).open, [], said);
      assert.deepEqual(resultOf({ stillOpen: [said] }).open, [], said);
    }
  });

  it('T4: whatever is neither Nothing nor a list goes back and says what to write', () => {
    for (const said of [
      '',
      ' ',
      'none',
      'None.',
      'n/a',
      'N/A',
      '-',
      '–',
      'no',
      'nil',
      '0',
      '[]',
      'all done',
      'no open items',
      '\u200b',
    ]) {
      const flaws = flawsOf({ stillOpen: said });
      assert.equal(flaws.length, 1, said);
      assert.match(flaws[0] ?? '', /^STILL-OPEN: .*Write the word Nothing, or list/, said);
      assert.deepEqual(fieldsOf({ stillOpen: [said] }), ['STILL-OPEN'], said);
    }
    const absent = { ...whole };
    delete absent.stillOpen;
    assert.ok('flaws' in checkResult(absent, one));
    assert.deepEqual(fieldsOf({ stillOpen: [] }), ['STILL-OPEN']);
  });

  it('T4: Nothing together with items goes back', () => {
    for (const said of [
      ['Nothing', 'the docs'],
      ['the docs', 'nothing.'],
      'Nothing\n- the docs',
      'Nothing, but the docs are missing',
      'Nothing except the docs',
      'Nothing else',
      ['Nothing left', 'the docs'],
      ['the docs\nNothing'],
      [{ words: 'Nothing', doneWhen: 1 }],
    ]) {
      assert.deepEqual(fieldsOf({ stillOpen: said }), ['STILL-OPEN'], JSON.stringify(said));
    }
  });

  it('T4: the better form of Nothing with an exception is the exception', () => {
    const checked = checkResult({ ...whole, stillOpen: 'Nothing, but the docs are missing' }, one);
    assert.ok('flaws' in checked);
    assert.equal(checked.flaws[0]?.better, 'the docs are missing');
  });

  it('T4: items keep the words and the order, marks of a text list are left out', () => {
    const text =
      'Still open:\n- [ ] the docs\n2. 3 tests fail\n\n* 1.5 s is too slow\n• Nothing happens on Escape\n-5 is not handled';
    assert.deepEqual(
      resultOf({ stillOpen: text }).open.map(({ words }) => words),
      ['the docs', '3 tests fail', '1.5 s is too slow', 'Nothing happens on Escape', '-5 is not handled'],
    );
    assert.deepEqual(
      resultOf({ stillOpen: ['the docs', { words: ' exits 1 ', doneWhen: 2 }, 'the docs'] }).open,
      [{ words: 'the docs' }, { words: 'exits 1', doneWhen: 2 }, { words: 'the docs' }],
    );
    for (const words of [
      'Nothing is shown in Safari',
      'nothing.js is not minified',
      'Nothing-found page is missing',
    ]) {
      assert.deepEqual(resultOf({ stillOpen: [words] }).open, [{ words }], words);
    }
    assert.deepEqual(resultOf({ stillOpen: 'the docs are missing' }).open, [
      { words: 'the docs are missing' },
    ]);
  });

  it('T4: blank items, items that say none, and numbers that do not exist go back', () => {
    for (const said of [
      ['the docs', ' '],
      ['the docs', 'n/a'],
      ['the docs', '-'],
      [{ words: 'the docs', doneWhen: 3 }],
    ]) {
      assert.deepEqual(fieldsOf({ stillOpen: said }), ['STILL-OPEN'], JSON.stringify(said));
    }
    assert.deepEqual(fieldsOf({ stillOpen: 'one more file\n'.repeat(201) }), ['STILL-OPEN']);
  });
});

describe('T4: a result against its own words', () => {
  it('T4: an outcome that is not done cannot say Nothing', () => {
    for (const outcome of ['partial', 'failed', 'Blocked.']) {
      assert.deepEqual(fieldsOf({ outcome }), ['STILL-OPEN'], outcome);
      assert.deepEqual(fieldsOf({ outcome, stillOpen: ['the docs'] }), [], outcome);
    }
  });

  it('T4: a DONE-WHEN without evidence cannot say Nothing, and is named', () => {
    const flaws = flawsOf({ evidence: [{ doneWhen: 1, shows: 'npm test printed 3' }] });
    assert.equal(flaws.length, 1);
    assert.match(flaws[0] ?? '', /DONE-WHEN 2 \("exits 0"\)/);
    assert.deepEqual(fieldsOf({ evidence: [], stillOpen: ['all of it'] }), []);
  });
});
