import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { appendAll, names, newFolder, openIn, sweep } from './folder.ts';
import { checkShut, codeOf, folderWith } from './shut.ts';
import { startWriter, stopWriters } from './writer.ts';

describe('journal: what opening meets', function () {
  this.timeout(120_000);
  afterEach(() => {
    stopWriters();
    sweep();
  });

  it('nothing: makes the file and its folder', async () => {
    const journal = await openIn(newFolder());
    assert.deepEqual(journal.standing, { kind: 'open' });
    assert.equal(journal.head(), 0);
    assert.deepEqual(journal.notices, []);
    assert.deepEqual(journal.read(0), []);
    assert.deepEqual(journal.append(0, [], []), { kind: 'kept', head: 0 });
  });

  it('its own file: reads it, from wherever one asks, and goes on', async () => {
    const folder = await folderWith(5);
    const journal = await openIn(folder);
    const commands = (after: number): string[] => journal.read(after).map(({ command }) => command);
    assert.deepEqual(commands(3), ['a4', 'a5']);
    appendAll(journal, ['b']);
    assert.deepEqual(commands(0), [...names('a', 5), 'b']);
    assert.deepEqual(commands(4), ['a5', 'b']);
    assert.deepEqual(commands(6), []);
    assert.deepEqual(commands(9), []);
  });

  it('a first read that comes after an append has both', async () => {
    const journal = await openIn(await folderWith(3));
    appendAll(journal, ['b']);
    assert.deepEqual(
      journal.read(0).map(({ seq }) => seq),
      [1, 2, 3, 4],
    );
  });

  it('an empty file where nothing was: uses it', async () => {
    const folder = newFolder();
    mkdirSync(dirname(folder.file), { recursive: true });
    writeFileSync(folder.file, '');
    const journal = await openIn(folder);
    appendAll(journal, ['a']);
    assert.deepEqual(journal.notices, []);
  });

  it('an empty file, or none, where a history was: shows nothing, writes nothing, and says so', async () => {
    for (const isThere of [true, false]) {
      const folder = await folderWith(3);
      if (isThere) writeFileSync(folder.file, '');
      else rmSync(folder.file);
      const journal = await openIn(folder);
      assert.equal(codeOf(journal.standing), 'read-only rolled-back');
      checkShut(journal);
      assert.deepEqual(journal.notices[0]?.dropped, { from: 1, to: 3 });
      assert.deepEqual(await journal.acceptAsItIs(), { kind: 'open' });
      appendAll(journal, ['b']);
      journal.close();
      assert.deepEqual((await openIn(folder)).standing, { kind: 'open' });
    }
  });

  it('a folder in its place, or one in the place of the head copy: read-only, and open once it is gone', async () => {
    const folder = newFolder();
    mkdirSync(folder.file, { recursive: true });
    const journal = await openIn(folder);
    assert.equal(codeOf(journal.standing), 'read-only unreadable');
    checkShut(journal);
    assert.deepEqual(journal.read(0), []);
    assert.equal(codeOf(await journal.reopen()), 'read-only unreadable');
    rmSync(folder.file, { recursive: true });
    assert.deepEqual(await journal.reopen(), { kind: 'open' });
    journal.close();

    const other = newFolder();
    mkdirSync(other.headFile, { recursive: true });
    const second = await openIn(other);
    appendAll(second, ['a', 'b']);
    assert.deepEqual(
      second.notices.map(({ code }) => code),
      ['head-copy-unreadable', 'head-copy-unwritable'],
    );
  });

  it('a file in the place of its folder', async () => {
    const folder = newFolder();
    writeFileSync(dirname(folder.file), '');
    const journal = await openIn(folder);
    assert.equal(journal.standing.kind, 'read-only');
    checkShut(journal);
  });

  for (const [what, mode, code] of [
    ['a file it may not read', 0o000, 'unreadable'],
    ['a file it may not write', 0o444, 'not-writable'],
  ] as const) {
    it(`unreadable file, ${what}: says so, and is open once it may`, async function () {
      if (process.platform === 'win32') this.skip();
      const folder = await folderWith(3);
      chmodSync(folder.path, 0o777);
      for (const path of [folder.file, folder.headFile]) chmodSync(dirname(path), 0o777);
      for (const path of [folder.file, `${folder.file}.lock`, folder.headFile]) chmodSync(path, 0o666);
      chmodSync(folder.file, mode);
      const orders = { asNobody: true, steps: [{ do: 'append', prefix: 'b', count: 1 }] } as const;
      const barred = startWriter(folder, { ...orders, steps: [...orders.steps] });
      assert.equal((await barred.ended).code, 0, (await barred.ended).errors);
      assert.deepEqual(barred.lines[0]?.opened?.reason?.code, code);
      assert.equal(barred.lines[0]?.head, mode === 0 ? 0 : 3, 'what may be read is');
      assert.equal(barred.lines[1]?.code, code);
      // SQLite has given its other files the rights of this one.
      for (const end of ['', '-wal', '-shm']) {
        if (existsSync(folder.file + end)) chmodSync(folder.file + end, 0o666);
      }
      const free = startWriter(folder, { ...orders, steps: [...orders.steps] });
      await free.ended;
      assert.equal(free.lines[1]?.ack, 'b1', JSON.stringify(free.lines));
      assert.ok(!existsSync(`${folder.file}.damaged-1`));
    });
  }

  it('a journal of a newer schema: opens read-only and says so; shows what it can, writes nothing, sets nothing aside', async () => {
    const folder = await folderWith(3);
    const db = new DatabaseSync(folder.file);
    db.exec(
      `INSERT INTO migration (number, digest) VALUES (2, 'later'); ALTER TABLE lease ADD COLUMN later TEXT`,
    );
    db.close();
    const bytes = readFileSync(folder.file);
    const journal = await openIn(folder);
    assert.equal(codeOf(journal.standing), 'read-only newer-schema');
    checkShut(journal);
    assert.equal(journal.read(0).length, 3);
    assert.deepEqual(await journal.acceptAsItIs(), journal.standing);
    journal.close();
    assert.deepEqual(readFileSync(folder.file), bytes);
    assert.ok(!existsSync(`${folder.file}.damaged-1`));
  });

  it('a newer schema whose events are not ours to read', async () => {
    const folder = await folderWith(3);
    const db = new DatabaseSync(folder.file);
    db.exec(
      `INSERT INTO migration (number, digest) VALUES (2, 'later'); ALTER TABLE event RENAME COLUMN body TO packed`,
    );
    db.close();
    const journal = await openIn(folder);
    assert.equal(codeOf(journal.standing), 'read-only newer-schema');
    assert.deepEqual(journal.read(0), []);
  });

  it('a head copy that is garbage: says so, and is mended', async () => {
    const folder = await folderWith(3);
    writeFileSync(folder.headFile, 'garbage');
    const journal = await openIn(folder);
    assert.deepEqual(journal.standing, { kind: 'open' });
    assert.deepEqual(
      journal.notices.map(({ code }) => code),
      ['head-copy-unreadable'],
    );
    journal.close();
    assert.deepEqual((await openIn(folder)).notices, []);
  });

  it('closing twice is once, and nothing works afterwards', async () => {
    const journal = await openIn(newFolder());
    journal.close();
    journal.close();
    checkShut(journal);
    assert.deepEqual(journal.read(0), []);
    assert.equal(codeOf(await journal.reopen()), 'fenced closed');
  });

  it('closing during a reopening wins', async () => {
    const journal = await openIn(await folderWith(3));
    const reopening = journal.reopen();
    journal.close();
    await reopening;
    assert.equal(codeOf(journal.standing), 'fenced closed');
    checkShut(journal);
  });
});
