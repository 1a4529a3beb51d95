import assert from 'node:assert/strict';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { hide } from '../../../src/git/hiding.ts';
import { changesIn } from '../../../src/git/changes.ts';
import { freeName, slugOf } from '../../../src/git/worktreeNames.ts';
import { filesOf, type WorktreeRecord } from '../../../src/git/worktreeRecords.ts';
import { makeWorktree, worktreeOf, type Made, type WorktreeOrder } from '../../../src/git/worktrees.ts';
import { until } from '../../rig/until.ts';
import { commit, git, Ground, orderFor, traces, write } from './given.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

async function make(top: string, more: Partial<WorktreeOrder> = {}): Promise<Made> {
  return makeWorktree(await orderFor(top, more));
}

async function made(top: string, more: Partial<WorktreeOrder> = {}): Promise<WorktreeRecord> {
  const answer = await make(top, more);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.worktree;
}

function refused(answer: Made): string {
  return answer.ok ? 'made' : answer.refusal.code;
}

describe('git: a worktree for a dispatch', () => {
  it('stands beside the repository, on a branch of its own, from the recorded base', async () => {
    const top = ground.repository();
    const start = git(top, 'rev-parse', 'HEAD');
    commit(top, { 'later.txt': 'l' });
    const hook = join(top, '.git', 'hooks', 'post-checkout');
    write(top, { '.git/hooks/post-checkout': `#!/bin/sh\ntouch ${join(dirname(top), 'hooked')}\n` });
    chmodSync(hook, 0o755);
    const steps: string[] = [];
    const worktree = await made(top, { start, onStep: (step) => steps.push(step) });
    assert.deepEqual(
      [worktree.path, worktree.branch, worktree.base],
      [join(`${top}.worktrees`, 'web-7'), 'lockkeeper/web/7', start],
    );
    assert.equal(git(worktree.path, 'symbolic-ref', 'HEAD'), 'refs/heads/lockkeeper/web/7');
    assert.equal(git(worktree.path, 'rev-parse', 'HEAD'), start);
    assert.equal(git(worktree.path, 'status', '--porcelain'), '');
    assert.equal(git(top, 'status', '--porcelain'), '');
    assert.deepEqual(steps, ['recorded', 'added', 'indexed', 'hidden', 'linked', 'set up']);
    assert.equal(existsSync(join(dirname(top), 'hooked')), false, 'no hook of the repository runs');
  });

  it('the same dispatch finds it again; a second dispatch of the TODO gets the next free name', async () => {
    const top = ground.repository();
    const first = await made(top);
    assert.equal((await made(top)).path, first.path);
    assert.equal((await worktreeOf(join(top, '.git'), 'journal', 1))?.id, 'web-7');
    assert.equal(await worktreeOf(join(top, '.git'), 'another', 1), undefined);
    const second = await made(top, { dispatch: 2 });
    assert.deepEqual([second.id, second.branch], ['web-7-2', 'lockkeeper/web/7-2']);
    git(top, 'branch', 'lockkeeper/web/7-3');
    mkdirSync(join(`${top}.worktrees`, 'web-7-4'));
    assert.equal((await made(top, { owner: 'another' })).id, 'web-7-5');
  });

  it('one whose folder is gone stands again on its branch, with the work on it', async () => {
    const top = ground.repository();
    const first = await made(top);
    const head = commit(first.path, { 'work.txt': 'w' });
    rmSync(first.path, { recursive: true });
    const again = await made(top);
    assert.deepEqual([again.path, again.branch, again.base], [first.path, first.branch, first.base]);
    assert.equal(git(again.path, 'rev-parse', 'HEAD'), head);
  });

  it('several at one moment get what is theirs', async () => {
    const top = ground.repository();
    const all = await Promise.all([1, 2, 3, 4].map((dispatch) => made(top, { dispatch })));
    assert.equal(new Set(all.map(({ path }) => path)).size, 4);
    assert.equal(git(top, 'worktree', 'list').split('\n').length, 5);
  });

  it('names are safe for branches and for every file system', async () => {
    assert.deepEqual(
      [
        'Web Dev',
        'Ünïcode!',
        '日本',
        '../../etc',
        'CON',
        'a'.repeat(90),
        '.lock',
        '-',
        'x..y~^:?*[\\',
        'a.lock',
      ].map(slugOf),
      [
        'web-dev',
        'unicode',
        'worker',
        'etc',
        'worker-con',
        'a'.repeat(40),
        'lock',
        'worker',
        'x-y',
        'a-lock',
      ],
    );
    let left = 2;
    const name = await freeName('Web', 7, () => Promise.resolve(left-- === 0));
    assert.deepEqual(name, { id: 'web-7-3', branch: 'lockkeeper/web/7-3' });
  });

  it('a branch that stands in the way is named, and the way out works', async () => {
    const top = ground.repository();
    git(top, 'branch', 'lockkeeper');
    assert.equal(refused(await make(top)), 'branch-in-the-way');
    assert.deepEqual(traces(top), ['refs/heads/lockkeeper']);
    git(top, 'branch', '--move', 'lockkeeper', 'lk');
    git(top, 'branch', 'lockkeeper/web');
    assert.equal(refused(await make(top)), 'branch-in-the-way');
    git(top, 'branch', '--move', 'lockkeeper/web', 'lk-web');
    assert.equal(refused(await make(top)), 'made');
  });

  it('where the parent cannot be written, is open or is another repository, it stands in the storage', async () => {
    const top = ground.repository();
    const storage = join(dirname(top), 'storage');
    const outer = await made(top, { open: [top, dirname(top)], dispatch: 2 });
    assert.equal(dirname(dirname(outer.path)), storage);
    assert.match(basename(dirname(outer.path)), /^app-[0-9a-f]{8}$/);
    const inner = join(ground.repository({ '.gitignore': 'inner\n' }), 'inner');
    git(dirname(inner), 'clone', '--quiet', top, 'inner');
    const below = await made(inner, { fallback: storage });
    assert.equal(dirname(dirname(below.path)), storage);
    if (process.getuid?.() !== 0) {
      chmodSync(dirname(top), 0o555);
      const shut = await make(top, { dispatch: 3, fallback: join(ground.place(), 'storage') });
      chmodSync(dirname(top), 0o755);
      assert.ok(shut.ok && shut.worktree.path.includes('storage'));
    }
  });

  it('a lock that another git holds is waited for, and never removed', async () => {
    const top = ground.repository();
    const lock = join(top, '.git', 'config.lock');
    write(top, { '.git/config.lock': '' });
    let isHidden = false;
    const making = make(top, { onStep: (step) => (isHidden ||= step === 'hidden') });
    await until(() => existsSync(filesOf(join(top, '.git'), 'web-7').hidden), Boolean);
    assert.equal(isHidden, false);
    assert.ok(existsSync(lock));
    rmSync(lock);
    assert.equal(refused(await making), 'made');
  });

  it('where nothing can begin, nothing is made', async () => {
    const top = ground.place();
    git(top, 'init', '--quiet');
    assert.equal(refused(await make(top)), 'no-commit');
    const full = ground.repository();
    assert.equal(refused(await make(full, { start: 'f'.repeat(40) })), 'git-failed');
    assert.deepEqual(traces(full), []);
  });
});

describe('git: what is linked into a worktree', () => {
  const files = { '.gitignore': 'node_modules/\n.env\n/out\n*.log\n', 'src/a.ts': 'a\n', 'b.txt': 'b\n' };

  it('ignored files and folders are linked, stay out of the diff, and are not followed when it goes', async () => {
    const top = ground.repository(files);
    write(top, { 'node_modules/x/i.js': 'x', 'packages/a/node_modules/y/i.js': 'y', '.env': 'KEY=1' });
    const link = ['node_modules', './packages/a/node_modules/', '.env', 'not-there'];
    const worktree = await made(top, { link });
    assert.deepEqual(worktree.links, ['node_modules', 'packages/a/node_modules', '.env']);
    for (const path of worktree.links) {
      assert.ok(lstatSync(join(worktree.path, path)).isSymbolicLink(), path);
    }
    assert.equal(readFileSync(join(worktree.path, 'packages/a/node_modules/y/i.js'), 'utf8'), 'y');
    assert.equal(git(worktree.path, 'status', '--porcelain', '--untracked-files=all'), '');
    const commonDir = join(top, '.git');
    const { path, base, id } = worktree;
    const answer = await changesIn({ path, base, commonDir, index: filesOf(commonDir, id).index });
    assert.deepEqual(answer.ok && answer.changes.files, []);
    git(worktree.path, 'add', '--all');
    assert.equal(git(worktree.path, 'status', '--porcelain'), '');
    git(top, 'worktree', 'remove', '--force', worktree.path);
    assert.ok(existsSync(join(top, 'node_modules/x/i.js')));
  });

  it('what git tracks, does not ignore, or what leads out is refused, and nothing is made', async () => {
    const top = ground.repository(files);
    write(top, { 'free/x': 'x' });
    symlinkSync(ground.place('elsewhere'), join(top, 'out'));
    write(top, { 'node_modules/kept.js': 'k' });
    git(top, 'add', '--force', 'node_modules/kept.js');
    const wanted = [
      'src',
      'b.txt',
      'free',
      'out',
      'node_modules',
      '../x',
      '/etc',
      'C:\\x',
      '~/x',
      '.git',
      '.git/hooks',
      '.',
      '',
    ];
    for (const one of wanted) assert.equal(refused(await make(top, { link: [one] })), 'not-linkable', one);
    assert.deepEqual(traces(top), []);
  });

  it('what is hidden there is hidden there alone, beside what the person ignores', async () => {
    const top = ground.repository();
    git(top, 'config', 'core.excludesFile', join(dirname(top), 'own'));
    write(dirname(top), { own: '*.tmp' });
    const worktree = await made(top);
    const place = {
      path: worktree.path,
      commonDir: join(top, '.git'),
      id: worktree.id,
      admin: worktree.admin,
    };
    write(worktree.path, { '.mcp.json': '{}', 'x.tmp': '', 'my [a]#!.json': '' });
    assert.equal(await hide(place, ['.mcp.json', 'my [a]#!.json']), undefined);
    assert.equal(git(worktree.path, 'status', '--porcelain', '--untracked-files=all'), '');
    const { path, base, id } = worktree;
    const answer = await changesIn({
      path,
      base,
      commonDir: place.commonDir,
      index: filesOf(place.commonDir, id).index,
    });
    assert.deepEqual(answer.ok && answer.changes.files, []);
    write(top, { '.mcp.json': '{}', 'x.tmp': '' });
    assert.equal(git(top, 'status', '--porcelain'), '?? .mcp.json');
  });
});
