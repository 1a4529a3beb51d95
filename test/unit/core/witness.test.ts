import assert from 'node:assert/strict';
import { evidenceOf, shortfall, type CommandEvidence } from '../../../src/core/evidence.ts';
import { at } from '../../../src/core/table.ts';
import { neverRun } from '../../../src/core/witness.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { nothing, tooThin } from './drafts.ts';
import { released, resulted } from './given.ts';
import { type History, orchestrator, user, worker } from './history.ts';
import { evidence, keeper, other, run } from './ran.ts';

const only = (history: History, now?: string): CommandEvidence => {
  const [one, ...more] = evidence(history, now);
  assert.ok(one);
  assert.deepEqual(more, []);
  return one;
};

describe('what Lockkeeper saw', () => {
  it('P8: a run of VERIFY is evidence on exactly the tree it ran on', () => {
    const history = released('Add the first sluice');
    const result = resulted(history, nothing());
    assert.deepEqual([only(history).level, only(history).standing], ['claimed', 'not run']);
    history.does(keeper, run(result));
    assert.deepEqual([only(history).level, only(history).standing], ['witnessed', 'passed']);
    assert.equal(shortfall(only(history), 'witnessed'), undefined);
    const stale = evidence(history, other)[0];
    assert.deepEqual([stale?.level, stale?.standing], ['claimed', 'stale']);
    assert.match(stale ? (shortfall(stale, 'witnessed') ?? '') : '', /files have changed since/);
  });

  it('P8: what a person cancelled is not run by itself: result and Inbox say so until it is asked for', () => {
    const history = released('Add the first sluice');
    const result = resulted(history, nothing());
    const waits = (): readonly number[] => neverRun(history.state).map(({ n }) => n);
    const title = (): string => inbox(history.state).find(({ kind }) => kind === 'review')?.title ?? '';
    const cancel = { type: 'note-cancelled', result } as const;
    const again = { type: 'ask-verify', result, hard: false } as const;
    assert.deepEqual(waits(), [result]);
    for (const ends of [() => history.does(user, again), () => history.does(keeper, run(result))]) {
      history.does(keeper, cancel);
      assert.deepEqual(waits(), []);
      assert.match(title(), /^Result 1: VERIFY was cancelled, run it again\. /);
      if (only(history).standing === 'not run')
        assert.equal(only(history).why, 'The run of `npm test` was cancelled; run VERIFY again.');
      ends();
      assert.doesNotMatch(title(), /cancelled/);
    }
    assert.deepEqual(waits(), [], 'it was run');
    history.does(user, { type: 'reject', result, ...tooThin });
    history.isRefused('not-in-review', keeper, cancel);
  });

  it('P8: where nobody knows the tree a run is stale', () => {
    const history = released('Add the first sluice');
    history.does(keeper, run(resulted(history, nothing())));
    const stored = at(history.state.results, 1);
    assert.ok(stored);
    assert.equal(evidenceOf(history.state, stored, undefined)[0]?.standing, 'stale');
  });

  it('P8: a command that failed is no evidence, whatever level is asked for', () => {
    const history = released('Add the first sluice');
    history.does(keeper, run(resulted(history, nothing()), { exitCode: 1 }));
    const failed = only(history);
    assert.equal(failed.standing, 'failed');
    for (const least of ['witnessed', 'attached', 'claimed'] as const) {
      assert.equal(shortfall(failed, least), '`npm test` ended with 1.');
    }
  });

  it('P8: no exit code is a failure with its words', () => {
    const history = released('Add the first sluice');
    history.does(keeper, run(resulted(history, nothing()), { exitCode: null, why: 'is not there' }));
    assert.equal(shortfall(only(history), 'claimed'), '`npm test` is not there.');
  });

  it('P8: a command that changes what git keeps witnesses nothing, and the file is named', () => {
    const history = released('Add the first sluice');
    history.does(keeper, run(resulted(history, nothing()), { changed: ['src/gate.js'] }));
    const spoiled = only(history);
    assert.deepEqual([spoiled.level, spoiled.standing], ['claimed', 'spoiled']);
    assert.match(spoiled.why, /src\/gate\.js/);
  });

  it('P8: the ladder: the output a worker attached stands between words and a run', () => {
    const history = released('Add the first sluice');
    resulted(history, nothing({ evidence: [{ doneWhen: 1, shows: '$ npm test\n12 passing\n0 failing' }] }));
    const attached = only(history);
    assert.equal(attached.level, 'attached');
    assert.equal(shortfall(attached, 'attached'), undefined);
    assert.equal(shortfall(attached, 'claimed'), undefined);
    assert.ok(shortfall(attached, 'witnessed'));
  });

  it('P8: a command named without what it printed is only words', () => {
    const history = released('Add the first sluice');
    resulted(history, nothing());
    assert.equal(only(history).level, 'claimed');
    assert.ok(shortfall(only(history), 'attached'));
  });

  it('P8: the last run has the word, and the one before it is gone', () => {
    const history = released('Add the first sluice');
    const result = resulted(history, nothing());
    history.does(keeper, run(result, { exitCode: 1 }));
    history.does(keeper, run(result));
    assert.equal(only(history).standing, 'passed');
    assert.equal(at(history.state.results, result)?.witnessed?.length, 1);
  });

  it('P8: what was run counts only as the command that VERIFY holds, for a result that waits', () => {
    const history = released('Add the first sluice');
    const result = resulted(history, nothing());
    history.isRefused('not-in-verify', keeper, run(result, { argv: ['npm', 'run', 'other'] }));
    history.isRefused('not-in-verify', keeper, run(result, { line: 2 }));
    history.isRefused('not-in-verify', keeper, run(result, { todo: 2 }));
    history.isRefused('not-in-review', keeper, run(7));
    history.does(orchestrator, { type: 'reject', result, ...tooThin });
    history.isRefused('not-in-review', keeper, run(result));
  });

  it('P8: nobody but Lockkeeper itself witnesses', () => {
    const history = released('Add the first sluice');
    const result = resulted(history, nothing());
    for (const actor of [user, orchestrator, worker(1)]) {
      const decision = history.ask(actor, run(result));
      assert.ok('refusal' in decision, actor.seat);
    }
    assert.equal(at(history.state.results, result)?.witnessed, undefined);
  });

  it('P8: a "done" that a run contradicts stands in the Inbox until the run is another', () => {
    const history = released('Add the first sluice');
    const result = resulted(history, nothing());
    const rows = (): readonly string[] =>
      inbox(history.state)
        .filter(({ kind }) => kind === 'contradicted')
        .map(({ title }) => title);
    assert.deepEqual(rows(), []);
    history.does(keeper, run(result, { exitCode: 1 }));
    assert.deepEqual(rows(), ['TODO 1 says done; `npm test` ended with 1.']);
    history.does(keeper, run(result, { fresh: true }));
    assert.deepEqual(rows(), []);
  });

  it('P8: a result that does not say done is not contradicted', () => {
    const history = released('Add the first sluice');
    const result = resulted(history, nothing({ outcome: 'failed', stillOpen: ['The test fails'] }));
    history.does(keeper, run(result, { exitCode: 1 }));
    assert.deepEqual(
      inbox(history.state).filter(({ kind }) => kind === 'contradicted'),
      [],
    );
  });
});
