import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesNamed, readName } from '../../../../src/editor/questions/namedFile.ts';

describe('a file that a packet names', () => {
  it('is read with folder, line and column', () => {
    const folders = ['app', 'my docs'];
    assert.deepEqual(readName('src/a.ts', folders), { path: 'src/a.ts' });
    assert.deepEqual(readName(' src/a.ts:12 ', folders), { path: 'src/a.ts', line: 12 });
    assert.deepEqual(readName('src/a.ts:12:3', folders), { path: 'src/a.ts', line: 12, column: 3 });
    assert.deepEqual(readName('app/src/a.ts:12', folders), { folder: 'app', path: 'src/a.ts', line: 12 });
    assert.deepEqual(readName('./my docs/a b.md', folders), { folder: 'my docs', path: 'a b.md' });
    assert.deepEqual(readName('app', folders), { folder: 'app', path: '.' });
    assert.deepEqual(readName('app/src/a.ts', ['app']), { path: 'app/src/a.ts' });
    assert.deepEqual(readName('./src/..a/b..ts', folders), { path: './src/..a/b..ts' });
  });

  it('is refused where it could lead out, or is an address', () => {
    const bad = [
      '',
      ':12',
      '/etc/passwd',
      '../a',
      'src/../../a',
      'src/..',
      '~/a',
      '\\\\server\\a',
      'C:\\a',
      'c:/a',
      'a\\..\\b',
      'file:///etc/passwd',
      'command:workbench.action.quit',
      'javascript:alert(1)',
      'other:src/a.ts',
      'app:src/a.ts',
      'app//etc/passwd',
      'app/../a',
      'a\u0000b',
      'a\nb',
    ];
    for (const name of bad) assert.equal(readName(name, ['app', 'web']), undefined, name);
  });

  it('is found in each folder that has it, and never through a link that leads out', async () => {
    const base = await realpath(await mkdtemp(join(tmpdir(), 'lk-named-')));
    try {
      for (const folder of ['one', 'two', 'outside'])
        await mkdir(join(base, folder, 'src'), { recursive: true });
      for (const file of ['one/src/a.ts', 'two/src/a.ts', 'two/b.ts', 'outside/secret'])
        await writeFile(join(base, file), '');
      await symlink(join(base, 'outside/secret'), join(base, 'one/link'));
      await symlink(join(base, 'outside'), join(base, 'one/folder'));
      await symlink(join(base, 'one/src'), join(base, 'one/inside'));
      const roots = ['one', 'two'].map((name) => ({ name, fsPath: join(base, name) }));
      const found = async (name: string) => {
        const named = readName(name, ['one', 'two']);
        assert.ok(named);
        return (await filesNamed(named, roots)).map(({ file }) => file.slice(base.length + 1));
      };
      assert.deepEqual(await found('src/a.ts:3'), ['one/src/a.ts', 'two/src/a.ts']);
      assert.deepEqual(await found('two/src/a.ts'), ['two/src/a.ts']);
      assert.deepEqual(await found('b.ts'), ['two/b.ts']);
      assert.deepEqual(await found('inside/a.ts'), ['one/src/a.ts']);
      assert.deepEqual(await found('one/b.ts'), []);
      assert.deepEqual(await found('link'), []);
      assert.deepEqual(await found('folder/secret'), []);
    } finally {
      await rm(base, { recursive: true });
    }
  });
});
