import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { appendAll, names, newFolder, newRow, openIn, sweep } from './folder.ts';
import { checkShut, codeOf, folderWith } from './shut.ts';

describe('journal: an older or another file in its place', function () {
  this.timeout(120_000);
  afterEach(sweep);

  it('a file rolled back: names what is missing; the right file put back is open again', async () => {
    const folder = await folderWith(10);
    const old = `${folder.path}/old`;
    copyFileSync(folder.file, old);
    const journal = await openIn(folder);
    appendAll(journal, names('b', 7));
    journal.close();
    renameSync(folder.file, `${folder.path}/new`);
    copyFileSync(old, folder.file);

    const second = await openIn(folder);
    assert.equal(codeOf(second.standing), 'read-only rolled-back');
    assert.ok(second.standing.kind !== 'open');
    assert.match(second.standing.reason.sentence, /7 events/);
    assert.deepEqual(second.notices[0]?.dropped, { from: 11, to: 17 });
    checkShut(second);
    assert.equal(second.read(0).length, 10);
    assert.equal(codeOf(await second.reopen()), 'read-only rolled-back');

    renameSync(`${folder.path}/new`, folder.file);
    assert.deepEqual(await second.reopen(), { kind: 'open' });
    assert.equal(second.read(0).length, 17);
  });

  it('another history in its place: written only after the word', async () => {
    const [folder, other] = [await folderWith(4), newFolder()];
    const journal = await openIn(other);
    appendAll(journal, names('z', 6));
    journal.close();
    copyFileSync(other.file, folder.file);
    const second = await openIn(folder);
    assert.equal(codeOf(second.standing), 'read-only replaced');
    checkShut(second);
    assert.deepEqual(await second.acceptAsItIs(), { kind: 'open' });
    appendAll(second, ['y']);
    second.close();
    const third = await openIn(folder);
    assert.deepEqual(third.standing, { kind: 'open' });
    assert.equal(third.read(0).length, 7);
  });

  it('a file rolled back or taken away while it is open: fences before it acknowledges', async () => {
    for (const isRolledBack of [true, false]) {
      const folder = await folderWith(3);
      const old = `${folder.path}/old`;
      copyFileSync(folder.file, old);
      const journal = await openIn(folder);
      appendAll(journal, ['b']);
      rmSync(folder.file);
      if (isRolledBack) copyFileSync(old, folder.file);
      for (const end of ['-wal', '-shm']) rmSync(`${folder.file}${end}`, { force: true });
      const outcome = journal.append(4, [newRow('c')], []);
      assert.ok(outcome.kind === 'refused' && outcome.reason.code === 'replaced');
      assert.equal(codeOf(await journal.reopen()), 'read-only rolled-back');
      assert.equal(journal.head(), isRolledBack ? 3 : 0);
      assert.equal(journal.generation(), 2);
      journal.close();
    }
  });

  for (const point of ['append:begin', 'append:commit'] as const) {
    it(`a file set aside at ${point}: is not acknowledged`, async () => {
      const folder = await folderWith(3);
      const journal = await openIn(folder, {
        fault: (passed) => {
          if (passed !== point) return;
          for (const end of ['', '-wal', '-shm']) renameSync(folder.file + end, `${folder.path}/aside${end}`);
          copyFileSync(`${folder.path}/aside`, folder.file);
        },
      });
      const outcome = journal.append(3, [newRow('b')], []);
      assert.ok(outcome.kind === 'refused' && outcome.reason.code === 'replaced');
      if (point === 'append:commit') return;
      const aside = new DatabaseSync(`${folder.path}/aside`);
      assert.equal(aside.prepare('SELECT count(*) AS events FROM event').get()?.['events'], 3);
      aside.close();
    });
  }

  it('a file exchanged between looking and opening: is looked at again', async () => {
    const [folder, other] = [await folderWith(4), await folderWith(6)];
    let isDone = false;
    const journal = await openIn(folder, {
      fault: (point) => {
        if (point !== 'open:connect' || isDone) return;
        isDone = true;
        copyFileSync(other.file, `${folder.file}.other`);
        renameSync(`${folder.file}.other`, folder.file);
        for (const end of ['-wal', '-shm']) rmSync(`${folder.file}${end}`, { force: true });
      },
    });
    assert.deepEqual(journal.standing, { kind: 'open' });
    assert.equal(journal.head(), 6);
    assert.equal(journal.read(0).length, 6);
  });

  it('a history changed under it with SQLite itself: fences before it adds to it', async () => {
    for (const [change, code] of [
      ['DELETE FROM event WHERE seq = 3', 'rolled-back'],
      [`UPDATE event SET hash = 'x' WHERE seq = 3`, 'replaced'],
    ] as const) {
      for (const isReading of [true, false]) {
        const folder = await folderWith(3);
        const journal = await openIn(folder);
        journal.read(0);
        const db = new DatabaseSync(folder.file);
        db.exec(change);
        db.close();
        if (isReading) journal.read(0);
        else journal.append(3, [newRow('b')], []);
        assert.match(codeOf(journal.standing), isReading ? /^fenced/ : new RegExp(`^fenced ${code}$`));
        journal.close();
      }
    }
  });

  it('a file that cannot be opened for a while: what was known is not forgotten', async () => {
    const folder = await folderWith(3);
    const old = `${folder.path}/old`;
    copyFileSync(folder.file, old);
    const journal = await openIn(folder);
    appendAll(journal, ['b']);
    rmSync(folder.file);
    mkdirSync(folder.file);
    assert.equal(codeOf(await journal.reopen()), 'read-only unreadable');
    assert.deepEqual([journal.head(), journal.generation()], [4, 1]);
    // With the head copy gone as well, only this process knows that there was a fourth event.
    rmSync(folder.headFile);
    rmSync(folder.file, { recursive: true });
    copyFileSync(old, folder.file);
    for (const end of ['-wal', '-shm']) rmSync(`${folder.file}${end}`, { force: true });
    assert.equal(codeOf(await journal.reopen()), 'read-only rolled-back');
    assert.deepEqual([journal.head(), journal.generation()], [3, 2]);
  });
});
