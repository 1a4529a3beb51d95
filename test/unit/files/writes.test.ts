import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskWrites, type Noticed } from '../../../src/files/writes.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';
import { until } from '../../rig/until.ts';

describe('writes on the disk', () => {
  let place: string;
  let seen: Noticed[];
  let writes: DiskWrites;
  let entries: readonly string[];

  const own = (name: string): boolean => entries.some((entry) => name.startsWith(entry.replace('**', '')));
  const file = (name: string): string => join(place, name);
  const open = (): void => {
    writes = new DiskWrites({
      folders: () => [{ name: 'place', fsPath: place }],
      entries: () => entries,
      standing: (name) => (name === 'src/kept.ts' ? 'kept' : own(name) ? 'worker' : 'free'),
      noticed: (write) => seen.push(write),
      every: 20,
    });
  };
  const noticed = (name: string): Promise<Noticed[]> =>
    until(
      () => seen.filter((write) => write.name === name),
      (found) => found.length > 0,
    );

  /** Until looks that began after this call have found files that nobody told of. */
  async function looked(): Promise<void> {
    const before = seen.length;
    const isNews = ({ name }: Noticed): boolean => name.includes('look-');
    await until(
      () => writeFile(file(`src/look-${Math.random()}`), '').then(() => seen.slice(before)),
      (found) => found.some(isNews),
    );
  }

  /** At once: a look sees the file as it was or as it is. */
  async function write(name: string, text: string): Promise<void> {
    await writeFile(file('half'), text);
    await rename(file('half'), file(name));
  }

  /** Until all that was told so far has been looked into. */
  async function heard(): Promise<void> {
    const name = `told-${Math.random()}`;
    await writeFile(file(name), '');
    writes.touched(file(name));
    await noticed(name);
  }

  beforeEach(async () => {
    place = await temporaryFolder('writes');
    seen = [];
    entries = ['src/**'];
    await mkdir(file('src/deep'), { recursive: true });
    await writeFile(file('src/a.ts'), 'a');
    await writeFile(file('src/deep/b.ts'), 'b');
    await writeFile(file('src/kept.ts'), 'k');
    await writeFile(file('README.md'), 'r');
    open();
    await looked();
    seen = [];
  });

  afterEach(async () => {
    writes.dispose();
    await removeFolder(place);
  });

  it('are found by looking where no watcher tells of them: changed, new, replaced and gone', async () => {
    await write('src/a.ts', 'longer');
    await write('src/new.ts', '');
    await write('src/deep/b.ts', 'other');
    await rm(file('src/kept.ts'));
    for (const name of ['src/a.ts', 'src/new.ts', 'src/deep/b.ts']) {
      assert.deepEqual(await noticed(name), [{ name, by: 'worker', certain: false }]);
    }
    assert.deepEqual(await noticed('src/kept.ts'), [{ name: 'src/kept.ts', by: 'unknown', certain: false }]);
  });

  it('are none where a file is touched and says what it said: in a scope, and beside it once it was seen', async () => {
    await write('README.md', 'read');
    writes.touched(file('README.md'));
    await noticed('README.md');
    seen = [];
    for (const name of ['src/a.ts', 'README.md']) await utimes(file(name), new Date(), new Date());
    await write('src/deep/b.ts', 'b');
    for (const name of ['src/a.ts', 'src/deep/b.ts', 'README.md']) writes.touched(file(name));
    await heard();
    await looked();
    assert.deepEqual(
      seen.filter(({ name }) => !/told-|look-/.test(name)),
      [],
    );
    await write('src/a.ts', 'c');
    await noticed('src/a.ts');
  });

  it('are noticed once, however often they are told, and not at all where nothing changed', async () => {
    await write('src/a.ts', 'longer');
    for (let times = 0; times < 3; times += 1) {
      writes.touched(file('src/a.ts'));
      writes.touched(file('src/deep/b.ts'));
      writes.touched(file('src/deep'));
      await heard();
      await looked();
    }
    assert.deepEqual(
      seen.filter(({ name }) => !/look-|told-/.test(name)),
      [{ name: 'src/a.ts', by: 'worker', certain: false }],
    );
  });

  it('beside every scope are told of by the watcher, and nobody knows who wrote', async () => {
    await write('README.md', 'longer');
    writes.touched(file('README.md'));
    assert.deepEqual(await noticed('README.md'), [{ name: 'README.md', by: 'unknown', certain: false }]);
    writes.touched(file('README.md'));
    await heard();
    assert.equal(seen.filter(({ name }) => name === 'README.md').length, 1);
    await rm(file('README.md'));
    writes.touched(file('README.md'));
    await heard();
    writes.touched(file('README.md'));
    await heard();
    assert.equal(seen.filter(({ name }) => name === 'README.md').length, 2);
  });

  it('beside every scope are none where a file came and went before anybody looked', async () => {
    writes.touched(file('.a.half'), true);
    await heard();
    writes.touched(file('.a.half'));
    await heard();
    assert.deepEqual(
      seen.filter(({ name }) => name === '.a.half'),
      [],
    );
    await write('new.md', 'new');
    writes.touched(file('new.md'), true);
    assert.equal((await noticed('new.md')).length, 1);
  });

  it('of this editor are the user’s for certain, whoever sees them first', async () => {
    writes.saving('src/a.ts');
    await write('src/a.ts', 'longer');
    writes.touched(file('src/a.ts'));
    await heard();
    await looked();
    writes.saved('src/a.ts', file('src/a.ts'));
    writes.touched(file('src/a.ts'));
    await heard();
    await looked();
    assert.deepEqual(await noticed('src/a.ts'), [{ name: 'src/a.ts', by: 'user', certain: true }]);
  });

  it('of this editor that take a file away are nobody else’s when the watcher tells of them', async () => {
    for (const name of ['README.md', 'never.md']) {
      writes.saving(name);
      await rm(file(name), { force: true });
      writes.touched(file(name));
      writes.saved(name, file(name));
      writes.touched(file(name));
    }
    await heard();
    assert.deepEqual(
      seen.filter(({ name }) => ['README.md', 'never.md'].includes(name)),
      [],
    );
    await write('README.md', 'by somebody');
    writes.touched(file('README.md'));
    assert.deepEqual(await noticed('README.md'), [{ name: 'README.md', by: 'unknown', certain: false }]);
  });

  it('made before the files were handed out are nobody’s', async () => {
    await mkdir(file('docs'));
    await write('docs/guide.md', '1');
    entries = ['src/**', 'docs/'];
    writes.areasChanged();
    await looked();
    await looked();
    assert.deepEqual(
      seen.filter(({ name }) => name.startsWith('docs/')),
      [],
    );
  });

  it('through a link are of the file that it leads to; outside of the workspace they are none of ours', async () => {
    const elsewhere = await temporaryFolder('elsewhere');
    await symlink(file('src'), file('lib'));
    await symlink(elsewhere, file('out'));
    await writeFile(join(elsewhere, 'x.ts'), '');
    await write('lib/a.ts', 'longer');
    writes.touched(file('out/x.ts'));
    writes.touched(file('lib/a.ts'));
    assert.deepEqual(await noticed('src/a.ts'), [{ name: 'src/a.ts', by: 'worker', certain: false }]);
    await heard();
    assert.deepEqual(
      seen.filter(({ name }) => /out|lib/.test(name)),
      [],
    );
    await removeFolder(elsewhere);
  });

  it('are seen by the time of the file where its length is the same', async () => {
    await write('src/a.ts', 'z');
    await utimes(file('src/a.ts'), new Date(), new Date(Date.now() + 5_000));
    await noticed('src/a.ts');
  });
});
