import assert from 'node:assert/strict';
import { keepBonds } from '../../../src/agents/bonds.ts';
import { refusal } from '../../../src/contract/refusal.ts';
import { openHouse } from './house.ts';
import { olderCall, raw } from './raw.ts';

describe('what is known of agents’ connections', () => {
  it('P2: the door tells of a call with a wrong token, and with none, and of nothing else', async () => {
    let drawn = 0;
    let now = 1_000;
    const bonds = keepBonds(
      () => now,
      () => undefined,
    );
    const listening = bonds.onChange(() => (drawn += 1));
    const house = await openHouse({ onStranger: bonds.turnedAway });
    try {
      const { token } = await house.addWorker('web');
      const call = olderCall('get_task');
      await raw(house, { token, body: call });
      // A page that was lured here knows no more than a name that looks like ours.
      await raw(house, { token: 'A'.repeat(43), body: call, headers: { origin: 'http://evil.example' } });
      assert.deepEqual(bonds.strangers, { count: 0, at: undefined });
      await raw(house, { token: 'A'.repeat(43), body: call });
      await raw(house, { body: call });
      await raw(house, { path: '/guard', token: 'A'.repeat(43), body: { call: 'get_task' } });
      assert.deepEqual(bonds.strangers, { count: 3, at: 1_000 });
      assert.equal(drawn, 1, 'who calls on and on is not drawn on and on');
      now += 60_000;
      bonds.turnedAway();
      assert.equal(drawn, 2);
      listening.dispose();
      now += 60_000;
      bonds.turnedAway();
      assert.equal(drawn, 2);
    } finally {
      await house.close();
    }
  });

  it('P2: the door tells of each call of a tool whether its caller is guarded: announced, or heard of writes before', async () => {
    const called: unknown[] = [];
    const house = await openHouse({ onCall: (...heard) => called.push(heard) });
    try {
      const { token } = await house.addWorker('web');
      const call = olderCall('get_task');
      await raw(house, { token, body: call });
      await raw(house, { path: '/guard', token, body: { call: 'get_task' } });
      await raw(house, { token, body: call });
      await raw(house, { token, body: call });
      assert.deepEqual(called, [
        [1, false],
        [1, true],
        [1, false],
      ]);
      const other = await house.addWorker('api');
      await raw(house, {
        path: '/guard',
        token: other.token,
        body: { cwd: '/', tool: 'Write', paths: ['/x'], write: true },
      });
      await raw(house, { token: other.token, body: call });
      assert.deepEqual(called.at(-1), [2, true], 'a guard that is heard of writes alone is one');
    } finally {
      await house.close();
    }
  });

  it('P2: why no call came stands until one does', () => {
    let contact: number | undefined;
    const bonds = keepBonds(
      () => 5,
      () => contact,
    );
    const why = refusal('not-trusted', 'It does not.', 'Let it.');
    assert.equal(bonds.trial(1), undefined);
    bonds.tried(1, why);
    assert.equal(bonds.trial(1), why);
    assert.equal(bonds.trial(2), undefined);
    contact = 6;
    assert.equal(bonds.trial(1), undefined);
    const skipped = refusal('hook-skipped', 'It skips it.', 'Trust it.');
    bonds.tried(1, skipped);
    assert.equal(bonds.trial(1), skipped, 'that it calls is no news of its hook');
    bonds.called(1, true);
    assert.equal(bonds.trial(1), undefined);
    contact = 4;
    bonds.tried(1, undefined);
    assert.equal(bonds.trial(1), undefined);
  });
});
