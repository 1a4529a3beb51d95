import assert from 'node:assert/strict';
import { chmodSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { changesIn, type Change, type Changes } from '../../../src/git/changes.ts';
import {
  compareWithResult,
  namedChanges,
  outsideScope,
  type NamedChange,
} from '../../../src/git/reported.ts';
import { filesOf, type WorktreeRecord } from '../../../src/git/worktreeRecords.ts';
import { makeWorktree } from '../../../src/git/worktrees.ts';
import { commit, git, Ground, orderFor, write } from './given.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

async function made(top: string): Promise<WorktreeRecord> {
  const answer = await makeWorktree(await orderFor(top));
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.worktree;
}

async function changesOf(top: string, { path, base, id }: WorktreeRecord): Promise<Changes> {
  const commonDir = join(top, '.git');
  const answer = await changesIn({ path, base, commonDir, index: filesOf(commonDir, id).index });
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.changes;
}

const shown = ({ path, from, how, kind, binary }: Change): string =>
  [how, kind, binary ? 'binary' : '', from === undefined ? path : `${from} -> ${path}`]
    .filter(Boolean)
    .join(' ');

describe('git: what a worktree changed against its base', () => {
  it('committed and not, new and gone, renamed, of another mode or kind, binary, strange names', async () => {
    const long = 'a line\n'.repeat(50);
    const top = ground.repository({
      'same.ts': 's\n',
      'a.ts': '1\n2\n',
      'gone.ts': 'g\n',
      'old.ts': long,
      'run.sh': 'x\n',
      'kind.ts': 'k\n',
      '.gitignore': 'ignored/\n',
    });
    const worktree = await made(top);
    assert.deepEqual((await changesOf(top, worktree)).files, []);
    const { path } = worktree;
    commit(path, { 'a.ts': '1\n3\n4\n', 'committed.ts': 'c\n' });
    write(path, { ' n\té\nw.ts': 'n\n', 'bin.dat': 'a\0b', 'ignored/x': 'i' });
    rmSync(join(path, 'gone.ts'));
    renameSync(join(path, 'old.ts'), join(path, 'renamed.ts'));
    chmodSync(join(path, 'run.sh'), 0o755);
    rmSync(join(path, 'kind.ts'));
    symlinkSync('a.ts', join(path, 'kind.ts'));
    const { files, tree } = await changesOf(top, worktree);
    assert.deepEqual(
      files.map(shown).sort(),
      [
        'added file  n\té\nw.ts',
        'added file bin.dat'.replace('file', 'file binary'),
        'added file committed.ts',
        'another kind symlink kind.ts',
        'changed file a.ts',
        'changed file run.sh',
        'deleted file gone.ts',
        'renamed file old.ts -> renamed.ts',
      ].sort(),
    );
    const one = (name: string): Change | undefined => files.find((file) => file.path === name);
    assert.deepEqual([one('a.ts')?.added, one('a.ts')?.removed], [2, 1]);
    assert.deepEqual([one('run.sh')?.oldMode, one('run.sh')?.newMode], ['100644', '100755']);
    assert.equal(one('bin.dat')?.added, undefined);
    assert.equal(git(top, 'show', `${tree}:committed.ts`), 'c');
    assert.equal((await changesOf(top, worktree)).tree, tree, 'the same files are the same tree');
    write(path, { 'same.ts': 't\n' });
    assert.notEqual((await changesOf(top, worktree)).tree, tree);
  });

  it('what the worker marks in its own index hides nothing', async () => {
    const top = ground.repository({ 'a.ts': '1\n', 'b.ts': '1\n' });
    const worktree = await made(top);
    git(worktree.path, 'update-index', '--assume-unchanged', 'a.ts');
    git(worktree.path, 'update-index', '--skip-worktree', 'b.ts');
    write(worktree.path, { 'a.ts': '2\n', 'b.ts': '2\n' });
    assert.equal(git(worktree.path, 'status', '--porcelain'), '');
    assert.deepEqual((await changesOf(top, worktree)).files.map(shown), [
      'changed file a.ts',
      'changed file b.ts',
    ]);
    rmSync(filesOf(join(top, '.git'), worktree.id).index);
    assert.equal(
      (await changesOf(top, worktree)).files.length,
      2,
      'an index of ours that is lost is made anew',
    );
  });

  it('a repository inside is a submodule; files in it that it has not committed are told', async () => {
    const top = ground.repository();
    const inner = ground.repository({ 'x.ts': '1\n' });
    git(top, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'inner');
    commit(top, {});
    const worktree = await made(top);
    const allow = ['-c', 'protocol.file.allow=always'];
    git(worktree.path, ...allow, 'submodule', '--quiet', 'update', '--init');
    assert.deepEqual((await changesOf(top, worktree)).files, []);
    write(worktree.path, { 'inner/x.ts': '2\n' });
    const dirty = (await changesOf(top, worktree)).files;
    assert.deepEqual([dirty.map(shown), dirty[0]?.unsaved], [['changed submodule inner'], true]);
    git(join(worktree.path, 'inner'), 'checkout', '--quiet', '--', 'x.ts');
    write(worktree.path, { 'inner/untracked.ts': 'u' });
    assert.equal((await changesOf(top, worktree)).files[0]?.unsaved, true);

    git(join(worktree.path, 'inner'), 'config', 'user.name', 'Person');
    git(join(worktree.path, 'inner'), 'config', 'user.email', 'person@example.invalid');
    commit(join(worktree.path, 'inner'), { 'x.ts': '3\n' });
    const moved = (await changesOf(top, worktree)).files;
    assert.deepEqual([moved.map(shown), moved[0]?.unsaved], [['changed submodule inner'], undefined]);
    write(worktree.path, { 'inner/x.ts': '4\n' });
    const both = (await changesOf(top, worktree)).files;
    assert.deepEqual([both.map(shown), both[0]?.unsaved], [['changed submodule inner'], true]);
  });
});

describe('git: what changed beside what a result says', () => {
  const change = (path: string, from?: string): Change => ({
    path,
    ...(from === undefined ? {} : { from }),
    how: from === undefined ? 'changed' : 'renamed',
    kind: 'file',
    oldMode: '100644',
    newMode: '100644',
    oldHash: '',
    newHash: '',
    binary: false,
  });
  const name = (path: string): string | undefined => (path.startsWith('away/') ? undefined : path);
  const named = (...changes: readonly Change[]): readonly NamedChange[] => namedChanges(changes, name);

  it('unsaid and unchanged files; a rename is said by either name, a folder by its slash', () => {
    const changes = named(
      change('a.ts'),
      change('new.ts', 'old.ts'),
      change('lib/x.ts'),
      change('e\u0301.ts'),
    );
    const said = ['./a.ts', 'old.ts', 'lib/', '\u00e9.ts', 'never.ts'];
    assert.deepEqual(compareWithResult(changes, said), { unsaid: [], unchanged: ['never.ts'] });
    const { unsaid, unchanged } = compareWithResult(changes, ['A.TS', 'lib']);
    assert.equal(unsaid.length, 4);
    assert.deepEqual(unchanged, ['A.TS', 'lib']);
    const blind = compareWithResult(changes, ['A.TS'], (one) => one.normalize('NFC').toLowerCase());
    assert.deepEqual([blind.unsaid.length, blind.unchanged], [3, []]);
  });

  it('outside its scope: either side of a rename, and what no folder shows', () => {
    const changes = named(
      change('src/a.ts'),
      change('b.ts'),
      change('src/new.ts', 'old.ts'),
      change('new.ts', 'src/old.ts'),
      change('away/c.ts'),
      change('src/d.ts', 'away/d.ts'),
    );
    const outside = outsideScope(changes, (one) => one.startsWith('src/'));
    assert.deepEqual(
      outside.map((one) => one.change.path),
      ['b.ts', 'src/new.ts', 'new.ts', 'away/c.ts', 'src/d.ts'],
    );
  });
});
