import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { lifeOf, markOf } from '../../../src/journal/liveness.ts';
import type { Host } from '../../../src/journal/port.ts';
import { newFolder, openIn, sweep } from './folder.ts';
import { startWriter, stopWriters } from './writer.ts';

const NOW = 1_800_000_000_000;
const me: Host = { pid: process.pid, startedAt: 1, port: 4001 };
const other: Host = { pid: process.pid, startedAt: 2, port: 0 };

describe('journal: the lease', function () {
  this.timeout(120_000);
  afterEach(() => {
    stopWriters();
    sweep();
  });

  it('has one holder; the next gets it with its port when it is released', async () => {
    const folder = newFolder();
    const [first, second] = [await openIn(folder), await openIn(folder)];
    assert.equal(first.lease.holder(NOW), undefined);
    assert.deepEqual(first.lease.take({ ...me, port: 0 }, NOW), { kind: 'taken', port: 0 });
    assert.deepEqual(first.lease.take(me, NOW), { kind: 'taken', port: 4001 });
    assert.deepEqual(second.lease.take(other, NOW + 1), { kind: 'held', by: me });
    assert.deepEqual(second.lease.holder(NOW + 1), me);
    second.lease.release();
    assert.deepEqual(first.lease.holder(NOW + 1), me, 'only the holder can release it');
    first.lease.release();
    assert.equal(second.lease.holder(NOW + 1), undefined);
    assert.deepEqual(second.lease.take(other, NOW + 1), { kind: 'taken', port: 4001 });
  });

  it('is released by closing, and not part of the history', async () => {
    const folder = newFolder();
    const [first, second] = [await openIn(folder), await openIn(folder)];
    first.lease.take(me, NOW);
    first.close();
    assert.deepEqual(second.lease.take(other, NOW), { kind: 'taken', port: 4001 });
    assert.deepEqual(second.read(0), []);
  });

  it('goes to another as soon as its process was killed', async () => {
    const folder = newFolder();
    const writer = startWriter(folder, { steps: [{ do: 'lease', port: 4002 }, { do: 'wait' }] });
    await writer.line(({ waiting }) => waiting === true);
    const journal = await openIn(folder);
    const held = journal.lease.take(other, Date.now());
    assert.deepEqual(held, { kind: 'held', by: { pid: writer.pid, startedAt: 1, port: 4002 } });
    writer.process.kill('SIGKILL');
    await writer.ended;
    assert.equal(journal.lease.holder(Date.now()), undefined);
    assert.deepEqual(journal.lease.take(other, Date.now()), { kind: 'taken', port: 4002 });
  });

  it('clock back an hour, forward a day: goes to another when the heartbeat is old or of a clock since set back, and the first hears of it', async () => {
    const goOver = async (later: number): Promise<void> => {
      const folder = newFolder();
      const [first, second] = [await openIn(folder, { clock: () => NOW }), await openIn(folder)];
      first.lease.take(me, NOW);
      assert.equal(second.lease.take(other, NOW + Math.sign(later) * 5_000).kind, 'held');
      assert.equal(second.lease.take(other, NOW + later).kind, 'taken');
      await new Promise<void>((resolve) => first.lease.onLost(resolve));
      first.lease.release();
      assert.deepEqual(second.lease.holder(NOW + later), { ...other, port: 4001 });
    };
    await Promise.all([goOver(5_001), goOver(-5_001)]);
  });

  it('is lost, too, to a holder who asks for it himself and is too late', async () => {
    const folder = newFolder();
    const [first, second] = [await openIn(folder), await openIn(folder)];
    first.lease.take(me, NOW);
    let losses = 0;
    first.lease.onLost(() => losses++);
    assert.equal(second.lease.take(other, NOW + 5_001).kind, 'taken');
    assert.equal(first.lease.take(me, NOW + 5_001).kind, 'held');
    await Promise.resolve();
    assert.equal(losses, 1);
  });

  it('is renewed while it is held', async () => {
    let now = NOW;
    const folder = newFolder();
    const [first, second] = [await openIn(folder, { clock: () => now }), await openIn(folder)];
    first.lease.take(me, NOW);
    now = NOW + 60_000;
    while (!second.lease.holder(now)) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(second.lease.take(other, now).kind, 'held');
  });

  it('is free when its pid belongs to a later process, held when it is one of another machine', async function () {
    const folder = newFolder();
    const [first, second] = [await openIn(folder), await openIn(folder)];
    first.lease.take(me, NOW);
    const db = new DatabaseSync(folder.file);
    if (process.platform === 'linux') {
      db.exec(`UPDATE lease SET birth = '1'`);
      assert.equal(second.lease.holder(NOW), undefined);
    }
    // Nothing can be told of that pid from here, so its heartbeat counts.
    db.exec(`UPDATE lease SET place = 'elsewhere', pid = 999999999`);
    assert.equal(second.lease.holder(NOW)?.pid, 999_999_999);
    assert.equal(second.lease.holder(NOW + 5_001), undefined);
    db.exec(`UPDATE lease SET pid = -1, startedAt = 9223372036854775807`);
    assert.equal(second.lease.holder(NOW + 5_001), undefined);
    db.close();
  });

  it('counts a process as dead whose parent has not asked for its end yet', async function () {
    if (process.platform !== 'linux') this.skip();
    // The child ends when we close its input: after its parent has become a program that never asks for it.
    const parent = spawn('bash', ['-c', 'cat <&3 & echo $!; exec sleep 1000'], {
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    });
    try {
      assert.ok(parent.stdout);
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const pid = Number(String(line));
      const isSleeping = (): boolean => readFileSync(`/proc/${parent.pid}/comm`, 'latin1') === 'sleep\n';
      while (!isSleeping()) await new Promise((resolve) => setImmediate(resolve));
      const input = parent.stdio[3];
      assert.ok(input && 'end' in input);
      input.end();
      const isLeftOver = (): boolean => /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
      while (!isLeftOver()) await new Promise((resolve) => setImmediate(resolve));
      assert.equal(process.kill(pid, 0), true);
      assert.equal(lifeOf(pid, markOf(pid)), 'dead');
      assert.equal(lifeOf(process.pid, markOf(process.pid)), 'alive');
    } finally {
      parent.kill('SIGKILL');
    }
  });
});
