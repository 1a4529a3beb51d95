import assert from 'node:assert/strict';
import { fieldsOf, flawsOf, resultOf, type Expected } from './resultFlaws.ts';

const bundle: Expected = {
  todos: [
    { todo: 4, doneWhen: ['prints 3'] },
    { todo: 5, doneWhen: ['exits 0', 'prints 5'] },
  ],
  earlierItems: [],
};

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
