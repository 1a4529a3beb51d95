import assert from 'node:assert/strict';
import { gateReasons } from '../../../src/core/gate.ts';
import { stepState } from '../../../src/core/steps.ts';
import { item, nothing, override, packet, two } from './drafts.ts';
import { finished, leftOpen, openItems, released, twoSteps } from './given.ts';
import { orchestrator, todoAt, user } from './history.ts';

const by = { reason: 'They are one' };

describe('merging two TODOs', () => {
  it('T5: the named survivor keeps both DONE-WHENs, scopes and texts; the other has left the list', () => {
    const history = released(...two);
    const merge = { type: 'merge-todo', todo: 2, into: 1, ...by } as const;
    history.isRefused('merge-self', orchestrator, { ...merge, into: 2 });
    history.isRefused('no-reason', orchestrator, { ...merge, reason: ' ' });
    history.isRefused('unknown-todo', orchestrator, { ...merge, into: 9 });
    const both = [1, 2].flatMap((n) => todoAt(history, n).packet?.doneWhen ?? []);
    history.does(orchestrator, merge);
    assert.deepEqual(todoAt(history, 1).packet?.doneWhen, both);
    assert.deepEqual([history.state.list, todoAt(history, 2).why], [[1], by.reason]);
    assert.equal(todoAt(history, 2).packet?.task, two[1]);
  });

  it('T4: planned work that takes an item in takes its place, and is an open item then', () => {
    const history = openItems(item);
    history.does(user, { type: 'add-todo', packet: packet('Add a rail'), role: 'code' });
    assert.deepEqual(history.state.list, [3, 2, 4]);
    history.does(orchestrator, { type: 'merge-todo', todo: 3, into: 4, ...by });
    assert.deepEqual([history.state.list, todoAt(history, 4).sources[0]?.words], [[4, 2], item]);
    assert.deepEqual(
      gateReasons(history.state).map(({ code }) => code),
      ['open-item', 'waiting'],
    );
    finished(
      history,
      nothing({ evidence: [1, 2].map((doneWhen) => ({ doneWhen, shows: 'npm test: 12 passing' })) }),
    );
    finished(history);
    history.does(orchestrator, { type: 'release' });
  });

  it('T4: two items that are not reconciled stay so as one', () => {
    const history = leftOpen(item, item);
    history.does(orchestrator, { type: 'merge-todo', todo: 4, into: 3, ...by });
    assert.equal(todoAt(history, 3).packet, undefined);
    history.isRefused('unreconciled', orchestrator, { type: 'dispatch', worker: 1 });
  });

  for (const words of [
    '“quoted” and `code`',
    'two\nlines',
    'a bell \u0007 rings',
    'x'.repeat(5_000),
    'improve it',
  ]) {
    it(`T4: an item not reconciled brings its words as a DONE-WHEN that can be dispatched: ${JSON.stringify(words).slice(0, 30)}`, () => {
      const history = leftOpen(words);
      history.does(orchestrator, { type: 'merge-todo', todo: 3, into: 2, ...by });
      history.does(orchestrator, { type: 'dispatch', worker: 1 });
      assert.equal(history.last('dispatched').packet.doneWhen.length, 2);
    });
  }

  it('T9: work merged into another step’s TODO keeps its own step open', () => {
    const history = twoSteps();
    history.does(user, { type: 'release', override: override([1]) });
    history.does(user, { type: 'merge-todo', todo: 1, into: 2, ...by });
    assert.equal(stepState(history.state, 1), 'released');
    assert.equal(todoAt(history, 2).deferred, undefined);
    const shows = [1, 2].map((doneWhen) => ({ doneWhen, shows: 'npm test: 12 passing' }));
    finished(history, nothing({ evidence: shows }), 2);
    assert.deepEqual(
      [stepState(history.state, 1), stepState(history.state, 2)],
      ['complete by override', 'complete by override'],
    );
  });
});
