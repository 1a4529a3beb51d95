import assert from 'node:assert/strict';
import { join } from 'node:path';
import { keepWork } from '../../../src/git/keeping.ts';
import type { WorktreeRecord } from '../../../src/git/worktreeRecords.ts';
import { makeWorktree } from '../../../src/git/worktrees.ts';
import { commit, git, Ground, orderFor, write } from './given.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

async function made(): Promise<{ top: string; worktree: WorktreeRecord }> {
  const top = ground.repository();
  const answer = await makeWorktree(await orderFor(top));
  assert.ok(answer.ok);
  return { top, worktree: answer.worktree };
}

const keep = async (top: string, worktree: WorktreeRecord) => {
  const kept = await keepWork(join(top, '.git'), worktree, 'chore: keep the work of TODO 7');
  assert.ok(kept.ok, JSON.stringify(kept));
  return kept;
};

describe('git: the work of a withdrawn dispatch', () => {
  it('stays on its branch, what was not committed included, without hooks or a name of the person', async () => {
    const { top, worktree } = await made();
    commit(worktree.path, { 'one.txt': '1' });
    write(worktree.path, { 'two.txt': '2' });
    write(top, { '.git/hooks/pre-commit': '#!/bin/sh\nexit 1\n' });
    const kept = await keep(top, worktree);
    assert.equal(kept.branch, 'lockkeeper/web/7');
    assert.equal(git(top, 'rev-parse', kept.branch), kept.commit);
    assert.equal(git(top, 'show', `${kept.branch}:two.txt`), '2');
    assert.equal(git(worktree.path, 'status', '--porcelain'), '');
    assert.equal(git(top, 'log', '--format=%an', '--max-count=1', kept.branch), 'Lockkeeper');
    assert.equal((await keep(top, worktree)).commit, kept.commit, 'nothing more to keep');
  });

  it('on another branch, or on none, it is kept on a branch of ours beside', async () => {
    const { top, worktree } = await made();
    git(worktree.path, 'checkout', '--quiet', '--detach');
    write(worktree.path, { 'two.txt': '2' });
    const kept = await keep(top, worktree);
    assert.equal(kept.branch, 'lockkeeper/web/7-kept');
    assert.equal(git(top, 'show', `${kept.branch}:two.txt`), '2');
    git(worktree.path, 'checkout', '--quiet', '-b', 'elsewhere');
    write(worktree.path, { 'three.txt': '3' });
    assert.equal((await keep(top, worktree)).branch, 'lockkeeper/web/7-kept-2');
  });
});
