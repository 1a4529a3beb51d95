import assert from 'node:assert/strict';
import { isRefused } from '../../../src/core/decision.ts';
import { refusal } from '../../../src/contract/refusal.ts';
import { wayOut } from '../../../src/editor/wayOut.ts';
import { placeBeside } from '../../../src/editor/todo/placing.ts';
import { age } from '../../../src/editor/ages.ts';
import { forMessage, forPick, forRow } from '../../../src/editor/inert.ts';
import { nothing, packet } from '../core/drafts.ts';
import { besides, dispatched, parts, planned, released, resulted, together } from '../core/given.ts';
import { orchestrator, user, worker, type History } from '../core/history.ts';

/** The way out of what is refused with this code. */
function after(
  history: History,
  code: string,
  act: Parameters<History['ask']>[1],
): ReturnType<typeof wayOut> {
  const decision = history.ask(user, act);
  assert.ok(isRefused(decision), code);
  assert.equal(decision.refusal.code, code);
  return wayOut(history.state, decision.refusal);
}

const out = (history: History, code: string) => wayOut(history.state, refusal(code, 'No.', 'Do this.'));

describe('the way out of a refusal', () => {
  it('T5: is the first thing that keeps the gate shut', () => {
    const history = released('Refuse a negative depth', 'Refuse an empty chamber');
    assert.deepEqual(out(history, 'gate-shut'), {
      label: 'Dispatch the Next TODO',
      command: 'lockkeeper.dispatch',
      argument: {},
    });
    dispatched(history);
    assert.deepEqual(out(history, 'something-live')?.label, 'Withdraw It');
  });

  it('T4: is to reconcile, to look at the result, and then to dispatch', () => {
    const history = released('Refuse a negative depth');
    const result = resulted(history, nothing({ stillOpen: ['README.md is silent'] }));
    assert.deepEqual(out(history, 'something-live')?.argument, { result });
    assert.deepEqual(out(history, 'unreconciled'), {
      label: 'Reconcile TODO 2',
      command: 'lockkeeper.reconcile',
      argument: { todo: 2 },
    });
    assert.equal(out(history, 'gate-shut')?.label, 'Open Result 1');
    assert.equal(out(history, 'objective-unmet')?.label, 'Reject Result 1');
  });

  it('T7: of a step in a replan is the replan', () => {
    const history = planned('Refuse a negative depth');
    const act = { type: 'replan', reason: 'It rains', dropSteps: [{ step: 9, reason: 'Wet' }] } as const;
    assert.deepEqual(after(history, 'unknown-step', act), {
      label: 'Replan',
      command: 'lockkeeper.replan',
      argument: {},
    });
  });

  it('P3: is to release, to plan or to add a worker where nothing waits', () => {
    const history = planned('Refuse a negative depth');
    assert.equal(out(history, 'nothing-next')?.label, 'Release Step 1');
    history.does(user, { type: 'release' });
    assert.deepEqual(out(history, 'unknown-worker')?.argument, { role: 'code' });
    assert.equal(out(history, 'no-step')?.label, 'Plan a Step');
    assert.equal(out(history, 'never-heard-of'), undefined);
  });

  it('P2: of what somebody owns is to free it: the lock, the task, or its result', () => {
    const history = besides(['src/a/**'], ['src/b/**']);
    history.does(user, { type: 'lock-scope', scope: ['src/a/'], holder: { kind: 'closed' }, reason: 'Mine' });
    const dispatch = { type: 'dispatch', worker: 1 } as const;
    assert.deepEqual(after(history, 'scope-owned', dispatch), {
      label: 'Release Lock 1',
      command: 'lockkeeper.releaseLock',
      argument: { lock: 1 },
    });
    const beside = together(['src/a/**'], ['src/b/**']);
    const lock = {
      type: 'lock-scope',
      scope: ['src/b/x.ts'],
      holder: { kind: 'user' },
      reason: 'Mine',
    } as const;
    assert.deepEqual(after(beside, 'scope-owned', lock)?.argument, { dispatch: 2 });
    beside.does(worker(3), { type: 'submit', dispatch: 2, epoch: 1, packet: nothing({ files: [] }) });
    assert.equal(after(beside, 'scope-owned', lock)?.label, 'Open Result 1');
    assert.equal(
      after(beside, 'unknown-lock', { type: 'release-lock', lock: 9, reason: 'x' })?.command,
      'lockkeeper.showOwned',
    );
  });

  it('P7: of an open case is to work it; of a SCOPE that cannot be given, to edit the TODO', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    const files = ['src/a/x.ts'];
    const sides = [{ kind: 'worker', worker: 1, dispatch: 1 }, { kind: 'user' }];
    history.does(user, { type: 'open-conflict', files, sides, noticed: 'Seen' });
    const work = { label: 'Work Conflict 1', command: 'lockkeeper.workConflict', argument: { conflict: 1 } };
    assert.deepEqual(after(history, 'step-skipped', { type: 'resume', conflict: 1, reason: 'x' }), work);
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Again' });
    assert.deepEqual(after(history, 'conflict-open', { type: 'dispatch', worker: 1 }), work);
    const other = besides(['src/a/**']);
    const edit = { label: 'Edit TODO 1', command: 'lockkeeper.editTodo', argument: { todo: 1 } };
    other.workspace = { ...other.workspace, linked: { 'src/a/**': 'lib/a/**' } };
    assert.deepEqual(after(other, 'scope-linked', { type: 'dispatch', worker: 1 }), edit);
    other.workspace = { ...other.workspace, linked: {}, unsaved: ['src/a/x.ts'] };
    assert.deepEqual(after(other, 'unsaved-edits', { type: 'dispatch', worker: 1 }), edit);
    const twins = besides(['src/a/**'], ['src/a/x.ts']);
    const both = { type: 'dispatch-side-by-side', parts: parts(2), reason: 'Both' } as const;
    assert.deepEqual(after(twins, 'scopes-overlap', both)?.argument, { todo: 2 });
  });

  it('is to reopen a journal that takes nothing, and the person’s word where events are missing', () => {
    const history = planned('Refuse a negative depth');
    for (const code of ['io-error', 'damaged', 'unreadable', 'not-writable'])
      assert.equal(out(history, code)?.command, 'lockkeeper.reopenJournal', code);
    for (const code of ['rolled-back', 'replaced'])
      assert.equal(out(history, code)?.command, 'lockkeeper.acceptJournal', code);
  });
});

describe('one place up or down', () => {
  it('moves among the TODOs that wait', () => {
    const { state } = released('One thing', 'Two things', 'Three things');
    assert.equal(placeBeside(state, 2, -1), 1);
    assert.equal(placeBeside(state, 3, -1), 2);
    assert.equal(placeBeside(state, 1, 1), 3);
    assert.equal(placeBeside(state, 2, 1), 0);
    assert.equal(placeBeside(state, 3, 1), 0);
    assert.equal(placeBeside(state, 1, -1), 2);
  });

  it('is taken by the core', () => {
    const history = released('One thing', 'Two things', 'Three things');
    const before = placeBeside(history.state, 1, 1);
    history.does(orchestrator, { type: 'move-todo', todo: 1, before, reason: 'Later.' });
    assert.deepEqual(history.state.list, [2, 1, 3]);
    history.does(user, { type: 'edit-todo', todo: 3, packet: packet('Three other things'), role: 'code' });
  });
});

describe('words on screen', () => {
  it('say an age as a person does', () => {
    assert.deepEqual(
      [0, 59_999, 60_000, 3_600_000, 180_000_000].map((passed) => age(0, passed)),
      ['just now', 'just now', '1 min', '1 h', '2 days'],
    );
  });

  it('are inert, whoever wrote them', () => {
    assert.equal(forRow('a\u202eb\nc'), 'a\\u{202e}b…');
    assert.equal(forPick('$(trash) and $(x~spin), $5'), '\\$(trash) and \\$(x~spin), $5');
    assert.equal(forMessage('[go](command:x)'), '[go] (command:x)');
  });
});
