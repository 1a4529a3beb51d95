import assert from 'node:assert/strict';
import { planOf } from '../../../src/core/imported/planOf.ts';
import { linesOf } from '../../../src/contract/text/reading.ts';
import type { Fix } from '../../../src/editor/packets/flaws.ts';
import { fieldCompletions, replanCompletions } from '../../../src/editor/replan/completions.ts';
import { baseOf, planDocument } from '../../../src/editor/replan/planDocument.ts';
import { readReplan } from '../../../src/editor/replan/replanSheet.ts';
import { addWorker, nothing } from '../core/drafts.ts';
import { dispatched, resulted, twoSteps } from '../core/given.ts';
import { user, type History } from '../core/history.ts';

const because = 'REASON: The sluice is built downstream';

/** TODO 1 is live, TODO 2 waits, step 2 is planned. */
function underWay(): History {
  const history = twoSteps('Add the first sluice', 'Add the other sluice');
  dispatched(history);
  return history;
}

const opened = ({ state }: History): string => planDocument(state).replace('REASON: ', because);
const fixesIn = (history: History, text: string): readonly Fix[] =>
  readReplan(history.state, baseOf(history.state), text, []).flaws.flatMap(({ fixes = [] }) => fixes);
const titles = (history: History, text: string): readonly string[] =>
  fixesIn(history, text).map(({ title }) => title);

/** The text with the fix of this title made. */
function mended(history: History, text: string, title: string): string {
  const fix = fixesIn(history, text).find((one) => one.title === title);
  assert.ok(fix?.edit, `${title} is not offered: ${titles(history, text).join(', ')}`);
  const { line, lastLine, text: words } = fix.edit;
  return linesOf(text)
    .toSpliced(line, lastLine - line + 1, words)
    .join('\n');
}

/** The first thing that is still wrong. */
const wrong = (history: History, text: string): string | undefined =>
  readReplan(history.state, baseOf(history.state), text, []).flaws[0]?.flaw.why;

describe('what the document of a replan offers', () => {
  it('P1: a TODO or step that is taken out is put back, or dropped, in one step', () => {
    const history = underWay();
    const without = opened(history).replace(/TODO 2, role code\n[^]*?\n\nPLAN/, 'PLAN');
    assert.match(wrong(history, mended(history, without, 'Put TODO 2 Back')) ?? '', /changes nothing/);
    const dropped = mended(history, without, 'Drop TODO 2').replace('DROP TODO 2: ', 'DROP TODO 2: Not here');
    assert.equal(wrong(history, dropped), undefined);
    const gone = opened(history).replace(/TODO 1, goes on\n[^]*?\n\nLIST/, 'LIST');
    assert.deepEqual(titles(history, gone), ['Put TODO 1 Back']);
    assert.match(wrong(history, mended(history, gone, 'Put TODO 1 Back')) ?? '', /changes nothing/);
    const stepless = opened(history).replace(/STEP 2,[^]*$/, '');
    assert.match(wrong(history, mended(history, stepless, 'Put Step 2 Back')) ?? '', /changes nothing/);
    assert.match(mended(history, stepless, 'Drop Step 2'), /\nDROP STEP 2: $/);
  });

  it('P1: live work is said to go on or to change as its fields are', () => {
    const history = underWay();
    const edited = opened(history).replace('- src/gate.js', '- src/down/**');
    assert.equal(wrong(history, mended(history, edited, 'Say That TODO 1 Changes')), undefined);
    const same = opened(history).replace('TODO 1, goes on', 'TODO 1, changes');
    assert.match(wrong(history, mended(history, same, 'Let TODO 1 Go On as It Is')) ?? '', /changes nothing/);
    const unsaid = opened(history).replace('TODO 1, goes on', 'TODO 1');
    assert.deepEqual(titles(history, unsaid), ['TODO 1: goes on', 'TODO 1: changes', 'TODO 1: withdrawn']);
    assert.equal(wrong(history, mended(history, unsaid, 'TODO 1: withdrawn')), undefined);
  });

  it('P1: a line that nobody understands becomes a TODO or a step, or goes', () => {
    const history = underWay();
    const text = planDocument(history.state, { plan: planOf('> * [ ] Oil the gate\n'), name: 'plan.md' });
    assert.match(
      mended(history, text, 'Make It a TODO'),
      /\nNEW TODO, role \nTASK: \* \[ \] Oil the gate|TASK: Oil the gate\n/,
    );
    assert.match(mended(history, text, 'Make It a Step'), /\nNEW STEP, role : .*Oil the gate\nTASK: /);
    assert.match(wrong(history, mended(history, text, 'Take It Out')) ?? '', /changes nothing/);
    const bare = mended(history, text, 'Make It a TODO').replace(/^NEW TODO, role $/m, 'NEW TODO');
    assert.deepEqual(titles(history, bare), ['Role docs', 'Role code']);
    assert.match(mended(history, bare, 'Role code'), /^NEW TODO, role code$/m);
  });

  it('T7: a result on the plan is left open, or told that the plan stands', () => {
    const history = twoSteps('Add the first sluice', 'Add the other sluice');
    resulted(history, nothing({ planAffected: 'yes: nobody reads it' }));
    const [open, stands] = fixesIn(history, opened(history));
    assert.equal(open?.edit?.text, 'ANSWERS: ');
    assert.deepEqual([stands?.way?.command, stands?.way?.argument], ['lockkeeper.planStands', { result: 1 }]);
  });

  it('P1: a document of another plan leads to a new one; what the rules refuse to their own way out', () => {
    const history = underWay();
    const [text, base] = [opened(history), baseOf(history.state)];
    history.does(user, { type: 'edit-todo', todo: 2, packet: { priority: 'high' }, role: '' });
    const [flaw] = readReplan(history.state, base, text, []).flaws;
    assert.equal(flaw?.fixes?.[0]?.way?.command, 'lockkeeper.replan');
    history.does({ seat: 'worker', worker: 1 }, { type: 'submit', dispatch: 1, epoch: 1, packet: nothing() });
    const live = opened(history)
      .replace('TODO 1, goes on', 'TODO 1, changes')
      .replace('- src/gate.js', '- src/x.js');
    assert.match(wrong(history, live) ?? '', /waits for its verdict/);
    assert.deepEqual(titles(history, live), []);
  });
});

describe('what is completed in a packet and a replan', () => {
  const complete = ({ state }: History, before: string): readonly string[] =>
    replanCompletions(state, before).map(({ text }) => text);

  it('P1: heads, numbers, steps, roles, workers, fates and fields, each where it belongs', () => {
    const history = underWay();
    history.does(user, addWorker('miller', 'mill \u202e work'));
    const begin = complete(history, '');
    for (const text of [
      'NEW TODO, role ',
      'TODO 2',
      'STEP 2, role docs: Write it down',
      'DROP STEP ',
      'SCOPE: ',
    ])
      assert.ok(begin.includes(text), `${text} in ${begin.join(' | ')}`);
    assert.deepEqual(complete(history, 'TODO '), ['1', '2']);
    assert.deepEqual(complete(history, 'DROP TODO '), ['2: ']);
    assert.deepEqual(complete(history, 'DROP STEP '), ['2: ']);
    assert.deepEqual(complete(history, 'TODO 1, '), ['goes on', 'changes', 'withdrawn: ']);
    assert.deepEqual(complete(history, 'TODO 2, '), ['role ', 'worker ']);
    for (const before of ['NEW TODO, role ', 'NEW STEP, role co', 'TODO 2, role '])
      assert.deepEqual(complete(history, before), ['docs', 'code', 'mill \\u{202e} work'], before);
    assert.deepEqual(complete(history, 'TODO 2, role code, worker '), ['web', 'scribe', 'miller']);
    assert.deepEqual(complete(history, 'PRIORITY: '), ['high', 'normal', 'low']);
    assert.deepEqual(complete(history, 'TASK: Add '), []);
    assert.equal(replanCompletions(history.state, 'NEW STEP, role co')[0]?.from, 'NEW STEP, role '.length);
  });

  it('P1: results on the plan, by their numbers; and in a packet its fields', () => {
    const history = twoSteps('Add the first sluice', 'Add the other sluice');
    resulted(history, nothing({ planAffected: 'yes: nobody reads it' }));
    assert.deepEqual(complete(history, 'ANSWERS: '), ['1']);
    assert.deepEqual(
      fieldCompletions('D').map(({ text }) => text.trim()),
      ['TASK:', 'SCOPE:', 'NOT-YOUR-JOB:', 'DONE-WHEN:', 'VERIFY:', 'PRIORITY:'],
    );
    assert.deepEqual(fieldCompletions('- src/'), []);
  });
});
