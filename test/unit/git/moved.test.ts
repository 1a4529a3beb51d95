import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { survey, worktreesOf } from '../../../src/git/dispatchWorktree.ts';
import { touchedIn } from '../../../src/git/touched.ts';
import { filesOf, type WorktreeRecord } from '../../../src/git/worktreeRecords.ts';
import { makeWorktree } from '../../../src/git/worktrees.ts';
import { git, Ground, orderFor, write } from './given.ts';
import { dispatched, GitHouse, measured, submitted } from './house.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

async function begun(): Promise<{ top: string; record: WorktreeRecord }> {
  const top = ground.repository({ '.gitignore': 'other\n', 'a.txt': 'a\n' });
  git(top, 'config', 'core.excludesFile', join(dirname(top), 'own'));
  write(dirname(top), { own: 'deps\n' });
  write(top, { 'deps/d': 'd' });
  const made = await makeWorktree(await orderFor(top, { link: ['deps'] }));
  assert.ok(made.ok, JSON.stringify(made));
  write(made.worktree.path, { 'a.txt': 'b\n' });
  return { top, record: made.worktree };
}

/** What is known of the worktree of a repository that is open at that place. */
async function found(top: string): Promise<WorktreeRecord> {
  const [known, ...others] = await worktreesOf('journal', await survey([{ name: 'app', fsPath: top }]));
  assert.ok(known && others.length === 0);
  return known.record;
}

async function isWhole(top: string, { path, base, id, branch }: WorktreeRecord): Promise<void> {
  assert.equal(git(path, 'status', '--porcelain', '--untracked-files=all'), 'M a.txt'.padStart(8));
  assert.equal(git(path, 'symbolic-ref', '--short', 'HEAD'), branch);
  assert.equal(readFileSync(join(path, 'deps', 'd'), 'utf8'), 'd');
  const { index } = filesOf(join(top, '.git'), id);
  assert.deepEqual(await touchedIn({ path, base, index }), ['a.txt']);
  assert.ok(git(top, 'worktree', 'list', '--porcelain').includes(`worktree ${path}\n`));
}

describe('git: a repository that was moved, with a worktree at work', () => {
  it('renamed: its worktree stays where it is and knows it again, with its links and what is hidden', async () => {
    const { top, record } = await begun();
    const renamed = join(dirname(top), 'renamed');
    renameSync(top, renamed);
    assert.throws(() => git(record.path, 'status'));
    const known = await found(renamed);
    assert.deepEqual({ from: undefined, ...known }, record);
    await isWhole(renamed, known);
  });

  it('moved together with its worktree: both are found in the new place', async () => {
    const { top, record } = await begun();
    const parent = join(ground.folder, 'moved');
    renameSync(dirname(top), parent);
    const moved = join(parent, 'app');
    git(moved, 'config', 'core.excludesFile', join(parent, 'own'));
    const known = await found(moved);
    assert.equal(known.path, join(`${moved}.worktrees`, record.id));
    await isWhole(moved, known);
  });

  it('copied: the worktree stays that of the one it was made from', async () => {
    const { top, record } = await begun();
    const copy = join(dirname(top), 'copy');
    cpSync(top, copy, { recursive: true });
    const leads = readFileSync(join(record.path, '.git'), 'utf8');
    await found(copy);
    assert.equal(readFileSync(join(record.path, '.git'), 'utf8'), leads);
    await isWhole(top, await found(top));
    assert.ok(existsSync(record.path));
  });

  it('and its journal adopted: the dispatch goes on in its worktree, and its result is measured there', async () => {
    const { house, path } = await dispatched(ground.repository({ 'src/a.js': 'a\n' }), 'worktree');
    write(path, { 'src/a.js': 'b\n' });
    house.close();
    const [before, parent] = [dirname(house.top), join(ground.folder, 'adopted')];
    renameSync(before, parent);
    const again = await GitHouse.open(join(parent, 'app'));
    assert.deepEqual(await again.outside.touched(1), undefined);
    await again.outside.worktrees.takeOver(join(before, 'own', 'journal.db'));
    assert.deepEqual(await again.outside.touched(1), [{ name: 'src/a.js', path: 'src/a.js' }]);
    await submitted(again, ['src/a.js']);
    assert.equal((await measured(again)).where, 'worktree');
    again.close();
  });
});
