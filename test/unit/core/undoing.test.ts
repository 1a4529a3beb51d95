import assert from 'node:assert/strict';
import { gateReasons } from '../../../src/core/gate.ts';
import { stepState } from '../../../src/core/steps.ts';
import { at } from '../../../src/core/table.ts';
import { judged, nothing } from './drafts.ts';
import { finished, resulted, twoSteps } from './given.ts';
import { orchestrator, todoAt, user, type History } from './history.ts';

const undo = { type: 'undo-approval', result: 1, reason: 'It floods the lock' } as const;
const commit = 'd'.repeat(40);

function approved(): History {
  const history = twoSteps();
  finished(history, nothing());
  assert.equal(stepState(history.state, 1), 'complete');
  return history;
}

describe('undo of an approval', () => {
  it('T3: until the next release it takes the change back, and its TODO returns to the head', () => {
    const history = approved();
    history.isRefused('no-reason', user, { ...undo, reason: ' ' });
    history.isRefused('not-approved', user, { ...undo, result: 2 });
    history.facts = { revert: 'clean', commit };
    history.does(user, undo);
    assert.equal(history.last('approval-undone').commit, commit);
    assert.deepEqual([history.state.list, todoAt(history, 1).state], [[1], 'waiting']);
    assert.equal(stepState(history.state, 1), 'released');
    assert.equal(at(history.state.results, 1)?.approval?.undone, undo.reason);
    history.isRefused('not-approved', user, undo);
    history.isRefused('gate-shut', user, { type: 'release' });
    finished(history, nothing());
    assert.match(
      at(history.state.dispatches, 2)?.context ?? '',
      /Result 1 of web was approved and taken back: It floods the lock/,
    );
    assert.equal(stepState(history.state, 1), 'complete');
  });

  it('T3: an agent takes back its own approval, with its reason, and never the user’s', () => {
    for (const revert of ['clean', 'conflicts'] as const) {
      const history = approved();
      history.facts = { revert };
      history.isRefused('no-reason', orchestrator, { ...undo, reason: ' ' });
      const { todo } = history.does(orchestrator, undo);
      assert.deepEqual(history.state.list, [todo ?? 1]);
      const because = { kind: 'result', number: 1 };
      if (todo) assert.deepEqual(todoAt(history, todo).origin, { kind: 'added', because });
    }
    const history = twoSteps();
    const result = resulted(history, nothing());
    history.does(user, { type: 'approve', result, judged });
    history.facts = { revert: 'clean' };
    const { sentence, next } = history.isRefused('user-only', orchestrator, undo);
    assert.match(`${sentence} ${next}`, /The user approved result 1.* add_todo/);
    const packet = { ...todoAt(history, 1).packet, task: 'Drain the first sluice' };
    const because = { kind: 'result', number: 1 };
    history.does(orchestrator, { type: 'add-todo', packet, role: 'code', because });
    history.does(user, undo);
  });

  it('T3: where it does not go, or a step was released since, it is a TODO at the head, and the gate shuts', () => {
    for (const later of [false, true]) {
      const history = approved();
      if (later) history.does(orchestrator, { type: 'release' });
      history.facts = { revert: later ? 'clean' : 'conflicts' };
      const { todo } = history.does(user, undo);
      assert.equal(history.state.list[0], todo);
      assert.equal(todoAt(history, 1).state, 'approved');
      assert.deepEqual(history.last('approval-undone').returned, []);
      assert.match(todoAt(history, todo ?? 0).packet?.task ?? '', /^Revert result 1/);
      assert.ok(gateReasons(history.state).some(({ about }) => about.n === todo));
    }
  });
});
