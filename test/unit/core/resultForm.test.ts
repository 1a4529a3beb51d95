import assert from 'node:assert/strict';
import { checkResult } from '../../../src/core/resultForm.ts';
import { fieldsOf, flawsOf, one, resultOf, whole, type Expected } from './resultFlaws.ts';

describe('T4: the other parts of a result', () => {
  it('T4: a whole result is taken', () => {
    assert.deepEqual(resultOf({ outcome: ' Done. ' }), {
      outcome: 'done',
      summary: 'The counter prints 3.',
      evidence: whole.evidence,
      files: ['src/a.ts'],
      planAffected: { affected: false, why: '' },
      open: [],
      earlierItems: [],
      bundle: [],
    });
  });

  it('T4: each missing part is named', () => {
    const checked = checkResult({}, one);
    assert.ok('flaws' in checked);
    assert.deepEqual(
      checked.flaws.map(({ field }) => field),
      ['OUTCOME', 'SUMMARY', 'FILES', 'PLAN-AFFECTED', 'STILL-OPEN'],
    );
    assert.deepEqual(fieldsOf({ outcome: 'mostly', summary: ' ', files: [''], planAffected: '' }), [
      'OUTCOME',
      'SUMMARY',
      'FILES',
      'PLAN-AFFECTED',
    ]);
    assert.deepEqual(resultOf({ files: [] }).files, []);
    assert.deepEqual(resultOf({ files: ['none'] }).files, []);
  });

  it('T4: evidence names a DONE-WHEN that exists and shows something', () => {
    const both = whole.evidence ?? [];
    for (const shows of [
      '',
      'done',
      'OK.',
      '"yes"',
      'it works',
      'works as expected',
      '✓',
      '-',
      'LGTM',
      'see above',
    ]) {
      assert.deepEqual(fieldsOf({ evidence: [...both, { doneWhen: 1, shows }] }), ['EVIDENCE'], shows);
    }
    assert.deepEqual(fieldsOf({ evidence: [...both, { doneWhen: 3, shows: 'printed 3' }] }), ['EVIDENCE']);
    assert.deepEqual(fieldsOf({ evidence: [...both, { shows: 'printed 3' }] }), ['EVIDENCE']);
    assert.deepEqual(fieldsOf({ evidence: [...both, { doneWhen: 1 }] }), ['EVIDENCE']);
    assert.deepEqual(fieldsOf({ evidence: [...both, { todo: 9, doneWhen: 1, shows: 'printed 3' }] }), [
      'EVIDENCE',
    ]);
    assert.equal(
      resultOf({ evidence: [...both, { todo: 4, doneWhen: 1, shows: 'printed 3' }] }).evidence.length,
      3,
    );
  });

  it('T7: plan affected is no, or yes with the reason', () => {
    for (const said of ['no', 'No.', false, { affected: false }, 'not affected'] as const) {
      assert.deepEqual(resultOf({ planAffected: said }).planAffected, { affected: false, why: '' });
    }
    for (const said of [
      'Step 2 has no table any more',
      'yes: Step 2 has no table any more',
      { affected: true, why: 'Step 2 has no table any more' },
    ] as const) {
      assert.deepEqual(resultOf({ planAffected: said }).planAffected, {
        affected: true,
        why: 'Step 2 has no table any more',
      });
    }
    for (const said of ['', 'yes', 'Yes.', true, { affected: true }, { affected: true, why: ' ' }] as const) {
      assert.deepEqual(fieldsOf({ planAffected: said }), ['PLAN-AFFECTED'], JSON.stringify(said));
    }
    assert.equal(
      resultOf({ planAffected: 'No, unless step 3 keeps the old names' }).planAffected.affected,
      true,
    );
  });
});

describe('T4: items of an earlier, rejected result', () => {
  const returned: Expected = {
    ...one,
    earlierItems: [
      { todo: 11, words: 'the docs' },
      { todo: 12, words: 'the icon' },
    ],
  };
  const closed = { todo: 11, closed: true, evidence: 'docs/a.md has the heading' };
  const open = { todo: 12, closed: false };

  it('T4: each is answered exactly once: closed with evidence, or still open', () => {
    assert.deepEqual(resultOf({ earlierItems: [closed, open] }, returned).earlierItems, [closed, open]);
    assert.deepEqual(fieldsOf({}, returned), ['EARLIER-ITEMS', 'EARLIER-ITEMS']);
    assert.deepEqual(fieldsOf({ earlierItems: [closed] }, returned), ['EARLIER-ITEMS']);
    assert.deepEqual(fieldsOf({ earlierItems: [closed, open, open] }, returned), ['EARLIER-ITEMS']);
    assert.deepEqual(fieldsOf({ earlierItems: [closed, open, { todo: 13, closed: false }] }, returned), [
      'EARLIER-ITEMS',
    ]);
    for (const shows of ['', 'done', 'ok']) {
      assert.deepEqual(fieldsOf({ earlierItems: [{ ...closed, evidence: shows }, open] }, returned), [
        'EARLIER-ITEMS',
      ]);
    }
    assert.deepEqual(fieldsOf({ earlierItems: [{ todo: 11, closed: true }, open] }, returned), [
      'EARLIER-ITEMS',
    ]);
    assert.match(flawsOf({ earlierItems: [closed] }, returned)[0] ?? '', /TODO 12 \("the icon"\)/);
  });
});
