import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { homeAt, keepHome } from '../../../src/journal/home.ts';
import { orphansBeside, rowsOf } from '../../../src/journal/orphans.ts';
import type { Journal } from '../../../src/journal/port.ts';
import { until } from '../../rig/until.ts';
import { flip } from './bitFlips.ts';
import { appendAll, names, newFolder, newRow, openIn, receiptOf, sweep } from './folder.ts';
import type { Folder } from './folder.ts';
import { codeOf } from './shut.ts';
import { startWriter, stopWriters } from './writer.ts';

describe('journal: folder renamed while closed', function () {
  this.timeout(120_000);
  let place: string;
  beforeEach(() => {
    place = newFolder().path;
  });
  afterEach(() => {
    stopWriters();
    sweep();
  });

  /** The storage that an editor gives to the folder of this name, which is made where it is not there. */
  const storageOf = (name: string): Folder & { home: string } => {
    const home = join(place, 'projects', name);
    mkdirSync(home, { recursive: true });
    const file = join(place, 'storage', `hash of ${name.replace('/', ' ')}`, 'lockkeeper', 'journal.db');
    return { path: place, home, file, headFile: join(place, 'heads', name) };
  };

  const opened = async (at: Folder & { home: string }): Promise<Journal> => {
    const journal = await openIn(at);
    keepHome(at.file, homeAt(at.home));
    return journal;
  };

  const closedWith = async (name: string, count: number): Promise<Folder & { home: string }> => {
    const at = storageOf(name);
    const journal = await opened(at);
    appendAll(journal, names('a', count));
    journal.close();
    return at;
  };

  const renamed = (from: string, to: string): Folder & { home: string } => {
    renameSync(join(place, 'projects', from), join(place, 'projects', to));
    return storageOf(to);
  };

  const commandsOf = (journal: Journal): string[] => journal.read(0).map(({ command }) => command);
  const orphansFor = (at: Folder & { home: string }) => orphansBeside(at.file, homeAt(at.home));

  it('is found from the folder under its new name, by what the file system calls it, and can be looked into', async () => {
    const old = await closedWith('lock', 3);
    const at = renamed('lock', 'canal');
    await opened(at);
    const [orphan, ...others] = await orphansFor(at);
    assert.deepEqual(others, []);
    assert.deepEqual([orphan?.file, orphan?.home.path, orphan?.isLikely], [old.file, old.home, true]);
    assert.deepEqual(
      (await rowsOf(old.file))?.map(({ command }) => command),
      names('a', 3),
    );
  });

  it('is found under its old name elsewhere; a folder that is another is found too, and not likely', async () => {
    const old = await closedWith('lock', 1);
    const [away, other] = [storageOf('moved/lock'), storageOf('weir')];
    rmdirSync(old.home);
    assert.deepEqual(
      (await orphansFor(away)).map(({ isLikely }) => isLikely),
      [true],
    );
    assert.deepEqual(
      (await orphansFor(other)).map(({ isLikely }) => isLikely),
      [false],
    );
  });

  it('of a workspace file that was renamed is found by it, though its folder is still there', async () => {
    const old = await closedWith('lock', 2);
    const file = join(old.home, 'canal.code-workspace');
    writeFileSync(file, '{"folders":[]}');
    keepHome(old.file, homeAt(file));
    const at = storageOf('weir');
    assert.deepEqual(await orphansBeside(at.file, homeAt(at.home)), []);
    const moved = join(place, 'projects', 'river.code-workspace');
    renameSync(file, moved);
    const [orphan] = await orphansBeside(at.file, homeAt(moved));
    assert.deepEqual([orphan?.home.path, orphan?.isLikely], [file, true]);
  });

  it('a folder that is still there is never an orphan; nor is one without a word of what it belongs to', async () => {
    await closedWith('lock', 2);
    const at = storageOf('weir');
    assert.deepEqual(await orphansFor(at), []);
    const silent = storageOf('silent');
    (await openIn(silent)).close();
    rmdirSync(silent.home);
    assert.deepEqual(await orphansFor(at), []);
  });

  it('one of another machine is found, as nobody can look there, and never likely', async () => {
    const old = await closedWith('lock', 2);
    const at = renamed('lock', 'canal');
    const record = join(dirname(old.file), 'home.json');
    writeFileSync(record, readFileSync(record, 'utf8').replace(/"host":"[^"]*"/, '"host":"elsewhere"'));
    const [orphan] = await orphansFor(at);
    assert.deepEqual([orphan?.home.host, orphan?.isLikely], ['elsewhere', false]);
  });

  it('is adopted whole, goes on in its new place, and is not found again', async () => {
    const old = await closedWith('lock', 3);
    const at = renamed('lock', 'canal');
    const journal = await opened(at);
    assert.equal(await journal.adopt(old), undefined);
    assert.deepEqual(journal.standing, { kind: 'open' });
    assert.deepEqual(commandsOf(journal), names('a', 3));
    assert.deepEqual(journal.receipt('a2'), receiptOf('a2'));
    appendAll(journal, ['b']);
    assert.deepEqual(journal.notices, []);
    assert.deepEqual([existsSync(old.file), existsSync(old.headFile)], [false, false]);
    assert.deepEqual(await orphansFor(at), []);
    const kept = readdirSync(dirname(at.file)).filter((name) => name.includes('.empty-'));
    assert.ok(kept.includes('journal.db.empty-1'), kept.join());
    journal.close();
    assert.deepEqual(commandsOf(await openIn(at)), [...names('a', 3), 'b']);
  });

  it('two windows on the new name: one adopts, and both have the one history', async () => {
    const old = await closedWith('lock', 3);
    const at = renamed('lock', 'canal');
    const [first, second] = [await opened(at), await opened(at)];
    assert.equal(await first.adopt(old), undefined);
    await until(
      () => codeOf(second.standing),
      (code) => code === 'open',
    );
    await until(
      () => commandsOf(second).length,
      (count) => count === 3,
    );
    assert.equal(second.append(3, [newRow('b')], []).kind, 'kept');
    assert.deepEqual(commandsOf(first), [...names('a', 3), 'b']);
  });

  it('is not taken from a window that has it open on the old name; it is once that is closed', async () => {
    const old = await closedWith('lock', 3);
    const window = startWriter(old, {
      steps: [{ do: 'append', prefix: 'b', count: 1 }, { do: 'wait' }, { do: 'close' }],
    });
    await window.line(({ waiting }) => waiting === true);
    const at = renamed('lock', 'canal');
    const journal = await opened(at);
    assert.equal((await journal.adopt(old))?.code, 'in-use');
    assert.deepEqual([journal.standing, journal.head()], [{ kind: 'open' }, 0]);
    window.goOn();
    assert.equal((await window.ended).code, 0);
    assert.equal(await journal.adopt(old), undefined);
    assert.deepEqual(commandsOf(journal), [...names('a', 3), 'b1']);
  });

  it('a folder with a history of its own adopts none, and both stay as they are', async () => {
    const old = await closedWith('lock', 3);
    const at = renamed('lock', 'canal');
    const [journal, other] = [await opened(at), await opened(at)];
    appendAll(other, ['own']);
    // It has not read yet what the other window wrote.
    const refused = await journal.adopt(old);
    assert.equal(refused?.code, 'not-empty');
    assert.deepEqual(commandsOf(journal), ['own']);
    assert.equal((await journal.adopt(old))?.code, 'not-empty');
    assert.deepEqual(commandsOf(await openIn(old)), names('a', 3));
  });

  it('one that another folder has adopted meanwhile is not there any more', async () => {
    const old = await closedWith('lock', 3);
    const at = renamed('lock', 'canal');
    const [quick, slow] = [await opened(at), await opened(storageOf('weir'))];
    assert.equal(await quick.adopt(old), undefined);
    assert.equal((await slow.adopt(old))?.code, 'not-there');
    assert.deepEqual([slow.standing, slow.head()], [{ kind: 'open' }, 0]);
    assert.ok(!existsSync(old.file));
  });

  it('one that lost events says so in its new place, as it would have in the old', async () => {
    const old = await closedWith('lock', 2);
    const copy = readFileSync(old.file);
    const later = await openIn(old);
    appendAll(later, ['lost']);
    later.close();
    writeFileSync(old.file, copy);
    const at = renamed('lock', 'canal');
    const journal = await opened(at);
    assert.equal((await journal.adopt(old))?.code, 'rolled-back');
    assert.deepEqual(commandsOf(journal), names('a', 2));
    assert.deepEqual(await journal.acceptAsItIs(), { kind: 'open' });
    appendAll(journal, ['b']);
  });

  it('a damaged one is mended first: the damaged file stays in the old place, and the notice names it', async () => {
    const old = await closedWith('lock', 2);
    flip(old.file, 18 * 8);
    const at = renamed('lock', 'canal');
    const journal = await opened(at);
    assert.equal(await journal.adopt(old), undefined);
    assert.deepEqual(commandsOf(journal), names('a', 2));
    const [notice] = journal.notices;
    assert.deepEqual([notice?.code, notice?.keptAs], ['set-aside', `${old.file}.damaged-1`]);
    assert.ok(existsSync(`${old.file}.damaged-1`));
  });

  for (const point of ['adopt:cleared', 'adopt:moved'] as const) {
    it(`kill -9 at ${point}: the journal is whole in one of the two places`, async () => {
      const old = await closedWith('lock', 3);
      const at = renamed('lock', 'canal');
      const { file, headFile } = old;
      const killed = startWriter(at, { dieAt: { point, nth: 1 }, steps: [{ do: 'adopt', file, headFile }] });
      assert.equal((await killed.ended).signal, 'SIGKILL');
      const journal = await opened(at);
      assert.deepEqual(journal.standing, { kind: 'open' });
      assert.equal(existsSync(old.file), point === 'adopt:cleared');
      if (point === 'adopt:cleared') assert.equal(await journal.adopt(old), undefined);
      assert.deepEqual(commandsOf(journal), names('a', 3));
      appendAll(journal, ['b']);
      assert.deepEqual(journal.notices, []);
    });
  }
});
