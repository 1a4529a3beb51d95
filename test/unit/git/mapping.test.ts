import assert from 'node:assert/strict';
import { join, sep } from 'node:path';
import { mappingOf, nameFromTop, nameOf, rootsOf, topPathOf, type Place } from '../../../src/git/mapping.ts';

const at = (path: string): string => path.split('/').join(sep);
const place = (name: string, path: string, top?: string): Place => ({
  name,
  fsPath: at(path),
  top: top === undefined ? undefined : at(top),
});
const worktree = at('/w/app.worktrees/web-7');

describe('git: paths of a worktree and names of the workspace', () => {
  it('one folder, which is the repository', () => {
    const mapping = mappingOf(worktree, at('/w/app'), [place('app', '/w/app', '/w/app')]);
    assert.deepEqual(rootsOf(mapping), [{ name: 'app', fsPath: worktree }]);
    assert.equal(nameOf(mapping, join(worktree, 'src', 'a.ts')), 'src/a.ts');
    assert.equal(nameFromTop(mapping, 'src/a.ts'), 'src/a.ts');
    assert.equal(topPathOf(mapping, 'src/a.ts'), 'src/a.ts');
    assert.equal(nameOf(mapping, at('/w/app/src/a.ts')), undefined);
    assert.equal(nameOf(mapping, `${worktree}2${sep}a.ts`), undefined);
    assert.equal(nameOf(mapping, worktree), undefined);
    assert.equal(topPathOf(mapping, '../app/a.ts'), undefined);
    assert.equal(nameOf(mapping, join(worktree, '..b')), '..b');
  });

  it('a folder below the root of the repository: what lies beside it has no name', () => {
    const mapping = mappingOf(worktree, at('/w/app'), [place('x', '/w/app/packages/x', '/w/app')]);
    assert.deepEqual(rootsOf(mapping), [{ name: 'x', fsPath: join(worktree, 'packages', 'x') }]);
    assert.equal(nameFromTop(mapping, 'packages/x/a.ts'), 'a.ts');
    assert.equal(nameFromTop(mapping, 'packages/xy/a.ts'), undefined);
    assert.equal(nameFromTop(mapping, 'README.md'), undefined);
    assert.equal(topPathOf(mapping, 'a.ts'), 'packages/x/a.ts');
  });

  it('several folders: the same relative path in two roots is two files; a worktree of one knows only its own', () => {
    const folders = [
      place('web', '/w/app/web', '/w/app'),
      place('app', '/w/app', '/w/app'),
      place('api', '/w/api', '/w/api'),
      place('notes', '/w/notes'),
    ];
    const mapping = mappingOf(worktree, at('/w/app'), folders);
    assert.deepEqual(rootsOf(mapping), [
      { name: 'web', fsPath: join(worktree, 'web') },
      { name: 'app', fsPath: worktree },
    ]);
    assert.equal(nameFromTop(mapping, 'web/src/a.ts'), 'web/src/a.ts');
    assert.equal(nameFromTop(mapping, 'src/a.ts'), 'app/src/a.ts');
    assert.equal(topPathOf(mapping, 'app/src/a.ts'), 'src/a.ts');
    assert.equal(topPathOf(mapping, 'api/src/a.ts'), undefined);
    assert.equal(topPathOf(mapping, 'src/a.ts'), undefined);
  });

  it('a folder in a repository of its own, inside the other one, has no counterpart', () => {
    const folders = [place('app', '/w/app', '/w/app'), place('lib', '/w/app/lib', '/w/app/lib')];
    const mapping = mappingOf(worktree, at('/w/app'), folders);
    assert.deepEqual(
      rootsOf(mapping).map(({ name }) => name),
      ['app'],
    );
  });

  it('names are in one Unicode form, whatever the disk says', () => {
    const mapping = mappingOf(worktree, at('/w/app'), [place('app', '/w/app', '/w/app')]);
    assert.equal(nameFromTop(mapping, 'e\u0301.ts'), '\u00e9.ts');
  });
});
