import assert from 'node:assert/strict';
import { siege } from '../../bench/attack/siege.ts';
import { describeLong, mark } from '../../rig/long.ts';

/** It takes all the processors for a quarter of a minute. */
describeLong(`the agents’ door under attack${mark}`, function () {
  this.timeout(180_000);

  it('2,000 sockets, slow clients, 4 MiB bodies, deep nesting, wrong tokens: the real worker finishes its story', async () => {
    const { stories, changed, approved, calls, acts, before, during, after, tally } = await siege({
      seconds: 3,
      warm: false,
    });
    const seen = JSON.stringify({ calls, acts, before, during, after, tally }, undefined, 1);
    assert.ok(stories >= 1);
    for (const files of changed) {
      assert.deepEqual(files, ['CHANGELOG.md', 'README.md', 'src/fillTime.js', 'test/fillTime.test.js']);
    }
    assert.equal(approved, stories * 3, 'nothing is lost');
    assert.ok(calls.kept.count > 0 && calls.kept.failed === 0, seen);
    assert.ok(calls.fresh.count > calls.fresh.failed, `a newcomer gets in\n${seen}`);
    assert.ok(acts.count > 0, 'the user leads meanwhile');
    // Strangers, and what each of five credentials may hold.
    assert.ok(during.mostSockets <= 1_000 + 5 * 32 + 10, seen);
    assert.ok(during.memory - before.memory < 400 * 1_048_576, seen);
    assert.ok(after.sockets <= 4, `all are closed afterwards\n${seen}`);
    assert.ok((tally['socket dialled'] ?? 0) >= 2_000, seen);
    for (const kind of ['stranger 401', 'stranger 403', 'slow headers cut', 'slow body with a token cut']) {
      assert.ok((tally[kind] ?? 0) > 0, `${kind}\n${seen}`);
    }
    assert.deepEqual(
      Object.keys(tally).filter((kind) => /^(?:stranger|body of 4 MiB) 2/.test(kind)),
      [],
      seen,
    );
  });
});
