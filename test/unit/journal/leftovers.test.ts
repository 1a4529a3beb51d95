import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { Journal } from '../../../src/journal/port.ts';
import { flip, randomFrom } from './bitFlips.ts';
import { appendAll, copyOf, names, newFolder, newRow, openIn, receiptOf, sweep } from './folder.ts';
import type { Folder } from './folder.ts';
import { startWriter, stopWriters } from './writer.ts';
import type { Step } from './writerProgram.ts';

describe('journal: what a killed process leaves', function () {
  this.timeout(120_000);
  let left: Folder;
  const commands = names('a', 25);

  before(async () => {
    left = newFolder();
    const writer = startWriter(left, {
      steps: [{ do: 'append', prefix: 'a', count: 25, padding: 900 }, { do: 'die' }],
    });
    assert.equal((await writer.ended).signal, 'SIGKILL');
    assert.ok(statSync(`${left.file}-wal`).size > 0);
  });
  afterEach(() => {
    stopWriters();
  });
  after(sweep);

  async function commandsIn(folder: Folder): Promise<{ journal: Journal; found: string[] }> {
    const journal = await openIn(folder);
    const found = journal.read(0).map(({ command }) => command);
    assert.deepEqual(found, commands.slice(0, found.length));
    return { journal, found };
  }

  it('shared-memory file garbage, or gone: opens with every event', async () => {
    for (const garbage of [Buffer.alloc(32_768, 0x5a), Buffer.alloc(7), undefined]) {
      const folder = copyOf(left);
      if (garbage) writeFileSync(`${folder.file}-shm`, garbage);
      else rmSync(`${folder.file}-shm`);
      const { journal, found } = await commandsIn(folder);
      assert.deepEqual(journal.standing, { kind: 'open' });
      assert.equal(found.length, 25);
      assert.deepEqual(journal.notices, []);
      journal.close();
    }
  });

  it('WAL file removed while closed: says how much is missing, and writes only after the word', async () => {
    const folder = copyOf(left);
    rmSync(`${folder.file}-wal`);
    const { journal, found } = await commandsIn(folder);
    assert.equal(found.length, 0);
    assert.ok(journal.standing.kind === 'read-only' && journal.standing.reason.code === 'rolled-back');
    assert.match(journal.standing.reason.sentence, /25 events/);
    assert.deepEqual(journal.notices[0]?.dropped, { from: 1, to: 25 });
    assert.equal(journal.append(0, [newRow('b')], []).kind, 'refused');
    assert.deepEqual(await journal.acceptAsItIs(), { kind: 'open' });
    assert.equal(journal.append(0, [newRow('b')], []).kind, 'kept');
    journal.close();
  });

  it('short write, last record cut at every byte: what was acknowledged is there or said to be missing', async () => {
    const { size } = statSync(`${left.file}-wal`);
    // The last frame: each byte of its header, and where its record begins and ends; a few of each frame before it.
    const frame = size - 24 - 4_096;
    const { length } = commands;
    const near = (at: number, width: number): number[] => names('', width).map((n) => at + Number(n) - 1);
    const cuts = [...near(frame, 25), ...near(size - 40, 40), ...near(frame + 24 + 4_096 - 1_200, 20)];
    for (let back = 41; back < length * 401; back += 401) cuts.push(size - back);
    for (const cut of [...cuts, 0, 1, 31, 32, 56, 4_152]) {
      const folder = copyOf(left);
      truncateSync(`${folder.file}-wal`, cut);
      const { journal, found } = await commandsIn(folder);
      if (found.length === 25) assert.deepEqual(journal.standing, { kind: 'open' });
      else assert.equal(journal.standing.kind === 'read-only' && journal.standing.reason.code, 'rolled-back');
      // Looking must not cost the person what could still be brought back.
      journal.close();
      if (cut > 32 && found.length < 25) assert.equal(statSync(`${folder.file}-wal`).size, cut);
      rmSync(folder.path, { recursive: true });
    }
  });

  it('short write, cut before the event was acknowledged: just lacks that event', async () => {
    const { size } = statSync(`${left.file}-wal`);
    for (const back of [1, 24, 4_000, 4_121, 9_000]) {
      const folder = copyOf(left);
      rmSync(folder.headFile);
      truncateSync(`${folder.file}-wal`, size - back);
      const { journal, found } = await commandsIn(folder);
      assert.deepEqual(journal.standing, { kind: 'open' });
      assert.ok(found.length < 25);
      appendAll(journal, ['after']);
      journal.close();
    }
  });

  it('with one flipped bit in the write-ahead file brings back every event, or says what is missing', async () => {
    const random = randomFrom(7);
    const bits = statSync(`${left.file}-wal`).size * 8;
    let mended = 0;
    for (let round = 0; round < 40; round++) {
      const folder = copyOf(left);
      flip(`${folder.file}-wal`, random(bits));
      const { journal, found } = await commandsIn(folder);
      if (journal.standing.kind === 'open') {
        assert.equal(found.length, 25);
        checkReceiptsOf(journal, found, journal.notices.length > 0);
        if (journal.notices.some(({ code }) => code === 'set-aside')) mended++;
      } else {
        assert.equal(journal.standing.reason.code, 'rolled-back');
      }
      journal.close();
      rmSync(folder.path, { recursive: true });
    }
    assert.ok(mended > 0);
  });

  it('accepted although it is behind: what its write-ahead file still held is kept beside it', async () => {
    const folder = copyOf(left);
    const wal = readFileSync(`${folder.file}-wal`).subarray(0, -5_000);
    writeFileSync(`${folder.file}-wal`, wal);
    const { journal } = await commandsIn(folder);
    assert.deepEqual(await journal.acceptAsItIs(), { kind: 'open' });
    const keptAs = journal.notices.find(({ code }) => code === 'accepted')?.keptAs;
    appendAll(journal, ['after']);
    journal.close();
    assert.deepEqual(readFileSync(keptAs ?? ''), wal);
  });

  it('with the database emptied brings back what the write-ahead file holds, to the last whole command', async () => {
    const long = newFolder();
    const steps: Step[] = [
      { do: 'append', prefix: 'a', count: 8, perCommand: 3, padding: 2_500 },
      { do: 'die' },
    ];
    assert.equal((await startWriter(long, { steps }).ended).signal, 'SIGKILL');
    rmSync(long.headFile);
    const wal = readFileSync(`${long.file}-wal`);
    const frame = 24 + 4096;
    const damages = [0, 1, 2, 3, 4, 5, 6, 7].map((frames) => wal.subarray(0, wal.length - frames * frame));
    for (const number of [5, 6, 7, 8, 9, 10, 11, 12]) {
      const changed = Buffer.from(wal);
      changed[32 + number * frame + 20] = (changed[32 + number * frame + 20] ?? 0) ^ 1;
      damages.push(changed);
    }
    for (const damaged of damages) {
      writeFileSync(`${long.file}-wal`, damaged);
      const [whole, emptied] = [copyOf(long), copyOf(long)];
      truncateSync(emptied.file, 0);
      const [asSqliteSees, asSalvaged] = [await openIn(whole), await openIn(emptied)];
      assert.deepEqual(asSalvaged.standing, { kind: 'open' });
      const rows = asSalvaged.read(0);
      assert.deepEqual(rows, asSqliteSees.read(0));
      assert.equal(rows.length === 24, damaged.equals(wal));
      assert.ok(existsSync(`${emptied.file}.damaged-1`));
      checkReceiptsOf(
        asSalvaged,
        rows.map(({ command }) => command),
        false,
      );
      asSalvaged.close();
      asSqliteSees.close();
    }
  });
});

function checkReceiptsOf(journal: Journal, commands: readonly string[], mayBeGone: boolean): void {
  for (const command of commands) {
    const receipt = journal.receipt(command);
    if (receipt || !mayBeGone) assert.deepEqual(receipt, receiptOf(command));
  }
}
