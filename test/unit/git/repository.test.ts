import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tooOld } from '../../../src/git/git.ts';
import { noWorktreeFrom, repositoryOf, worktreeNotes } from '../../../src/git/repository.ts';
import { begin, commit, git, Ground, look, write } from './given.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

async function whyNot(folder: string): Promise<string> {
  const standing = await repositoryOf(folder);
  return standing.kind === 'none' ? standing.why.code : 'a repository';
}

describe('git: what a folder is', () => {
  it('no repository, a bare one, a git folder, a folder that is gone', async () => {
    const plain = ground.place();
    assert.equal(await whyNot(plain), 'no-repository');
    git(plain, 'init', '--quiet', '--bare', 'store.git');
    assert.equal(await whyNot(join(plain, 'store.git')), 'bare-repository');
    assert.equal(await whyNot(join(ground.repository(), '.git')), 'inside-git');
    assert.equal(await whyNot(join(plain, 'gone')), 'folder-gone');
  });

  it('a repository, a folder below its root, and a worktree of it', async () => {
    const top = ground.repository({ 'packages/x/a.txt': 'a\n' });
    const here = await look(top);
    assert.deepEqual(
      [here.top, here.prefix, here.commonDir, here.branch, here.commit, here.underway],
      [top, '', join(top, '.git'), 'main', git(top, 'rev-parse', 'HEAD'), undefined],
    );
    assert.equal((await look(join(top, 'packages', 'x'))).prefix, 'packages/x');
    git(top, 'worktree', 'add', '--quiet', '--detach', '../other');
    const other = await look(join(dirname(top), 'other'));
    assert.deepEqual([other.branch, other.commonDir], [undefined, join(top, '.git')]);
    assert.notEqual(other.gitDir, other.commonDir);
    assert.match((await worktreeNotes(other)).join(), /HEAD is detached/);
    assert.equal(noWorktreeFrom(other), undefined);
  });

  it('a branch is its own name, also where a tag has the same; of files or of a table of refs', async () => {
    const top = ground.repository({ 'a.txt': 'a' });
    const branch = async (): Promise<string | undefined> => {
      const standing = await repositoryOf(top);
      return standing.kind === 'repository' ? standing.repository.branch : 'none';
    };
    git(top, 'tag', 'main');
    assert.equal(await branch(), 'main');
    git(top, 'symbolic-ref', 'HEAD', 'refs/heads/lock/gate');
    assert.equal(await branch(), 'lock/gate');
  });

  it('no commit yet: no worktree, and the way out works', async () => {
    const top = ground.place();
    begin(top);
    const empty = await look(top);
    assert.deepEqual([empty.commit, empty.branch], [undefined, 'main']);
    assert.equal(noWorktreeFrom(empty)?.code, 'no-commit');
    commit(top, { 'a.txt': 'a' });
    assert.equal(noWorktreeFrom(await look(top)), undefined);
  });

  it('in the middle of a merge, a rebase, a cherry-pick: no worktree until it is over', async () => {
    const top = ground.repository({ 'a.txt': 'a\n' });
    git(top, 'branch', 'other');
    commit(top, { 'a.txt': 'b\n' });
    git(top, 'checkout', '--quiet', 'other');
    commit(top, { 'a.txt': 'c\n' });
    for (const [start, what, end] of [
      [['merge', 'main'], 'merge', ['merge', '--abort']],
      [['rebase', 'main'], 'rebase', ['rebase', '--abort']],
      [['cherry-pick', 'main'], 'cherry-pick', ['cherry-pick', '--abort']],
    ] as const) {
      assert.throws(() => git(top, ...start));
      const standing = await look(top);
      assert.equal(standing.underway, what);
      assert.equal(noWorktreeFrom(standing)?.code, 'git-underway');
      git(top, ...end);
      assert.equal((await look(top)).underway, undefined);
    }
  });

  it('what a worktree of it would lack: submodules, what a partial clone left out, files of Git LFS', async () => {
    const notes = async (folder: string): Promise<string> =>
      (await worktreeNotes(await look(folder))).join('\n');
    const top = ground.repository({ 'a.txt': 'a\n', 'deep/b.txt': 'b\n' });
    commit(top, { 'a.txt': 'b\n' });
    git(top, 'config', 'uploadpack.allowFilter', 'true');
    assert.equal(await notes(top), '');
    const outer = ground.repository();
    const source = `file://${top}`;
    git(outer, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', source, 'inner');
    assert.equal((await look(join(outer, 'inner'))).top, join(outer, 'inner'));
    assert.match(await notes(outer), /^Submodules are empty .*$/);
    const beside = dirname(top);
    git(beside, 'clone', '--quiet', '--depth=1', source, 'shallow');
    git(beside, 'clone', '--quiet', '--filter=blob:none', source, 'partial');
    git(join(beside, 'shallow'), 'sparse-checkout', 'set', 'deep');
    assert.equal(await notes(join(beside, 'shallow')), '');
    assert.match(await notes(join(beside, 'partial')), /^This is a partial clone.*$/);
    write(top, { 'deep/.gitattributes': '*.bin filter=lfs diff=lfs\n' });
    git(top, 'add', '--all');
    assert.match(await notes(top), /^Files that Git LFS keeps .*$/);
  });

  it('a git that is missing or too old is one sentence, and found again once it is there', async () => {
    const path = process.env['PATH'];
    const empty = ground.place();
    try {
      process.env['PATH'] = empty;
      const standing = await repositoryOf(empty);
      assert.equal(standing.kind === 'none' && standing.why.code, 'git-missing');
    } finally {
      process.env['PATH'] = path;
    }
    assert.equal(await whyNot(empty), 'no-repository');
    assert.equal(tooOld('git version 2.37.4')?.code, 'git-too-old');
    assert.equal(tooOld('git version 1.99.0')?.code, 'git-too-old');
    assert.equal(tooOld('git version 2.38.0.windows.1'), undefined);
    assert.equal(tooOld('git version 3.0.1'), undefined);
  });

  it('nothing of our own environment points git elsewhere, and no program of the repository is run', async () => {
    const [top, other] = [ground.repository(), ground.repository({ 'b.txt': 'b\n' })];
    process.env['GIT_DIR'] = join(other, '.git');
    try {
      assert.equal((await look(top)).commonDir, join(top, '.git'));
    } finally {
      delete process.env['GIT_DIR'];
    }
    const marker = join(dirname(top), 'ran');
    git(top, 'config', 'core.fsmonitor', `touch ${marker}; false`);
    await look(top);
    assert.throws(() => rmSync(marker), /ENOENT/);
    mkdirSync(join(top, 'sub'));
    assert.equal((await look(join(top, 'sub'))).prefix, 'sub');
  });
});
