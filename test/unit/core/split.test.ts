import assert from 'node:assert/strict';
import { gateReasons } from '../../../src/core/gate.ts';
import { stepState } from '../../../src/core/steps.ts';
import { item, override, packet, two } from './drafts.ts';
import { finished, leftOpen, openItems, released } from './given.ts';
import { orchestrator, todoAt, user } from './history.ts';

describe('splitting a TODO', () => {
  it('T6: puts two or more in its place, and no DONE-WHEN is lost between them', () => {
    const history = released(...two);
    const doneWhen = [...(todoAt(history, 1).packet?.doneWhen ?? [])];
    const split = (...parts: object[]) => ({ type: 'split-todo', todo: 1, parts }) as const;
    const [frame, wheel] = [packet('Add its frame', { doneWhen }), packet('Add its wheel')];
    history.isRefused('split-too-few', orchestrator, split(frame));
    history.isRefused('packet-flawed', orchestrator, split(frame, {}));
    assert.match(
      history.isRefused('split-loses', orchestrator, split(wheel, packet('Add it'))).sentence,
      /first sluice/,
    );
    history.does(orchestrator, split(frame, wheel));
    assert.deepEqual(history.state.list, [3, 4, 2]);
    assert.deepEqual(
      [todoAt(history, 1).state, todoAt(history, 3).step, todoAt(history, 4).splitFrom],
      ['split', 1, 1],
    );
    history.isRefused('unknown-todo', orchestrator, split(frame, wheel));
  });

  it('T4: each part of an item is the item still, in the worker’s words', () => {
    const history = leftOpen(item);
    const parts = [packet('Name it in README.md'), packet('Name it in docs/guide.md')];
    history.does(orchestrator, { type: 'split-todo', todo: 3, parts, role: 'docs' });
    for (const n of [4, 5]) {
      assert.deepEqual([todoAt(history, n).sources[0]?.words, todoAt(history, n).role], [item, 'docs']);
    }
    assert.deepEqual(
      gateReasons(history.state).map(({ code }) => code),
      ['open-item', 'open-item', 'waiting'],
    );
  });

  it('T5: parts of what was passed over were passed over', () => {
    const history = openItems(item);
    finished(history);
    history.does(user, { type: 'release', override: override([2]) });
    const doneWhen = [...(todoAt(history, 2).packet?.doneWhen ?? [])];
    const parts = [packet('Add its frame', { doneWhen }), packet('Add its wheel')];
    history.does(orchestrator, { type: 'split-todo', todo: 2, parts });
    assert.deepEqual(
      [todoAt(history, 5).deferred?.reason, todoAt(history, 6).passedOver],
      ['It can wait', true],
    );
    assert.equal(stepState(history.state, 1), 'complete by override');
  });
});
