import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Journal, Row } from '../../../src/journal/port.ts';
import { inLong, mark } from '../../rig/long.ts';
import { flip, randomFrom } from './bitFlips.ts';
import { appendAll, copyOf, names, newFolder, newRow, openIn, receiptOf, sweep } from './folder.ts';
import type { Folder } from './folder.ts';
import { startWriter, stopWriters } from './writer.ts';

const COMMANDS = names('a', 60);

/** Some events long enough for continuation pages. */
function textOf(command: string): string {
  return command.endsWith('7') ? 'long '.repeat(3_000) : `text of ${command} `.repeat(8);
}

/**
 * Whatever is open now is a beginning of what was; what is missing has been said; what is left takes more and is
 * found right when opened once more.
 */
async function checkSalvage(folder: Folder, whole: readonly Row[]): Promise<number> {
  const journal = await openIn(folder);
  assert.deepEqual(journal.standing, { kind: 'open' });
  const rows = journal.read(0);
  assert.deepEqual(rows, whole.slice(0, rows.length));
  const said = journal.notices.filter(({ code }) => code === 'set-aside');
  const dropped = rows.length < whole.length ? { from: rows.length + 1, to: whole.length } : undefined;
  assert.deepEqual(said[0]?.dropped, dropped);
  for (const { keptAs } of said) assert.ok(keptAs !== undefined && existsSync(keptAs));
  checkReceipts(journal, rows, said.length > 0);

  appendAll(journal, ['after']);
  journal.close();
  const again = await openIn(folder);
  assert.deepEqual(again.standing, { kind: 'open' });
  assert.deepEqual(again.notices, []);
  assert.equal(again.read(0).length, rows.length + 1);
  again.close();
  return rows.length;
}

/** A receipt is right or gone, and gone only with a notice. None speaks of events that are gone. */
function checkReceipts(journal: Journal, rows: readonly Row[], mayBeGone: boolean): void {
  const kept = new Set(rows.map(({ command }) => command));
  for (const command of COMMANDS) {
    const receipt = journal.receipt(command);
    if (receipt) assert.ok(kept.has(command), `the event of ${command} is gone`);
    if (receipt || !mayBeGone) assert.deepEqual(receipt, receiptOf(command));
  }
}

describe('journal: a damaged file', function () {
  this.timeout(120_000);
  let closed: Folder;
  let whole: Row[];

  beforeEach(async () => {
    closed = newFolder();
    const journal = await openIn(closed);
    appendAll(journal, COMMANDS, textOf);
    whole = journal.read(0);
    journal.close();
  });
  afterEach(() => {
    stopWriters();
    sweep();
  });

  it(`one bit flipped mid-file, anywhere: is found, or changes nothing that is kept${mark}`, async () => {
    const random = randomFrom(20);
    const bits = statSync(closed.file).size * 8;
    const tried = Array.from({ length: inLong(160, 50) }, () => random(bits));
    // Each bit of the first 100 bytes rules over the whole file, and so does the schema behind them.
    for (let index = 0; index < inLong(60, 20); index++) tried.push(random(100 * 8));
    for (let index = 0; index < inLong(20, 10); index++) tried.push((4096 - 1 - random(1_500)) * 8);
    let found = 0;
    for (const bit of tried) {
      const folder = copyOf(closed);
      flip(folder.file, bit);
      await checkSalvage(folder, whole).catch((error: unknown) => {
        throw new Error(`bit ${bit}`, { cause: error });
      });
      if (existsSync(`${folder.file}.damaged-1`)) found++;
      rmSync(folder.path, { recursive: true });
    }
    assert.ok(found > tried.length / 2, `${found} of ${tried.length} were found`);
  });

  it('cut off anywhere it keeps what is before the cut', async () => {
    const { size } = statSync(closed.file);
    for (let cut = 1; cut < size; cut += Math.floor(size / 40) + 13) {
      const folder = copyOf(closed);
      truncateSync(folder.file, cut);
      await checkSalvage(folder, whole);
      rmSync(folder.path, { recursive: true });
    }
  });

  it('no database at all any more: all that its pages hold is kept', async () => {
    const bytes = readFileSync(closed.file);
    bytes.fill(0xa5, 0, 100);
    writeFileSync(closed.file, bytes);
    assert.equal(await checkSalvage(closed, whole), whole.length);
  });

  it('in what the file says of its free pages is found before anything is written there', async () => {
    for (const byte of [32, 33, 35, 36, 37, 39, 52, 53, 54, 55]) {
      const folder = copyOf(closed);
      flip(folder.file, byte * 8 + 1);
      assert.equal(await checkSalvage(folder, whole), whole.length);
      assert.ok(existsSync(`${folder.file}.damaged-1`) || byte < 36, `byte ${byte}`);
      rmSync(folder.path, { recursive: true });
    }
  });

  it('met by several at once is mended once', async () => {
    truncateSync(closed.file, statSync(closed.file).size - 5_000);
    const journals = await Promise.all([openIn(closed), openIn(closed), openIn(closed)]);
    for (const journal of journals) {
      assert.deepEqual(journal.standing, { kind: 'open' });
      const rows = journal.read(0);
      assert.deepEqual(rows, whole.slice(0, rows.length));
    }
    assert.ok(existsSync(`${closed.file}.damaged-1`) && !existsSync(`${closed.file}.damaged-2`));
  });

  it('is not touched while another process mends it', async () => {
    truncateSync(closed.file, statSync(closed.file).size - 5_000);
    const other = new DatabaseSync(`${closed.file}.lock`);
    other.exec('BEGIN EXCLUSIVE');
    const passed: string[] = [];
    const opening = openIn(closed, { fault: (point) => passed.push(point) });
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(passed.length, 0);
    other.close();
    assert.deepEqual((await opening).standing, { kind: 'open' });
    assert.ok(passed.includes('repair:placed'));
  });

  it('a second damage is set aside under its own name', async () => {
    for (const number of [1, 2]) {
      truncateSync(closed.file, statSync(closed.file).size - 5_000);
      const journal = await openIn(closed);
      assert.equal(journal.notices[0]?.keptAs, `${closed.file}.damaged-${number}`);
      journal.close();
    }
    assert.ok(existsSync(`${closed.file}.damaged-1`));
  });

  it('an event changed with SQLite itself is found, and the ones after it go', async () => {
    const db = new DatabaseSync(closed.file);
    db.exec(`UPDATE event SET actor = 'worker' WHERE seq = 31`);
    db.close();
    assert.equal(await checkSalvage(closed, whole), 30);
  });

  it('a receipt changed with SQLite itself is found, and every event stays', async () => {
    const db = new DatabaseSync(closed.file);
    db.exec(`UPDATE receipt SET answer = 'yes' WHERE command = 'a9'`);
    db.close();
    assert.equal(await checkSalvage(closed, whole), whole.length);
    const journal = await openIn(closed);
    assert.equal(journal.receipt('a9'), undefined);
    assert.deepEqual(journal.receipt('a8'), receiptOf('a8'));
  });

  it('a window that fences over a replaced file leaves the write-ahead file of the new one alone', async () => {
    const journal = await openIn(closed);
    const old = `${closed.path}/old`;
    renameSync(closed.file, old);
    renameSync(`${closed.file}-wal`, `${old}-wal`);
    renameSync(`${closed.file}-shm`, `${old}-shm`);
    copyFileSync(old, closed.file);
    const other = startWriter(closed, {
      steps: [
        { do: 'append', prefix: 'b', count: 5 },
        { do: 'wait' },
        { do: 'append', prefix: 'c', count: 5 },
        { do: 'die' },
      ],
    });
    await other.line(({ waiting }) => waiting === true);
    const outcome = journal.append(journal.head(), [newRow('late')], []);
    assert.ok(outcome.kind === 'refused' && outcome.reason.code === 'replaced');
    journal.close();
    assert.ok(existsSync(`${closed.file}-wal`));
    const aside = new DatabaseSync(old);
    assert.equal(aside.prepare('SELECT max(seq) AS last FROM event').get()?.['last'], COMMANDS.length);
    aside.close();
    other.goOn();
    await other.ended;
    const again = await openIn(closed);
    assert.deepEqual(again.standing, { kind: 'open' });
    assert.deepEqual(
      again.read(COMMANDS.length).map(({ command }) => command),
      [...names('b', 5), ...names('c', 5)],
    );
  });

  it('a writer that has the file open does not acknowledge into the one set aside, and reads anew', async () => {
    const journal = await openIn(closed);
    const smash = startWriter(closed, { steps: [] }, () => [
      process.execPath,
      '-e',
      `const fs = require('node:fs'); const h = fs.openSync(${JSON.stringify(closed.file)}, 'r+');
       const from = 2 * 4096; const length = fs.fstatSync(h).size - from;
       fs.writeSync(h, Buffer.alloc(length, 0xee), 0, length, from);`,
    ]);
    assert.equal((await smash.ended).code, 0);
    // More than were lost, so that the head alone would not tell.
    const other = startWriter(closed, { steps: [{ do: 'append', prefix: 'b', count: 70 }, { do: 'close' }] });
    assert.equal((await other.ended).code, 0);

    const outcome = journal.append(journal.head(), [newRow('late')], [receiptOf('late')]);
    assert.equal(outcome.kind, 'refused');
    assert.equal(journal.generation(), 1);
    assert.deepEqual(await journal.reopen(), { kind: 'open' });
    assert.equal(journal.generation(), 2);
    assert.deepEqual(
      journal.notices.map(({ code }) => code),
      ['read-anew'],
    );
    assert.ok(journal.head() > COMMANDS.length);
    const commands = journal.read(0).map(({ command }) => command);
    assert.deepEqual(commands.slice(-70), names('b', 70));
    assert.ok(!commands.includes('late'));
    assert.equal(journal.append(journal.head(), [newRow('late')], [receiptOf('late')]).kind, 'kept');
    assert.deepEqual(await journal.reopen(), { kind: 'open' });
    assert.equal(journal.generation(), 2);
  });
});
