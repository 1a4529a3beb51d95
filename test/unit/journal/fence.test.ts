import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault, FaultPoint, Standing } from '../../../src/journal/port.ts';
import { appendAll, names, newFolder, newRow, openIn, receiptOf, sweep } from './folder.ts';
import { acks, startWriter, stopWriters } from './writer.ts';
import type { Line } from './writer.ts';

const IO_ERROR = { errcode: 10, message: 'disk I/O error' };
const FULL = { errcode: 13, message: 'database or disk is full' };

/** Fails at the nth passing of `point` from now on, once. */
function failing(): { fault: Fault; at: (point: FaultPoint, nth: number, error: object) => void } {
  let next: { point: FaultPoint; nth: number; error: object } | undefined;
  return {
    at: (point, nth, error) => (next = { point, nth, error }),
    fault(point) {
      if (point !== next?.point || --next.nth > 0) return;
      const { error } = next;
      next = undefined;
      throw Object.assign(new Error(), error);
    },
  };
}

function can(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

describe('journal: an error while writing', function () {
  this.timeout(120_000);
  afterEach(() => {
    stopWriters();
    sweep();
  });

  const points: [FaultPoint, number][] = [
    ['append:begin', 1],
    ['append:begun', 1],
    ['append:row', 2],
    ['append:receipt', 2],
    ['append:commit', 1],
    ['append:committed', 1],
  ];
  for (const [point, nth] of points) {
    it(`the n-th fsync or write fails with EIO: at ${point} it fences, no more acks until it was opened again and found right`, async () => {
      const { fault, at } = failing();
      const journal = await openIn(newFolder(), { fault });
      appendAll(journal, names('a', 3));
      const told: Standing[] = [];
      journal.onStanding((standing) => told.push(standing));
      at(point, nth, IO_ERROR);

      const [rows, receipts] = [
        [newRow('b1'), newRow('b2')],
        [receiptOf('b1'), receiptOf('b2')],
      ];
      const outcome = journal.append(3, rows, receipts);
      assert.ok(outcome.kind === 'refused' && outcome.reason.code === 'io-error', JSON.stringify(outcome));
      assert.deepEqual(journal.standing, { kind: 'fenced', reason: outcome.reason });
      assert.deepEqual(journal.append(3, rows, receipts), outcome);
      assert.deepEqual(journal.lease.take({ pid: process.pid, startedAt: 1, port: 1 }, 1), outcome);
      assert.equal(journal.receipt('a1'), undefined);
      await Promise.resolve();
      assert.deepEqual(told, [journal.standing]);

      assert.deepEqual(await journal.reopen(), { kind: 'open' });
      assert.deepEqual(journal.notices, []);
      const wasCommitted = point === 'append:committed';
      assert.equal(journal.read(0).length, wasCommitted ? 5 : 3);
      assert.deepEqual(journal.receipt('b2'), wasCommitted ? receiptOf('b2') : undefined);
      assert.equal(journal.append(journal.head(), rows, receipts).kind, wasCommitted ? 'moved' : 'kept');
      assert.equal(journal.read(0).length, 5);
    });
  }

  it('the n-th fsync or write fails with EIO: at a checkpoint it shuts the journal for what comes after; what was kept stays kept', async () => {
    const { fault, at } = failing();
    const folder = newFolder();
    const journal = await openIn(folder, { fault });
    at('checkpoint', 1, IO_ERROR);
    const row = newRow('big', 'x'.repeat(5_000_000));
    assert.deepEqual(journal.append(0, [row], []), { kind: 'kept', head: 1 });
    assert.equal(journal.standing.kind, 'fenced');
    assert.equal(journal.append(1, [row], []).kind, 'refused');
    assert.deepEqual(await journal.reopen(), { kind: 'open' });
    assert.equal(journal.read(0).length, 1);
  });

  it('does not let the write-ahead file grow without end', async () => {
    const folder = newFolder();
    const journal = await openIn(folder);
    for (let round = 0; round < 12; round++) appendAll(journal, [`big${round}`], () => 'x'.repeat(2_500_000));
    assert.ok(statSync(`${folder.file}-wal`).size < 12_000_000);
    assert.ok(statSync(folder.file).size > 20_000_000);
  });

  it('of the head copy only is no reason to refuse, and is said once', async () => {
    const { fault, at } = failing();
    const journal = await openIn(newFolder(), { fault });
    for (const command of ['a', 'b']) {
      at('head-copy:write', 1, { code: 'EIO' });
      appendAll(journal, [command]);
    }
    assert.deepEqual(
      journal.notices.map(({ code }) => code),
      ['head-copy-unwritable'],
    );
    journal.close();
  });

  it('disk full: refused, nothing is changed, and the next append works when there is space', async () => {
    for (const point of ['append:row', 'append:commit'] as const) {
      const { fault, at } = failing();
      const journal = await openIn(newFolder(), { fault });
      appendAll(journal, ['a']);
      at(point, 1, FULL);
      const outcome = journal.append(1, [newRow('b')], [receiptOf('b')]);
      assert.ok(outcome.kind === 'refused' && outcome.reason.code === 'disk-full');
      assert.equal(journal.standing.kind, 'fenced');
      assert.deepEqual(journal.append(1, [newRow('b')], [receiptOf('b')]), { kind: 'kept', head: 2 });
      assert.deepEqual(journal.standing, { kind: 'open' });
      assert.equal(journal.read(0).length, 2);
    }
  });

  it('disk full: no way around the check: another file in its place stays refused', async () => {
    const { fault, at } = failing();
    const folder = newFolder();
    const journal = await openIn(folder, { fault });
    appendAll(journal, ['a']);
    at('append:row', 1, FULL);
    journal.append(1, [newRow('b')], []);
    copyFileSync(folder.file, `${folder.file}.copy`);
    renameSync(`${folder.file}.copy`, folder.file);
    assert.equal(journal.append(1, [newRow('b')], []).kind, 'refused');
    assert.deepEqual(await journal.reopen(), { kind: 'open' });
    appendAll(journal, ['b']);
  });

  it('disk full, or EIO, at opening: a standing, not an exception, and reopening is the way out', async () => {
    for (const [point, error, code] of [
      ['open:create', { code: 'ENOSPC' }, 'disk-full'],
      ['open:place', { code: 'EIO' }, 'io-error'],
      ['open:connect', { errcode: 10 }, 'io-error'],
    ] as const) {
      const { fault, at } = failing();
      at(point, 1, error);
      const journal = await openIn(newFolder(), { fault });
      assert.ok(journal.standing.kind === 'read-only' && journal.standing.reason.code === code, point);
      assert.equal(journal.append(0, [newRow('a')], []).kind, 'refused');
      assert.deepEqual(await journal.reopen(), { kind: 'open' });
      appendAll(journal, ['a']);
    }
  });

  // Stands for a full disk where nobody may mount one: the system itself says no in the middle of a write.
  it('disk full, of the system: files may not grow any further', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = newFolder();
    const writer = startWriter(
      folder,
      { steps: [{ do: 'append', prefix: 'a', count: 120, padding: 2_000 }] },
      (command) => ['sh', '-c', 'ulimit -f 300; exec "$@"', 'sh', ...command],
    );
    const { code, errors } = await writer.ended;
    assert.equal(code, 0, errors);
    const kept = acks(writer.lines);
    const refused = writer.lines.filter((line) => line.refused !== undefined);
    assert.ok(kept.length > 0 && refused.length > 0, `${kept.length} kept, ${refused.length} refused`);
    assert.ok(refused.every((line) => line.code === 'io-error' || line.code === 'disk-full'));
    const journal = await openIn(folder);
    assert.deepEqual(journal.standing, { kind: 'open' });
    assert.deepEqual(
      journal.read(0).map(({ command }) => command),
      kept,
    );
    appendAll(journal, ['after']);
  });

  // The next two ask for rights that not every machine gives; what they show is shown above without them too.
  it('disk full, of the system: the disk is full, and then it is not', async function () {
    const isPossible = can('unshare', '-rm', 'sh', '-c', 'mount -t tmpfs -o size=64k none /mnt');
    if (!isPossible) this.skip();
    const folder = newFolder();
    const full = join(folder.path, 'workspace', 'filler');
    const writer = startWriter(
      folder,
      {
        steps: [
          { do: 'append', prefix: 'a', count: 5 },
          { do: 'write', path: full, bytes: 4_000_000 },
          { do: 'append', prefix: 'b', count: 120, padding: 3_000 },
          { do: 'remove', path: full },
          { do: 'append', prefix: 'c', count: 5 },
          { do: 'append', prefix: 'd', count: 1 },
        ],
      },
      (command) => [
        'unshare',
        '-rm',
        'sh',
        '-c',
        `mkdir ${folder.path}/workspace && mount -t tmpfs -o size=2m none ${folder.path}/workspace && exec "$@"`,
        'sh',
        ...command,
      ],
    );
    const { code, errors } = await writer.ended;
    assert.equal(code, 0, errors);
    const of = (key: 'ack' | 'refused', prefix: string): Line[] =>
      writer.lines.filter((line) => line[key]?.startsWith(prefix) === true);
    assert.ok(writer.lines.some(({ failed }) => failed === 'ENOSPC'));
    assert.ok(of('refused', 'b').length > 0);
    assert.ok(
      of('refused', 'b').every((line) => line.code === 'disk-full'),
      JSON.stringify(of('refused', 'b')[0]),
    );
    assert.equal(of('ack', 'c').length, 5, JSON.stringify(of('refused', 'c')[0]));
    assert.equal(of('ack', 'd')[0]?.head, acks(writer.lines).length);
  });

  it('the n-th fsync fails with EIO, of the system: what was written is not on disk', async function () {
    if (!can('strace', '-o', '/dev/null', '-e', 'inject=fdatasync:error=EIO:when=9', 'true')) this.skip();
    const folder = newFolder();
    (await openIn(folder)).close();
    const writer = startWriter(folder, { steps: [{ do: 'append', prefix: 'a', count: 12 }] }, (command) => [
      ...['strace', '-f', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync'],
      ...['-e', 'inject=fsync,fdatasync:error=EIO:when=6'],
      ...command,
    ]);
    const { code, errors } = await writer.ended;
    assert.equal(code, 0, errors);
    const kept = acks(writer.lines);
    const refused = writer.lines.filter((line) => line.refused !== undefined);
    assert.ok(kept.length > 0 && refused.length > 0, JSON.stringify(writer.lines));
    assert.equal(kept.length + refused.length, 12, 'after the first error nothing is acknowledged');
    assert.deepEqual([...new Set(refused.map((line) => line.code))], ['io-error']);
    const journal = await openIn(folder);
    assert.deepEqual(journal.standing, { kind: 'open' });
    const found = journal.read(0).map(({ command }) => command);
    assert.deepEqual(found.slice(0, kept.length), kept);
    assert.ok(found.length <= kept.length + 1);
  });
});
