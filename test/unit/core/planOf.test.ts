import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planOf, type FoundPlan } from '../../../src/core/imported/planOf.ts';

const text = (...lines: readonly string[]): FoundPlan => planOf(lines.join('\n'));
const tasks = (plan: FoundPlan, step = 0): readonly (string | undefined)[] =>
  plan.steps[step]?.tasks.map(({ draft }) => draft.task) ?? [];
const words = (lines: FoundPlan['unclear']): readonly string[] => lines.map((one) => one.words);

describe('a plan or checklist that a person has already', () => {
  it('T7: headings are steps, the entries below them their tasks, and the one above all is its title', () => {
    const plan = text(
      '# The lock',
      '',
      '## Gates',
      '1. Add the first sluice',
      '2) Add the other sluice in `src/gate.js`',
      '   which opens downwards',
      '## Water',
      '### Level',
      '* [ ] Read the level',
    );
    assert.equal(plan.title?.words, 'The lock');
    assert.deepEqual(
      plan.steps.map(({ title }) => title),
      ['Gates', 'Water: Level'],
    );
    assert.deepEqual(tasks(plan), [
      'Add the first sluice',
      'Add the other sluice in `src/gate.js`\nwhich opens downwards',
    ]);
    assert.deepEqual(plan.steps[0]?.tasks[1]?.draft.scope, ['src/gate.js']);
    assert.deepEqual([plan.todos, plan.done, plan.unclear], [[], [], []]);
  });

  it('T7: a list without a heading is work for the list; what is ticked is done', () => {
    const plan = text(
      '- [x] Dig',
      '  - the ground',
      '  - [ ] Take the earth away',
      '- [ ] Add a sluice',
      '  - Scope: `src/a.js`, src/b.js',
      '  - Verify: npm test',
      '  - priority: high',
      '  - `npm test` prints "sluice"',
      '  - [X] Draw it',
      '  - Done when:',
      '    - the gate is shut',
    );
    assert.deepEqual(
      plan.todos.map(({ draft }) => draft),
      [
        { task: 'Take the earth away' },
        {
          task: 'Add a sluice',
          scope: ['src/a.js', 'src/b.js'],
          verify: ['npm test'],
          priority: 'high',
          doneWhen: ['`npm test` prints "sluice"', 'the gate is shut'],
        },
      ],
    );
    assert.deepEqual(words(plan.done), ['- [x] Dig', '  - the ground', '  - [X] Draw it']);
    assert.deepEqual([plan.steps, plan.unclear], [[], []]);
  });

  it('T7: what is neither heading nor entry is unclear, word for word and in order', () => {
    const plan = text(
      'We build a lock.',
      '| a | b |',
      '- Add a sluice',
      '> said the miller',
      '```',
      '- no entry',
      '```',
      '---',
      '- ',
    );
    assert.deepEqual(
      plan.todos.map(({ draft }) => draft.task),
      ['Add a sluice'],
    );
    const unclear = [
      'We build a lock.',
      '| a | b |',
      '> said the miller',
      '```',
      '- no entry',
      '```',
      '---',
      '- ',
    ];
    assert.deepEqual(words(plan.unclear), unclear);
  });

  it('T7: a heading with nothing below it is a step of one task; one that is all done is done', () => {
    const plan = text('The lock', '=====', 'Bells', '---', '## Water ##', '- [x] Fill it');
    assert.deepEqual(plan.title, { words: 'The lock', lines: [0, 1] });
    assert.deepEqual(
      plan.steps.map(({ title }, step) => [title, tasks(plan, step)]),
      [['Bells', ['Bells']]],
    );
    assert.deepEqual(words(plan.done), ['## Water ##', '- [x] Fill it']);
    assert.deepEqual(plan.unclear, []);
  });

  const blanks = fc.constantFrom('', ' ', '  ', '    ', '\t', '        ');
  const marks = fc.constantFrom(
    '',
    '# ',
    '## ',
    '### ',
    '- ',
    '* ',
    '1. ',
    '- [ ] ',
    '- [x] ',
    '> ',
    '| ',
    '+ [X]',
  );
  const bodies = fc.oneof(
    fc.constantFrom(
      '',
      '---',
      '***',
      '===',
      '```',
      '~~~~',
      '**Bold**',
      'Scope: a, b',
      'Verify:',
      'priority: hot',
    ),
    fc.string({ maxLength: 12, unit: fc.constantFrom(...'ab `*[]:-#\\.x1\u202e') }),
  );
  const line = fc.tuple(blanks, marks, bodies).map((parts) => parts.join(''));

  it('T7: each line that is not blank is in a step, a TODO, what is done, or unclear', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const { title, steps, todos, done, unclear } = planOf(lines.join('\n'));
        const found = new Set([
          ...(title?.lines ?? []),
          ...[...steps.flatMap((step) => step.tasks), ...steps, ...todos].flatMap((one) => one.lines),
          ...[...done, ...unclear].map((one) => one.line),
        ]);
        const told = lines.flatMap((words, n) => (words.trim() === '' ? [] : [n]));
        assert.deepEqual(
          [...found].sort((left, right) => left - right),
          told,
        );
        for (const one of [...done, ...unclear]) assert.equal(one.words, lines[one.line]);
      }),
      { numRuns: 2_000 },
    );
  });
});
