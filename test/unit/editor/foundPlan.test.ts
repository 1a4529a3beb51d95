import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planOf } from '../../../src/core/imported/planOf.ts';
import { stepsOf } from '../../../src/core/steps.ts';
import { baseOf, planDocument } from '../../../src/editor/replan/planDocument.ts';
import { readPlan } from '../../../src/editor/replan/readPlan.ts';
import { readReplan } from '../../../src/editor/replan/replanSheet.ts';
import { addWorker } from '../core/drafts.ts';
import { dispatched, twoSteps } from '../core/given.ts';
import { History, todoAt, user } from '../core/history.ts';

const name = 'docs/plan.md';
const found = (history: History, ...lines: readonly string[]): string =>
  planDocument(history.state, { plan: planOf(lines.join('\n')), name });
const read = ({ state }: History, text: string): ReturnType<typeof readReplan> =>
  readReplan(state, baseOf(state), text, []);

/** Open, with one worker and nothing planned. */
function begun(): History {
  const history = new History();
  history.does(user, { type: 'start', objective: 'A gate', constraints: [], mode: 'orchestrator-first' });
  history.does(user, addWorker('web', 'code'));
  return history;
}

/** The other fields of a task that names its own. */
const fields = [
  '  - scope: src/gate.js',
  '  - not your job: docs/',
  '  - `npm test` prints "shut"',
  '  - verify: npm test',
];

describe('a plan that was found, in the document of a replan', () => {
  it('T7: is steps and TODOs once each line of it is settled, and what is done is shown and not read', () => {
    const history = begun();
    const text = found(
      history,
      '# The lock',
      '- [ ] Oil the gate',
      ...fields,
      '## Build',
      'It has two gates.',
      '- [x] Dig',
      '- [ ] Add the first sluice',
      ...fields,
    );
    assert.match(text, /\nREASON: Taken from docs\/plan\.md\n/);
    assert.match(text, /\n {4}> - \[x\] Dig\n/);
    const { flaws, asks } = read(history, text);
    assert.equal(flaws.length, 1);
    assert.equal(text.split('\n')[flaws[0]?.line ?? 0], '?? It has two gates.');
    assert.ok('refusal' in asks && asks.refusal.code === 'replan-unread');
    const settled = read(history, text.replace('?? It has two gates.', ''));
    assert.deepEqual(settled.flaws, []);
    assert.ok('act' in settled.asks);
    history.does(user, settled.asks.act);
    assert.deepEqual(
      stepsOf(history.state).map(({ title, role, tasks }) => [title, role, tasks.map(({ task }) => task)]),
      [
        ['The lock', 'code', ['Oil the gate']],
        ['The lock: Build', 'code', ['Add the first sluice']],
      ],
    );
    assert.deepEqual(history.state.list, [], 'a step is no work before it is released');
  });

  it('T7: a list without a heading goes to the list, behind what stands there', () => {
    const history = twoSteps();
    dispatched(history);
    const { asks, flaws } = read(
      history,
      found(history, '- [ ] Oil the gate', ...fields).replace(/^NEW TODO, role $/m, 'NEW TODO, role code'),
    );
    assert.deepEqual(flaws, []);
    assert.ok('act' in asks);
    history.does(user, asks.act);
    assert.deepEqual(history.state.list, [1, 2]);
    assert.equal(todoAt(history, 2).packet?.task, 'Oil the gate');
  });

  it('P1: a role that nobody has said is asked for where it is missing', () => {
    const history = twoSteps();
    for (const [source, at] of [
      ['- [ ] Oil the gate', /^NEW TODO/],
      ['## Bells\n- [ ] Ring the bell', /^NEW STEP/],
    ] as const) {
      const text = found(history, source, ...fields);
      const { flaws } = read(history, text);
      assert.match(text.split('\n')[flaws[0]?.line ?? 0] ?? '', at);
      assert.match(flaws[0]?.flaw.why ?? '', /names no role/);
    }
  });

  it('P4: what a task lacks is marked in it', () => {
    const history = begun();
    const text = found(history, '- Oil the gate', '- Ring the bell');
    const { flaws } = read(history, text);
    const lines = text.split('\n');
    assert.deepEqual(
      flaws.map(({ flaw, line }) => [flaw.field, lines[line]]),
      ['SCOPE', 'NOT-YOUR-JOB', 'DONE-WHEN', 'VERIFY', 'SCOPE', 'NOT-YOUR-JOB', 'DONE-WHEN', 'VERIFY'].map(
        (field) => [field, `${field}:`],
      ),
    );
  });

  it('P4: a flaw below words that are shown and not read stands at its own line', () => {
    const history = twoSteps();
    dispatched(history);
    const text = planDocument(history.state)
      .replace('REASON: ', 'REASON: It rains')
      .replace('TODO 1, goes on', 'TODO 1, changes')
      .replace('- src/gate.js', '- **');
    const [flaw] = read(history, text).flaws;
    assert.equal(text.split('\n')[flaw?.line ?? 0], '- **');
  });

  const mark = fc.constantFrom(
    '',
    '# ',
    '## ',
    '- ',
    '  - ',
    '1. ',
    '- [ ] ',
    '- [x] ',
    '  - [ ] ',
    '> ',
    '?? ',
  );
  const body = fc.constantFrom(
    'Oil the gate',
    'REASON: none',
    'TODO 1, withdrawn: gone',
    'DROP TODO 1: gone',
    'PLAN',
    'NEW STEP, role x: y',
    '---',
    'TASK: another',
    'PRIORITY: low',
    'verify: npm test',
    'a \u202e b',
    '```',
    '\\ back',
    '**Bold**',
    'role x: y',
  );
  const line = fc.tuple(mark, body).map((parts) => parts.join(''));

  it('T7: whatever is found, each line of it stands in the document, and none passes for another part of it', () => {
    const history = twoSteps('Add the first sluice', 'Add the other sluice');
    dispatched(history);
    const { live, order, drop, dropSteps, answers } = readPlan(
      history.state,
      planDocument(history.state),
    ).act;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
        const plan = planOf(lines.join('\n'));
        const text = planDocument(history.state, { plan, name });
        const { act, unread } = readPlan(history.state, text);
        assert.deepEqual(
          [act.live, act.order, act.drop, act.dropSteps, act.answers],
          [live, order, drop, dropSteps, answers],
        );
        assert.equal(act.reason, `Taken from ${name}`);
        assert.equal(act.add.length, plan.todos.length);
        assert.deepEqual(
          act.steps?.slice(1).map(({ tasks }) => tasks?.length),
          plan.steps.map(({ tasks }) => tasks.length),
        );
        assert.equal(unread.length, plan.unclear.length);
        for (const words of lines.flatMap((one) => one.match(/[A-Za-z]{3,}/g) ?? []))
          assert.ok(text.toLowerCase().includes(words.toLowerCase()), words);
      }),
      { numRuns: 600 },
    );
  });
});
