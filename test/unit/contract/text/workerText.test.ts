import assert from 'node:assert/strict';
import { readFields, linesOf } from '../../../../src/contract/text/reading.ts';
import { resultFields } from '../../../../src/contract/text/resultText.ts';
import { parseWorkerText } from '../../../../src/contract/text/workerText.ts';

const result = [
  'All done, here is my report:',
  '',
  '**Result for task 7.1**',
  '',
  '### Files changed',
  '- `src/gate.js`',
  '',
  '* **Status:** done',
  '**summary**: The gate closes.',
  '',
  'It closes twice.',
  'EVIDENCE:',
  '1. npm test: 12 passing',
  '2. **DONE-WHEN 2** (it prints): prints it',
  'Is the plan affected? no',
  'PLAN AFFECTED: no',
  "## What's still open?",
  '- README.md lacks it',
  '- [DONE-WHEN 2] the log too:',
  '  ```',
  '  STILL-OPEN: Nothing',
  '  ```',
].join('\n');

describe('a text that comes from a worker', () => {
  it('T4: a result is read as people and agents write it', () => {
    const read = parseWorkerText(result);
    assert.ok(read?.kind === 'result');
    assert.equal(read.task, '7.1');
    assert.equal(read.packet.outcome, 'done');
    assert.deepEqual(read.packet.files, ['`src/gate.js`']);
    assert.match(read.packet.summary ?? '', /^The gate closes\.\n\nIt closes twice\./);
    assert.deepEqual(read.packet.evidence, [
      { doneWhen: 1, shows: 'npm test: 12 passing' },
      { doneWhen: 2, shows: 'prints it\nIs the plan affected? no' },
    ]);
    assert.deepEqual(read.packet.planAffected, { affected: false, why: '' });
    assert.deepEqual(read.packet.stillOpen, [
      { words: 'README.md lacks it' },
      { words: 'the log too:\n```\nSTILL-OPEN: Nothing\n```', doneWhen: 2 },
    ]);
  });

  it('T4: what follows in the same breath as Nothing is not lost', () => {
    const read = parseWorkerText('OUTCOME: done\nSTILL OPEN: Nothing\n\nExcept the README.');
    assert.ok(read?.kind === 'result');
    assert.equal(read.packet.stillOpen, 'Nothing\n\nExcept the README.');
  });

  it('T4: a fence inside the last field does not end the fence around the whole', () => {
    const read = parseWorkerText(
      '```\nOUTCOME: partial\nSTILL-OPEN:\n- A\n```\ncode\n```\n- B\n```\nThat is all.',
    );
    assert.ok(read?.kind === 'result');
    const open = read.packet.stillOpen;
    assert.ok(Array.isArray(open));
    assert.equal(open.length, 2, JSON.stringify(open));
    assert.deepEqual(open[1], { words: 'B' });
  });

  it('P6: a question by its options, whatever its order', () => {
    const read = parseWorkerText(
      'BLOCKING: Yes\nOptions:\n1. sluice\n2. gate\nRecommendation: 2\nquestion: Which of the two?\nfiles: none',
    );
    assert.ok(read?.kind === 'question');
    assert.deepEqual(read.packet, {
      question: 'Which of the two?',
      files: [],
      options: ['sluice', 'gate'],
      recommended: '2',
      blocking: 'Yes',
    });
  });

  it('T4: a question among what is still open does not make a question of a result', () => {
    const read = parseWorkerText(`${result}\nQuestion: should the README say so?`);
    assert.equal(read?.kind, 'result');
  });

  it('progress by its word, and nothing where no field is, or where it is the packet itself', () => {
    assert.equal(parseWorkerText('Progress: half of it\nwith the test')?.kind, 'progress');
    assert.equal(parseWorkerText('I am half through.'), undefined);
    assert.equal(parseWorkerText(''), undefined);
    const packet = 'TASK: a\nSCOPE: b\nVERIFY: npm test\nPRIORITY: low\n\nRESULT:\nOUTCOME: \nSUMMARY: ';
    assert.equal(parseWorkerText(packet), undefined);
  });

  it('a result that says BUNDLE and EARLIER-ITEMS in words that say nothing names those lines', () => {
    const read = parseWorkerText(
      'OUTCOME: done\nEARLIER ITEMS:\n- the first one\n- 5: still open\nBUNDLE:\n- TODO 3 done',
    );
    assert.ok(read?.kind === 'result');
    assert.deepEqual(read.packet.earlierItems, [{ todo: 5, closed: false }]);
    assert.deepEqual(
      read.unread.map(({ field, words }) => [field, words]),
      [
        ['EARLIER-ITEMS', 'the first one'],
        ['BUNDLE', 'TODO 3 done'],
      ],
    );
  });

  /** Long enough that reading it more than once for each line would not end within the time a test has. */
  const size = 100_000;
  const hostile: Readonly<Record<string, string>> = {
    'one line of blanks': ' '.repeat(size),
    'one line of fences': `${'~'.repeat(size)}\``,
    'blanks after a fence': `\`\`\`${' '.repeat(size)}\``,
    'blanks after a bullet': `- ${' '.repeat(size)}x`,
    'a line of hashes': '#'.repeat(size),
    'a line of quotes': '> '.repeat(size / 2),
    'one name without an end': 'SUMMARY '.repeat(size / 8),
    'line ends only': '\n'.repeat(size),
    'headings only': 'OUTCOME:\n'.repeat(size / 9),
    'open fences': '```x\n'.repeat(size / 5),
    'fences that open and close': 'SUMMARY: x\n```\n```\n'.repeat(size / 19),
    'bare fences in a fence': `\`\`\`\n${'STILL-OPEN:\n```\n'.repeat(size / 16)}`,
    'bullets only': `STILL-OPEN:\n${'- \n'.repeat(size / 3)}`,
    'marks only': `STILL-OPEN:\n${'[TODO 1, '.repeat(size / 9)}`,
    'numbers of evidence': `EVIDENCE:\n- DONE-WHEN 1 (${'('.repeat(size)}`,
    'blanks at the end of a line': `SUMMARY: x${' '.repeat(size)}\u001b`,
    escapes: `SUMMARY: \\ ${'\\u{'.repeat(size / 3)}`,
    'quoted headings': '> OUTCOME: done\n\n'.repeat(size / 17),
  };
  for (const [what, text] of Object.entries(hostile)) {
    it(`is read in one pass, also where it is ${what}`, () => {
      const read = parseWorkerText(text);
      assert.ok(read === undefined || read.fields.length > 0);
      assert.ok(Array.isArray(readFields(linesOf(text), resultFields)));
    });
  }
});
