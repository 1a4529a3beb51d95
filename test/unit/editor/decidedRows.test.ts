import assert from 'node:assert/strict';
import type { Decisive } from '../../../src/core/decisive.ts';
import { decisions, type AgentsDecision } from '../../../src/core/views/decisions.ts';
import { decidedRows } from '../../../src/editor/decided/decidedRows.ts';
import { waysOf } from '../../../src/editor/decided/ways.ts';
import type { Row } from '../../../src/editor/tree/row.ts';
import { decidings } from '../core/decidings.ts';
import { item, packet, two } from '../core/drafts.ts';
import { leftOpen, released } from '../core/given.ts';
import { orchestrator, user, worker, type History } from '../core/history.ts';

const [replan, instruct] = ['lockkeeper.replan', 'lockkeeper.instruct'];
const result = 'lockkeeper.openResult';
const task = 'lockkeeper.openTask';
const withdraw = 'lockkeeper.withdraw';

/** The commands of a decision's row, in their order; a document by what it is of. */
const expected: Readonly<Record<Decisive, readonly string[]>> = {
  answered: ['lockkeeper.replaceAnswer', 'question 1', instruct],
  'question-returned': ['lockkeeper.replaceAnswer', 'question 1', instruct],
  approved: ['lockkeeper.undoApproval', result, instruct],
  rejected: [result, instruct],
  'approval-undone': [result, instruct],
  'plan-stood': [replan, result, instruct],
  'late-result-noted': [result, instruct],
  dispatched: [withdraw, task, instruct],
  withdrawn: ['dispatch 1', instruct],
  'time-given': [withdraw, task, instruct],
  'todo-reconciled': [
    'lockkeeper.editTodo',
    'lockkeeper.moveTodo',
    'lockkeeper.dropTodo',
    'todo 3',
    instruct,
  ],
  'todo-moved': ['lockkeeper.moveTodo', 'todo 1', instruct],
  'todo-merged': ['lockkeeper.splitTodo', 'todo 2', instruct],
  'todo-split': ['todo 1', instruct],
  'todo-dropped': ['todo 2', instruct],
  'late-item-added': ['lockkeeper.dropTodo', 'todo 3', instruct],
  'step-released': ['step 1', instruct],
  replanned: [replan, 'replan 1', instruct],
  'scope-granted': [replan, withdraw, task, instruct],
  'request-declined': [replan, task, instruct],
  'scope-locked': ['lockkeeper.releaseLock', 'lockkeeper.handOverLock', 'lockkeeper.showOwned', instruct],
  'lock-released': ['lockkeeper.lockScope', instruct],
  'lock-handed-over': ['lockkeeper.releaseLock', 'lockkeeper.handOverLock', 'lockkeeper.showOwned', instruct],
  'conflict-opened': ['lockkeeper.workConflict', 'conflict 1', instruct],
  'owner-assigned': ['lockkeeper.workConflict', 'conflict 1', instruct],
  'merge-path-set': ['lockkeeper.workConflict', 'conflict 1', instruct],
  resumed: ['conflict 1', instruct],
  'orchestration-closed': ['lockkeeper.handoff'],
};

function rowsOf(history: History): readonly Row[] {
  const [group] = decidedRows(history.state, 1e9).ids.map((_, n) => decidedRows(history.state, 1e9).row(n));
  const below = group?.children?.();
  return below ? below.ids.map((_, n) => below.row(n)) : [];
}

function decision(history: History, kind: Decisive): AgentsDecision {
  const found = decisions(history.state).find(({ what }) => what === kind);
  assert.ok(found, `no ${kind}`);
  return found;
}

function waysTo(history: History, kind: Decisive): readonly string[] {
  return waysOf(history.state, decision(history, kind)).map((way) =>
    'command' in way ? way.command : `${way.opens.kind} ${way.opens.n}`,
  );
}

describe('the rows of what the agent that leads decided', () => {
  for (const kind of Object.keys(decidings) as Decisive[]) {
    it(`P2: lead to what takes it over, and open what it is about: ${kind}`, async () => {
      const history = decidings[kind].make();
      const { n, title, detail } = decision(history, kind);
      const row = rowsOf(history).find(({ context }) => context === `decision ${kind}`);
      assert.ok(row);
      assert.deepEqual(row.open, { command: 'lockkeeper.takeOverDecision', argument: { what: kind, n } });
      assert.deepEqual(row.argument, { what: kind, n });
      assert.equal(row.label, title);
      assert.match(row.description ?? '', /^([^,].*, )?\d+ (min|h|days)$/);
      assert.equal(row.spoken, `${row.label}, ${row.description ?? ''}`);
      assert.equal(await row.tooltip?.(), detail === '' ? title : `${title}\n\n${detail}`);
      assert.deepEqual(waysTo(history, kind), expected[kind]);
    });
  }

  it('P2: name what each way is about', () => {
    const granted = decidings['scope-granted'].make();
    const arguments_ = waysOf(granted.state, decision(granted, 'scope-granted')).map((way) =>
      'command' in way ? way.argument : undefined,
    );
    assert.deepEqual(arguments_, [undefined, { dispatch: 1 }, { worker: 1 }, undefined]);
    const merged = decidings['todo-merged'].make();
    const [again] = waysOf(merged.state, decision(merged, 'todo-merged'));
    assert.deepEqual(again, {
      label: 'Split TODO 1 Again',
      command: 'lockkeeper.splitTodo',
      argument: { todo: 1 },
    });
    const released_ = decidings['lock-released'].make();
    const [lock] = waysOf(released_.state, decision(released_, 'lock-released'));
    assert.deepEqual(lock && 'command' in lock && lock.argument, { scope: ['lib/'] });
  });

  it('P2: offer no way that is gone: an answer that was heard, a survivor that went out, a case that is over', () => {
    const heard = decidings.answered.make();
    heard.does(worker(1), { type: 'hear-answer', question: 1 });
    assert.deepEqual(waysTo(heard, 'answered'), ['question 1', instruct]);
    const merged = decidings['todo-merged'].make();
    merged.does(user, { type: 'dispatch', worker: 1 });
    assert.deepEqual(waysTo(merged, 'todo-merged'), ['todo 2', instruct]);
    const over = decidings.resumed.make();
    assert.deepEqual(waysTo(over, 'owner-assigned'), ['conflict 1', instruct]);
    const closed = decidings['orchestration-closed'].make();
    assert.deepEqual(waysTo(closed, 'step-released'), ['step 1']);
  });

  it('are none where nothing was decided, and each has an id of its own', () => {
    const history = released(...two);
    history.does(orchestrator, { type: 'move-todo', todo: 1, reason: 'Later' });
    history.does(orchestrator, { type: 'move-todo', todo: 1, before: 2, reason: 'Now' });
    const ids = rowsOf(history).map(({ id }) => id);
    assert.equal(new Set(ids).size, 2);
    history.does(user, {
      type: 'withdraw',
      dispatch: history.does(user, { type: 'dispatch', worker: 1 }).dispatch,
      reason: 'No',
    });
    assert.equal(rowsOf(history).length, 2, 'the user’s are none of them');
  });

  it('never draw an agent’s words as anything but words', () => {
    const history = leftOpen(item);
    const settled = packet('Name the sluice\u202e in README.md');
    history.does(user, { type: 'reconcile', todo: 3, role: 'code', packet: settled });
    history.does(orchestrator, { type: 'move-todo', todo: 3, before: 2, reason: 'Now\u202e then' });
    const row = rowsOf(history).find(({ context }) => context === 'decision todo-moved');
    assert.match(row?.label ?? '', /\\u\{202e\}/);
    assert.doesNotMatch(row?.label ?? '', /\u202e/);
  });
});
