import assert from 'node:assert/strict';
import { at } from '../../../src/core/table.ts';
import { gates, nothing, two } from './drafts.ts';
import { reconcile, released, resulted } from './given.ts';
import { orchestrator, todoAt, user } from './history.ts';

const approve = { type: 'approve', result: 1, gates } as const;

describe('review', () => {
  it('P8: all four gates pass, each with a word; a failed one is a rejection', () => {
    const history = released(...two);
    resulted(history, nothing());
    for (const key of ['objective', 'scope', 'conflict', 'evidence'] as const) {
      const wordless = { ...gates, [key]: { pass: true, word: ' ' } };
      history.isRefused('gate-wordless', user, { ...approve, gates: wordless });
      const failed = { ...gates, [key]: { pass: false, word: 'It does not' } };
      assert.match(
        history.isRefused('gate-failed', user, { ...approve, gates: failed }).next,
        /Reject result 1/,
      );
    }
    history.does(orchestrator, approve);
    assert.equal(at(history.state.results, 1)?.reviewedBy, 'orchestrator');
    history.isRefused('not-in-review', user, approve);
  });

  it('P8: a rejection has reason, missing evidence and next action', () => {
    const history = released(...two);
    resulted(history, nothing());
    const whole = { reason: 'Thin', missing: 'the run', next: 'Run it' };
    for (const part of ['reason', 'missing', 'next']) {
      history.isRefused('rejection-incomplete', user, { type: 'reject', result: 1, ...whole, [part]: ' ' });
    }
    history.does(user, { type: 'reject', result: 1, ...whole });
    history.isRefused('not-in-review', user, { type: 'reject', result: 1, ...whole });
  });

  it('P8: failed or blocked work is not approved, and withdrawing is a way out', () => {
    const history = released(...two);
    resulted(history, nothing({ outcome: 'failed', stillOpen: ['All of it'] }));
    assert.match(history.isRefused('objective-unmet', user, approve).next, /withdraw its dispatch/);
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Another way' });
    assert.deepEqual(history.state.list, [1, 3, 2]);
  });

  it('P8: a DONE-WHEN without evidence fails the objective until its item carries it, or the user drops that', () => {
    const history = released(...two);
    const doneWhen = [...(todoAt(history, 1).packet?.doneWhen ?? [])];
    resulted(history, nothing({ outcome: 'partial', evidence: [], stillOpen: ['The run does not pass'] }));
    assert.match(history.isRefused('objective-unmet', user, approve).next, /reconcile its open item/);
    reconcile(history, 3);
    history.isRefused('objective-unmet', user, approve);
    history.does(user, { type: 'edit-todo', todo: 3, packet: { doneWhen }, role: '' });
    history.does(user, { type: 'drop-todo', todo: 3, reason: 'Not any more' });
    history.does(user, approve);
    assert.deepEqual(history.state.list, [2]);
  });
});
