import assert from 'node:assert/strict';
import { writeFileSync, readFileSync } from 'node:fs';
import type { FaultPoint } from '../../../src/journal/port.ts';
import { appendAll, copyOf, names, newFolder, newRow, openIn, receiptOf, sweep } from './folder.ts';
import type { Folder } from './folder.ts';
import { acks, startWriter, stopWriters } from './writer.ts';

const PER_COMMAND = 2;
const COMMANDS = names('a', 6);

/** Opens after a death and checks that the history is what was acknowledged, and at most one command more. */
async function checkHistory(
  folder: Folder,
  before: readonly string[],
  acked: readonly string[],
): Promise<void> {
  const journal = await openIn(folder);
  assert.deepEqual(journal.standing, { kind: 'open' });
  const all = journal.read(0).slice(before.length);
  const kept = new Map<string, number>();
  for (const row of all) kept.set(row.command, (kept.get(row.command) ?? 0) + 1);
  for (const command of acked) assert.equal(kept.get(command), PER_COMMAND, `${command} was acknowledged`);
  for (const [command, times] of kept) assert.equal(times, PER_COMMAND, `${command} is whole and once`);
  assert.ok(kept.size <= acked.length + 1);

  for (const command of COMMANDS) {
    const receipt = journal.receipt(command);
    assert.deepEqual(receipt, kept.has(command) ? receiptOf(command) : undefined);
    const again = journal.append(journal.head(), [newRow(command), newRow(command)], [receiptOf(command)]);
    assert.equal(again.kind, kept.has(command) ? 'moved' : 'kept', command);
  }
  assert.equal(journal.read(0).length, before.length + COMMANDS.length * PER_COMMAND);
  journal.close();
}

describe('journal: a process killed', function () {
  this.timeout(120_000);
  afterEach(() => {
    stopWriters();
    sweep();
  });

  const appending: [FaultPoint, number][] = [
    ['append:begin', 4],
    ['append:begun', 4],
    ['append:row', 7],
    ['append:row', 8],
    ['append:receipt', 4],
    ['append:commit', 4],
    ['append:committed', 4],
    ['head-copy:write', 4],
    ['head-copy:half', 1],
    ['head-copy:written', 5],
    ['open:create', 1],
    ['open:place', 1],
    ['open:connect', 1],
    ['close', 1],
  ];
  const synced: readonly FaultPoint[] = [
    'append:committed',
    'head-copy:write',
    'head-copy:half',
    'head-copy:written',
    'close',
  ];
  for (const [point, nth] of appending) {
    const when = synced.includes(point) ? 'after fsync, before the ack' : 'between write and fsync';
    it(`kill -9 ${when}: at ${point} (${nth}) leaves each command whole or absent`, async () => {
      const folder = newFolder();
      const steps = [
        { do: 'append', prefix: 'a', count: 6, perCommand: PER_COMMAND },
        { do: 'close' },
      ] as const;
      const writer = startWriter(folder, { dieAt: { point, nth }, steps: [...steps] });
      assert.equal((await writer.ended).signal, 'SIGKILL');
      await checkHistory(folder, [], acks(writer.lines));
    });
  }

  describe('while mending a damaged file', () => {
    let damaged: Folder;
    const before = names('b', 40);

    beforeEach(async () => {
      damaged = newFolder();
      const journal = await openIn(damaged);
      appendAll(journal, before);
      journal.close();
      const bytes = readFileSync(damaged.file);
      bytes.fill(0xff, 0, 64);
      writeFileSync(damaged.file, bytes);
    });

    for (const point of ['set-aside', 'moved-wal', 'moved-file', 'salvaged', 'placed'] as const) {
      it(`kill -9 at repair:${point}: the next opening finishes the mending`, async () => {
        const folder = copyOf(damaged);
        const writer = startWriter(folder, { dieAt: { point: `repair:${point}`, nth: 1 }, steps: [] });
        assert.equal((await writer.ended).signal, 'SIGKILL');
        await checkHistory(folder, before, []);
      });
    }
  });
});
