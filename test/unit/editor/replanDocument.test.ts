import assert from 'node:assert/strict';
import { baseOf, planDocument } from '../../../src/editor/replan/planDocument.ts';
import { readReplan } from '../../../src/editor/replan/replanSheet.ts';
import { stepsOf } from '../../../src/core/steps.ts';
import { at } from '../../../src/core/table.ts';
import { item, nothing, packet } from '../core/drafts.ts';
import { dispatched, leftOpen, resulted, twoSteps } from '../core/given.ts';
import { user, type History } from '../core/history.ts';
import { words } from '../core/replans.ts';

const because = 'REASON: The sluice is built downstream';

function opened(history: History): string {
  return planDocument(history.state).replace('REASON: ', because);
}

function read(history: History, text: string): ReturnType<typeof readReplan> {
  return readReplan(history.state, baseOf(history.state), text, []);
}

function used(history: History, text: string): void {
  const { asks, flaws } = read(history, text);
  assert.deepEqual(flaws, []);
  assert.ok('act' in asks);
  history.does(user, asks.act);
}

function refusedAt(history: History, text: string, why: RegExp): string {
  const { flaws } = read(history, text);
  const flaw = flaws.find((one) => why.test(one.flaw.why));
  assert.ok(flaw, flaws.map((one) => one.flaw.why).join('\n'));
  return text.split('\n')[flaw.line] ?? '';
}

/** TODO 1 is live, TODO 2 waits, step 2 is planned. */
function underWay(): History {
  const history = twoSteps('Add the first sluice', 'Add the other sluice');
  dispatched(history);
  return history;
}

describe('the document of a replan', () => {
  it('P1: as it is opened it changes nothing, and says so at the reason', () => {
    const history = underWay();
    const line = refusedAt(history, opened(history), /changes nothing/);
    assert.match(line, /^REASON/);
    refusedAt(history, planDocument(history.state), /gives no reason/);
  });

  it('P1: plan, list and live work are edited in it: steps, TODOs, order, roles, reasons and fates', () => {
    const history = underWay();
    history.does(user, { type: 'add-todo', packet: packet('Oil the gate'), role: 'code' });
    const edited = opened(history)
      .replace('TODO 1, goes on', 'TODO 1, changes')
      .replace('- src/gate.js', '- src/down/**')
      .replace(/TODO 2, role code\n[^]*?\n\n(TODO 3[^]*?)\n\nPLAN/, '$1\n\nDROP TODO 2: Not here\n\nPLAN')
      .replace('TODO 3, role code', 'TODO 3, role docs')
      .replace('STEP 2, role docs: Write it down', 'STEP 2, role docs: Write down why')
      .concat(`\nNEW STEP, role code: Raise the bank\n${form('Raise the bank by 20 cm')}\n`);
    used(history, edited);
    assert.deepEqual(at(history.state.dispatches, 1)?.packet.scope, ['src/down/**']);
    assert.deepEqual(history.state.list, [1, 3]);
    assert.equal(at(history.state.todos, 2)?.why, 'Not here');
    assert.equal(at(history.state.todos, 3)?.role, 'docs');
    const titles = stepsOf(history.state).map(({ title }) => title);
    assert.deepEqual(titles, ['Build', 'Write down why', 'Raise the bank']);
    assert.equal(at(history.state.replans, 1)?.reason, 'The sluice is built downstream');
  });

  it('P1: the order of the lines is the order of the list', () => {
    const history = underWay();
    history.does(user, { type: 'add-todo', packet: packet('Oil the gate'), role: 'code' });
    const [, second = '', third = ''] =
      /(TODO 2,[^]*?)\n\n(TODO 3,[^]*?)\n\nPLAN/.exec(opened(history)) ?? [];
    used(history, opened(history).replace(`${second}\n\n${third}`, `${third}\n\n${second}`));
    assert.deepEqual(history.state.list, [1, 3, 2]);
  });

  it('T7: nothing that is taken out is lost: it is asked for at its place', () => {
    const history = underWay();
    const without = opened(history).replace(/TODO 2, role code\n[^]*?\n\nPLAN/, 'PLAN');
    refusedAt(history, without, /Nothing is said of TODO 2/);
    const stepless = opened(history).replace(/STEP 2,[^]*$/, '');
    refusedAt(history, stepless, /step 2/);
    const odd = opened(history).replace('LIST\n', 'LIST\n\nand buy paint\n');
    assert.equal(refusedAt(history, odd, /not understood/), 'and buy paint');
  });

  it('T7: live work whose fields are changed and that is said to go on is asked about', () => {
    const history = underWay();
    const edited = opened(history).replace('- src/gate.js', '- src/down/**');
    assert.match(refusedAt(history, edited, /Write: changes/), /^TODO 1/);
    refusedAt(
      history,
      opened(history).replace('TODO 1, goes on', 'TODO 1'),
      /goes on, changes, or withdrawn/,
    );
    used(history, opened(history).replace('TODO 1, goes on', 'TODO 1, withdrawn: It leads nowhere; goes on'));
    assert.equal(at(history.state.dispatches, 1)?.why, 'It leads nowhere; goes on');
  });

  it('T2: it quotes the instruction that stands', () => {
    const history = underWay();
    history.does(user, { type: 'instruct', words });
    assert.match(opened(history), /answers instruction 1/);
    used(history, opened(history));
    assert.deepEqual(history.state.instructed, []);
  });

  it('T7: it answers the result that says the plan is affected', () => {
    const history = twoSteps('Add the first sluice', 'Add the other sluice');
    resulted(history, nothing({ planAffected: 'yes: nobody reads it' }));
    used(history, opened(history).replace(/STEP 2,[^]*$/, 'DROP STEP 2: Nobody reads it\n'));
    assert.deepEqual(history.state.planAffected, []);
  });

  it('T4: an open item shows the words of its worker, and is reconciled by the fields below it', () => {
    const history = leftOpen(item);
    assert.match(opened(history), /> README\.md does not name the sluice/);
    const filled = opened(history).replace(
      /(TODO 3, role code, worker web\n {4}> .*)/,
      `$1\n${form('Name it in README.md')}`,
    );
    used(history, filled);
    assert.equal(at(history.state.todos, 3)?.packet?.task, 'Name it in README.md');
  });

  it('P1: whom a TODO is meant for stands behind its role, and somebody unknown is asked about', () => {
    const history = underWay();
    const before = at(history.state.todos, 2);
    assert.equal(before?.worker, undefined);
    used(history, opened(history).replace('TODO 2, role code', 'TODO 2, role code, worker web'));
    assert.equal(at(history.state.todos, 2)?.worker, 1);
    assert.match(opened(history), /^TODO 2, role code, worker web$/m);
    const odd = opened(history).replace('worker web', 'worker nobody');
    assert.match(refusedAt(history, odd, /no worker nobody/), /^TODO 2/);
  });

  it('T7: a document of another plan is not taken for this one', () => {
    const history = underWay();
    const [text, base] = [opened(history), baseOf(history.state)];
    history.does(user, { type: 'edit-todo', todo: 2, packet: { priority: 'high' }, role: '' });
    const { asks } = readReplan(history.state, base, text, []);
    assert.ok('refusal' in asks && asks.refusal.code === 'replan-stale');
  });
});

function form(task: string): string {
  return [
    `TASK: ${task}`,
    'SCOPE: src/gate.js',
    'NOT-YOUR-JOB: docs/',
    'DONE-WHEN: `npm test` prints 12 passing',
    'VERIFY: npm test',
    'PRIORITY: normal',
  ].join('\n');
}
