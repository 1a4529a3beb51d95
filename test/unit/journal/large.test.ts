import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Reader, Row } from '../../../src/journal/port.ts';
import { flip } from './bitFlips.ts';
import { newFolder, newRow, openIn, receiptOf, sweep, type Folder } from './folder.ts';

const count = 600;

/** Everything heard since the last beginning. */
class Heard implements Reader {
  rows: Row[] = [];
  begin(): void {
    this.rows = [];
  }
  hear(row: Row): void {
    this.rows.push(row);
  }
}

describe('journal: a large file, verified in a thread of its own', function () {
  this.timeout(120_000);
  let folder: Folder;
  let whole: Row[];
  let threads = 0;
  const began = (): void => void (threads += 1);

  before(() => void process.on('worker', began));
  after(() => void process.off('worker', began));
  beforeEach(async () => {
    folder = newFolder();
    const journal = await openIn(folder);
    const commands = Array.from({ length: count }, (_, n) => `a${n + 1}`);
    const rows = commands.map((command) => newRow(command, 'long '.repeat(3_000)));
    assert.equal(journal.append(0, rows, commands.map(receiptOf)).kind, 'kept');
    whole = journal.read(0);
    journal.close();
    assert.ok(statSync(folder.file).size > 8 * 1_048_576);
    threads = 0;
  });
  afterEach(sweep);

  const change = (sql: string): void => {
    const db = new DatabaseSync(folder.file);
    db.exec(sql);
    db.close();
  };

  const overwrite = (): void => {
    const bytes = readFileSync(folder.file);
    bytes.fill(0xee, 4096, 2 * 4096);
    writeFileSync(folder.file, bytes);
  };

  it('is open when both are through, and the reader has heard each row', async () => {
    const reader = new Heard();
    const journal = await openIn(folder, { reader });
    assert.deepEqual(journal.standing, { kind: 'open' });
    assert.deepEqual(reader.rows, whole);
    assert.deepEqual(journal.notices, []);
    assert.equal(threads, 1);
  });

  it('a receipt changed with SQLite itself is found, and every event stays', async () => {
    change(`UPDATE receipt SET answer = 'yes' WHERE command = 'a9'`);
    const journal = await openIn(folder);
    assert.equal(journal.notices[0]?.code, 'set-aside');
    assert.deepEqual(journal.read(0), whole);
    assert.deepEqual([journal.receipt('a9'), journal.receipt('a8')], [undefined, receiptOf('a8')]);
    assert.ok(threads > 0);
  });

  it('an event changed with SQLite itself is found, and the reader hears what is left', async () => {
    change(`UPDATE event SET actor = 'worker' WHERE seq = 31`);
    const reader = new Heard();
    const journal = await openIn(folder, { reader });
    assert.deepEqual(journal.notices[0]?.dropped, { from: 31, to: count });
    assert.deepEqual(journal.read(0), whole.slice(0, 30));
    assert.deepEqual(reader.rows, whole.slice(0, 30));
  });

  it('what SQLite finds wrong is found: a bit of its free pages, a page overwritten', async () => {
    for (const damage of [() => flip(folder.file, 36 * 8 + 1), overwrite]) {
      damage();
      const reader = new Heard();
      const journal = await openIn(folder, { reader });
      assert.equal(journal.notices[0]?.code, 'set-aside');
      const rows = journal.read(0);
      assert.deepEqual(rows, whole.slice(0, rows.length));
      assert.deepEqual(reader.rows, rows);
      journal.close();
    }
  });
});
