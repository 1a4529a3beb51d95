import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cleanUp, removeWorktree } from '../../../src/git/unmaking.ts';
import { filesOf, readRecords } from '../../../src/git/worktreeRecords.ts';
import { makeWorktree } from '../../../src/git/worktrees.ts';
import { descendants, signal } from '../../rig/processes.ts';
import { until } from '../../rig/until.ts';
import { commit, git, Ground, orderFor, processes, traces, write } from './given.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

const run = promisify(execFile);
const program = fileURLToPath(new URL('makeProgram.ts', import.meta.url));

function repository(): string {
  const top = ground.repository({ '.gitignore': 'deps\n', 'a.txt': 'a\n' });
  write(top, { 'deps/x': 'x' });
  return top;
}

async function killedAt(top: string, step: string): Promise<void> {
  const ended = await run(process.execPath, [program, top, step]).then(
    () => undefined,
    (error: { signal?: string; stderr?: string }) => error,
  );
  assert.equal(ended?.signal, 'SIGKILL', ended?.stderr ?? `${step} was passed`);
}

const clean = (top: string) => cleanUp(top, join(top, '.git'), processes);

describe('git: a worktree that was never finished', () => {
  for (const step of ['recorded', 'added', 'indexed', 'hidden', 'linked', 'set up'])
    it(`kill -9 after it was ${step}: found at the next start, and nothing of it is left`, async () => {
      const top = repository();
      git(top, 'worktree', 'add', '--quiet', '--detach', '../mine');
      const own = [join(top, '.git', 'worktrees', 'mine')];
      await killedAt(top, step);
      assert.notDeepEqual(traces(top), own);
      assert.deepEqual(await clean(top), { removed: [join(`${top}.worktrees`, 'web-7')], left: [] });
      assert.deepEqual(traces(top), own);
      assert.ok(existsSync(join(dirname(top), 'mine', 'a.txt')), 'a worktree that is not ours stays');
      assert.equal(readFileSync(join(top, 'deps', 'x'), 'utf8'), 'x', 'what was linked stays');
      const again = await makeWorktree(await orderFor(top, { link: ['deps'] }));
      assert.equal(again.ok && again.worktree.id, 'web-7');
    });

  it('kill -9 of us and of git while git makes it', async () => {
    const top = ground.repository({ 'a.txt': 'a\n', '.gitattributes': '*.txt filter=slow\n' });
    const file = join(dirname(top), 'pid');
    // git fills in the first file by this program, which says who runs it and never ends by itself.
    git(top, 'config', 'filter.slow.smudge', `echo $PPID > ${file}; cat; sleep 1000`);
    const maker = spawn(process.execPath, [program, top, 'never'], { stdio: 'ignore' });
    const gitPid = await until(() => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0), Boolean);
    const gone = new Promise((resolve) => maker.once('exit', resolve));
    maker.kill('SIGKILL');
    await gone;
    assert.deepEqual(await clean(top), { removed: [], left: [] }, 'git is still at work on it');
    const below = descendants(gitPid);
    process.kill(gitPid, 'SIGKILL');
    for (const { pid } of below) signal(pid, 'SIGKILL');
    const record = (await readRecords(join(top, '.git')))[0];
    await until(
      () => record?.makers.some((mark) => processes.isAlive(mark)),
      (alive) => !alive,
    );
    git(top, 'config', '--unset', 'filter.slow.smudge');
    assert.deepEqual(await clean(top), { removed: [join(`${top}.worktrees`, 'web-7')], left: [] });
    assert.deepEqual(traces(top), []);
  });

  it('kill -9 while its setup runs: it waits for what still works there', async () => {
    const top = repository();
    await killedAt(top, 'in setup');
    const record = (await readRecords(join(top, '.git')))[0];
    const marks = record?.makers.map((mark) => JSON.parse(mark) as { pid: number }) ?? [];
    const setup = marks.find(({ pid }) => processes.isAlive(processes.markOf(pid)));
    assert.ok(setup, 'the setup lives on');
    assert.deepEqual(await clean(top), { removed: [], left: [] });
    process.kill(setup.pid, 'SIGKILL');
    await until(
      () => processes.isAlive(JSON.stringify(setup)),
      (alive) => !alive,
    );
    assert.equal((await clean(top)).removed.length, 1);
    assert.deepEqual(traces(top), []);
  });

  it('kill -9 while it is removed', async () => {
    const top = repository();
    await killedAt(top, 'removing');
    assert.equal((await readRecords(join(top, '.git')))[0]?.state, 'removing');
    assert.equal((await clean(top)).removed.length, 1);
    assert.deepEqual(traces(top), []);
  });

  it('one that another window is making stays; so does what another program put in its place', async () => {
    const top = repository();
    let seen: unknown;
    const steps: Promise<unknown>[] = [];
    const made = await makeWorktree(
      await orderFor(top, {
        onStep: (step) => step === 'added' && steps.push(clean(top).then((it) => (seen = it))),
      }),
    );
    await Promise.all(steps);
    assert.ok(made.ok);
    assert.deepEqual(seen, { removed: [], left: [] });
    assert.deepEqual(await clean(top), { removed: [], left: [] }, 'one that is ready stays');

    const other = repository();
    await killedAt(other, 'added');
    const path = join(`${other}.worktrees`, 'web-7');
    rmSync(path, { recursive: true });
    git(dirname(other), 'clone', '--quiet', top, path);
    const { removed, left } = await clean(other);
    assert.deepEqual([removed, left.map(({ code }) => code)], [[], ['worktree-left']]);
    assert.ok(existsSync(join(path, '.git', 'HEAD')));
  });

  it('a lock a killed git left is not removed; what it stands in the way of is told, and goes later', async () => {
    const top = repository();
    await killedAt(top, 'hidden');
    const lock = join(top, '.git', 'config.lock');
    write(top, { '.git/config.lock': '' });
    const first = await clean(top);
    assert.deepEqual(
      first.left.map(({ code }) => code),
      ['git-locked'],
    );
    assert.ok(existsSync(lock));
    rmSync(lock);
    assert.equal((await clean(top)).removed.length, 1);
    assert.deepEqual(traces(top), []);
  });

  it('a record that cannot be read, or is not ours, is left alone', async () => {
    const top = repository();
    write(top, {
      '.git/lockkeeper/x.json': '{',
      '.git/lockkeeper/y.json': JSON.stringify({ version: 2, id: '../..' }),
    });
    assert.deepEqual(await readRecords(join(top, '.git')), []);
    assert.deepEqual(await clean(top), { removed: [], left: [] });
    assert.ok(existsSync(join(top, '.git', 'lockkeeper', 'x.json')));
  });
});

describe('git: removing a worktree', () => {
  const remove = async (top: string, even = false) => {
    const [record] = await readRecords(join(top, '.git'));
    assert.ok(record);
    return removeWorktree(top, join(top, '.git'), record, processes, even);
  };

  it('one without work goes, with its branch', async () => {
    const top = repository();
    const made = await makeWorktree(await orderFor(top, { link: ['deps'] }));
    assert.ok(made.ok);
    assert.equal(await remove(top), undefined);
    assert.deepEqual(traces(top), []);
    assert.ok(existsSync(join(top, 'deps', 'x')));
  });

  it('one with uncommitted or unmerged work stays; with the person’s word it goes, and its branch stays', async () => {
    const top = repository();
    const made = await makeWorktree(await orderFor(top));
    assert.ok(made.ok);
    const { path, branch } = made.worktree;
    write(path, { 'new.txt': 'n' });
    assert.match((await remove(top))?.sentence ?? '', /1 files not committed, 0 commits/);
    const head = commit(path, {});
    const why = await remove(top);
    assert.equal(why?.code, 'unmerged-work');
    assert.match(why.sentence, /0 files not committed, 1 commits on lockkeeper\/web\/7/);
    assert.ok(existsSync(join(path, 'new.txt')));
    assert.equal(await remove(top, true), undefined);
    assert.deepEqual([existsSync(path), git(top, 'rev-parse', branch)], [false, head]);
    assert.equal(existsSync(filesOf(join(top, '.git'), made.worktree.id).record), false);
  });

  it('work that is on another branch is not lost with it', async () => {
    const top = repository();
    const made = await makeWorktree(await orderFor(top));
    assert.ok(made.ok);
    commit(made.worktree.path, { 'new.txt': 'n' });
    git(top, 'merge', '--quiet', made.worktree.branch);
    assert.equal(await remove(top), undefined);
    assert.deepEqual(traces(top), []);
  });
});
