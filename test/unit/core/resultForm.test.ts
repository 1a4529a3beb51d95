import assert from 'node:assert/strict';
import type { ResultDraft } from '../../../src/contract/packets.ts';
import { checkResult } from '../../../src/core/resultForm.ts';

type Expected = Parameters<typeof checkResult>[1];

const one: Expected = { todos: [{ todo: 4, doneWhen: ['prints 3', 'exits 0'] }], earlierItems: [] };
const bundle: Expected = {
  todos: [
    { todo: 4, doneWhen: ['prints 3'] },
    { todo: 5, doneWhen: ['exits 0', 'prints 5'] },
  ],
  earlierItems: [],
};
const whole: ResultDraft = {
  outcome: 'done',
  summary: 'The counter prints 3.',
  evidence: [
    { doneWhen: 1, shows: 'npm test printed 3' },
    { doneWhen: 2, shows: 'exit code 0' },
  ],
  files: ['src/a.ts'],
  planAffected: 'no',
  stillOpen: 'Nothing',
};

const flawsOf = (change: ResultDraft, expected: Expected = one): readonly string[] => {
  const checked = checkResult({ ...whole, ...change }, expected);
  return 'flaws' in checked ? checked.flaws.map(({ field, why }) => `${field}: ${why}`) : [];
};
const fieldsOf = (change: ResultDraft, expected: Expected = one): readonly string[] =>
  flawsOf(change, expected).map((flaw) => flaw.split(':', 1)[0] ?? '');
const resultOf = (change: ResultDraft, expected: Expected = one) => {
  const checked = checkResult({ ...whole, ...change }, expected);
  assert.ok('result' in checked, JSON.stringify(checked));
  return checked.result;
};

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

describe('T6: a bundle answers for each of its TODOs', () => {
  const evidence = [
    { todo: 4, doneWhen: 1, shows: 'printed 3' },
    { todo: 5, doneWhen: 1, shows: 'exit code 0' },
    { todo: 5, doneWhen: 2, shows: 'printed 5' },
  ];
  const bothDone = [
    { todo: 4, state: 'done' },
    { todo: 5, state: 'done' },
  ] as { todo: number; state: 'done' | 'open' }[];
  const half = [
    { todo: 4, state: 'done' },
    { todo: 5, state: 'open' },
  ] as { todo: number; state: 'done' | 'open' }[];

  it('T6: each TODO is named once as done or open', () => {
    assert.deepEqual(resultOf({ evidence, bundle: bothDone }, bundle).bundle, bothDone);
    assert.deepEqual(fieldsOf({ evidence }, bundle), ['BUNDLE', 'BUNDLE']);
    assert.deepEqual(fieldsOf({ evidence, bundle: bothDone.slice(1) }, bundle), ['BUNDLE']);
    assert.deepEqual(fieldsOf({ evidence, bundle: [...bothDone, { todo: 4, state: 'done' }] }, bundle), [
      'BUNDLE',
    ]);
    assert.deepEqual(fieldsOf({ evidence, bundle: [...bothDone, { todo: 6, state: 'open' }] }, bundle), [
      'BUNDLE',
    ]);
  });

  it('T6: a done TODO shows each of its DONE-WHENs, an open one need not', () => {
    assert.match(
      flawsOf({ evidence: evidence.slice(0, 2), bundle: bothDone }, bundle)[0] ?? '',
      /^EVIDENCE: TODO 5 .*DONE-WHEN 2/,
    );
    assert.deepEqual(
      fieldsOf(
        { outcome: 'partial', evidence: evidence.slice(0, 1), bundle: half, stillOpen: ['the second half'] },
        bundle,
      ),
      [],
    );
    assert.deepEqual(fieldsOf({ evidence: evidence.slice(0, 1), bundle: half }, bundle), ['STILL-OPEN']);
  });

  it('T6: evidence in a bundle says which TODO it is for', () => {
    assert.deepEqual(
      fieldsOf({ evidence: [...evidence, { doneWhen: 1, shows: 'printed 3' }], bundle: bothDone }, bundle),
      ['EVIDENCE'],
    );
    assert.deepEqual(
      fieldsOf(
        { evidence: [...evidence, { todo: 4, doneWhen: 2, shows: 'printed 3' }], bundle: bothDone },
        bundle,
      ),
      ['EVIDENCE'],
    );
  });

  it('T6: a single TODO needs no bundle, and one that names others goes back', () => {
    assert.deepEqual(fieldsOf({ bundle: [{ todo: 4, state: 'done' }] }), []);
    assert.deepEqual(fieldsOf({ bundle: [{ todo: 5, state: 'done' }] }), ['BUNDLE']);
  });
});
