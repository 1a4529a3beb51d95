import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LandOrder } from '../../../src/git/approving.ts';
import { landings } from '../../../src/git/landing.ts';
import { until } from '../../rig/until.ts';
import { easy, hook, inReview, refusalOf, standing } from './approving.ts';
import { commit, git, Ground, traces, write } from './given.ts';
import { approval, closeHouses, dispatched, measured, submitted } from './house.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());
afterEach(closeHouses);

const run = promisify(execFile);
const program = fileURLToPath(new URL('landProgram.ts', import.meta.url));

const isGone = (path: string): Promise<boolean> =>
  until(
    () => existsSync(path),
    (there) => !there,
  );

describe('an approved change, from a worktree', () => {
  it('is one commit on the person’s branch, with its trailers; their other work stays; the worktree goes', async () => {
    const top = ground.repository({ 'src/a.js': '1\n', 'b.txt': 'b\n', 'src/gone.js': 'g\n' });
    const { house, path } = await inReview(top, 'worktree', { 'src/a.js': '2\n', 'src/new/n.js': 'n\n' });
    git(path, 'rm', '--quiet', 'src/gone.js');
    const base = commit(top, { 'c.txt': 'meanwhile\n' });
    write(top, { 'b.txt': 'not committed\n', 'mine.txt': 'm\n', 'staged.txt': 's\n' });
    git(top, 'add', 'staged.txt');
    const reply = await approval(house, { message: 'feat(gate): add the sluice\n\nIt holds.' });
    assert.ok(reply.ok, JSON.stringify(reply));
    assert.equal(git(top, 'rev-parse', 'main^'), base);
    assert.deepEqual(git(top, 'show', '--name-status', '--format=', 'main').split('\n'), [
      'M\tsrc/a.js',
      'D\tsrc/gone.js',
      'A\tsrc/new/n.js',
    ]);
    assert.deepEqual(git(top, 'log', '-1', '--format=%B').split('\n'), [
      'feat(gate): add the sluice',
      '',
      'It holds.',
      '',
      'Lockkeeper-TODO: 1',
      'Lockkeeper-Worker: web',
      'Lockkeeper-Evidence: claimed, not run: npm test',
      'Reviewed-by: Person <person@example.invalid>',
    ]);
    assert.equal(
      git(top, 'log', '-1', '--format=%(trailers:key=Lockkeeper-TODO,valueonly)').trim(),
      '1',
      'git reads them as trailers',
    );
    assert.equal(git(top, 'log', '-1', '--format=%an %cn'), 'Person Person');
    assert.equal(git(top, 'status', '--porcelain'), ' M b.txt\nA  staged.txt\n?? mine.txt');
    assert.equal(readFileSync(join(top, 'src', 'a.js'), 'utf8'), '2\n');
    const event = house.journal.read(0).at(-1);
    assert.match(JSON.stringify(event), new RegExp(git(top, 'rev-parse', 'main')));
    await isGone(path);
    await until(
      () => traces(top),
      (left) => left.length === 0,
    );
    assert.deepEqual(await landings(join(top, '.git')), []);
  });

  it('where the worker went on after it was shown, the approval is refused; after it, the worktree stays', async () => {
    const top = ground.repository({ 'src/a.js': '1\n' });
    const { house, path } = await inReview(top, 'worktree', { 'src/a.js': '2\n' });
    const { shown } = await measured(house);
    write(path, { 'src/a.js': '3\n' });
    const before = standing(top);
    const why = refusalOf(await approval(house, { shown }));
    assert.equal(why.code, 'changed-since-shown');
    assert.equal(standing(top), before);
    // It writes between the look and the removal.
    hook(top, 'post-commit', `echo late > '${join(path, 'src', 'late.js')}'`);
    assert.ok((await approval(house)).ok);
    await until(
      () => house.log.join('\n'),
      (text) => text.includes('has changed since its work was approved'),
    );
    assert.ok(existsSync(join(path, 'src', 'late.js')));
  });

  it('P7: what conflicts with the branch opens a case even past the gate, and nothing has moved', async () => {
    const top = ground.repository({ 'src/a.js': '1\n' });
    const { house } = await inReview(top, 'worktree', { 'src/a.js': '2\n' });
    commit(top, { 'src/a.js': 'another\n' });
    const before = standing(top);
    const { code, about } = refusalOf(await approval(house));
    assert.deepEqual([code, about], ['merge-conflicts', { kind: 'conflict', n: 1 }]);
    const override = { gates: ['conflict'], reason: 'I know better' };
    assert.equal(refusalOf(await approval(house, { override })).code, 'conflict-open');
    assert.equal(standing(top), before);
  });

  it('what the person has not committed, or not saved, in the same file stands in the way, and stays', async () => {
    const top = ground.repository({ 'src/a.js': '1\n', 'src/b.js': '1\n' });
    const { house } = await inReview(top, 'worktree', { 'src/a.js': '2\n', 'src/new.js': 'n\n' });
    for (const files of [{ 'src/a.js': 'mine\n' }, { 'src/new.js': 'mine\n' }]) {
      write(top, files);
      const before = standing(top);
      const why = refusalOf(await approval(house));
      assert.equal(why.code, 'uncommitted-in-way', why.sentence);
      assert.ok(why.sentence.startsWith(Object.keys(files)[0] ?? '?'), why.sentence);
      assert.match(why.next, /then approve again\.$/);
      assert.equal(standing(top), before);
      assert.deepEqual(await landings(join(top, '.git')), []);
      git(top, 'stash', '--include-untracked');
    }
    house.workspace = { ...house.workspace, unsaved: ['src/a.js'] };
    const override = { gates: ['conflict'], reason: 'I know better' };
    assert.equal(refusalOf(await approval(house, { override })).code, 'unsaved-in-way');
    house.workspace = { ...house.workspace, unsaved: [] };
    assert.ok((await approval(house)).ok, 'the way out works');
  });

  it('what was carried into the base comes with it, where the person left it as it was', async () => {
    const top = ground.repository({ 'src/a.js': '1\n', 'src/b.js': '1\n' });
    const { house, path } = await dispatched(top, 'worktree', (one) => {
      easy(one);
      one.settings.uncommitted = 'carry';
      write(top, { 'src/a.js': 'carried\n', 'src/b.js': 'carried\n', 'src/c.js': 'carried\n' });
      git(top, 'add', 'src/a.js');
    });
    write(path, { 'src/a.js': 'carried\nand more\n', 'src/c.js': 'carried\nand more\n' });
    await submitted(house);
    const before = standing(top);
    hook(top, 'pre-commit', 'exit 1');
    assert.equal(refusalOf(await approval(house)).code, 'hook-refused');
    assert.equal(standing(top), before);
    rmSync(join(top, '.git', 'hooks', 'pre-commit'));
    assert.ok((await approval(house)).ok);
    assert.equal(git(top, 'show', 'main:src/a.js'), 'carried\nand more');
    assert.equal(git(top, 'show', 'main:src/b.js'), '1', 'only what was reviewed');
    assert.equal(git(top, 'status', '--porcelain'), ' M src/b.js');
  });

  for (const [name, script, says] of [
    ['pre-commit', 'echo no tabs here; exit 1', /pre-commit .* no tabs here/s],
    ['commit-msg', 'grep -q TICKET "$1" || { echo no ticket >&2; exit 1; }', /commit-msg .* no ticket/s],
    ['pre-commit', 'echo x >> src/a.js', /changes src\/a\.js/],
    ['pre-commit', 'echo x >> src/a.js; git add src/a.js', /changes src\/a\.js/],
  ] as const)
    it(`a hook (${name}: ${script}) refuses it, and all is as it was`, async () => {
      const top = ground.repository({ 'src/a.js': '1\n', 'b.txt': 'b\n' });
      const { house, path } = await inReview(top, 'worktree', { 'src/a.js': '2\n', 'src/new.js': 'n\n' });
      write(top, { 'b.txt': 'mine\n' });
      hook(top, name, script);
      const before = standing(top);
      const why = refusalOf(await approval(house));
      assert.match(`${why.sentence} ${why.next}`, says);
      assert.equal(standing(top), before);
      assert.ok(existsSync(path));
      assert.deepEqual(await landings(join(top, '.git')), []);
      assert.equal(house.desk.state.live.length, 1);
      rmSync(join(top, '.git', 'hooks', name));
      assert.ok((await approval(house)).ok, 'the way out works');
    });

  it('hooks see what will be committed, and may add to its message', async () => {
    const top = ground.repository({ 'src/a.js': '1\n' });
    const { house } = await inReview(top, 'worktree', { 'src/a.js': '2\n' });
    hook(top, 'pre-commit', `git diff --cached --name-only > '${join(dirname(top), 'seen')}'`);
    hook(top, 'commit-msg', 'echo "Ticket: 7" >> "$1"');
    assert.ok((await approval(house)).ok);
    assert.equal(readFileSync(join(dirname(top), 'seen'), 'utf8'), 'src/a.js\n');
    assert.match(git(top, 'log', '-1', '--format=%B'), /\nReviewed-by: .*\nTicket: 7$/);
  });

  it('a lock that another git holds, and no branch: refused, and all is as it was', async () => {
    const top = ground.repository({ 'src/a.js': '1\n' });
    const { house } = await inReview(top, 'worktree', { 'src/a.js': '2\n' });
    const before = standing(top);
    for (const lock of ['index.lock', join('refs', 'heads', 'main.lock')]) {
      writeFileSync(join(top, '.git', lock), '');
      assert.equal(refusalOf(await approval(house)).code, 'git-locked', lock);
      assert.ok(existsSync(join(top, '.git', lock)));
      rmSync(join(top, '.git', lock));
      assert.equal(standing(top), before);
      assert.deepEqual(await landings(join(top, '.git')), []);
    }
    git(top, 'checkout', '--quiet', '--detach');
    assert.equal(refusalOf(await approval(house)).code, 'detached');
    git(top, 'checkout', '--quiet', 'main');
    assert.ok((await approval(house)).ok, 'the way out works');
  });

  it('set to stage, it is left staged, no hook is asked, and the branch of the worker stays', async () => {
    const top = ground.repository({ 'src/a.js': '1\n' });
    const { house, path } = await inReview(top, 'worktree', { 'src/a.js': '2\n' }, (one) => {
      one.settings.approved = 'stage';
    });
    hook(top, 'pre-commit', 'exit 1');
    const head = git(top, 'rev-parse', 'HEAD');
    assert.ok((await approval(house)).ok);
    assert.equal(git(top, 'rev-parse', 'HEAD'), head);
    assert.equal(git(top, 'status', '--porcelain'), 'M  src/a.js');
    await isGone(path);
    assert.equal(git(top, 'show', 'lockkeeper/web/1:src/a.js'), '2');
  });

  it('refused by the rules at the last moment, it is taken back whole', async () => {
    const top = ground.repository({ 'src/a.js': '1\n', 'b.txt': 'b\n' });
    const { house } = await inReview(top, 'worktree', { 'src/a.js': '2\n', 'src/new.js': 'n\n' });
    write(top, { 'b.txt': 'mine\n' });
    const before = standing(top);
    const flag = join(dirname(top), 'asked');
    hook(top, 'pre-commit', `touch '${flag}'; while [ -e '${flag}' ]; do sleep 0.05; done`);
    const approving = approval(house);
    await until(() => existsSync(flag), Boolean);
    await house.act({
      type: 'reject',
      result: 1,
      reason: 'No',
      missing: 'All of it',
      next: 'Again',
    } as never);
    rmSync(flag);
    assert.equal(refusalOf(await approving).code, 'not-in-review');
    assert.equal(standing(top), before);
  });

  it('T2: a merge that is under way when the user speaks is undone whole, and goes through after carry on', async () => {
    const top = ground.repository({ 'src/a.js': '1\n', 'b.txt': 'b\n' });
    const { house } = await inReview(top, 'worktree', { 'src/a.js': '2\n', 'src/new.js': 'n\n' });
    write(top, { 'b.txt': 'mine\n' });
    const before = standing(top);
    const flag = join(dirname(top), 'asked');
    hook(top, 'pre-commit', `touch '${flag}'; while [ -e '${flag}' ]; do sleep 0.05; done`);
    const approving = approval(house);
    await until(() => existsSync(flag), Boolean);
    await house.act({ type: 'instruct', words: 'Not yet:  the *sill* is wrong.' } as never);
    rmSync(flag);
    const why = refusalOf(await approving);
    assert.equal(why.code, 'instruction-stands');
    assert.ok(why.sentence.includes('“Not yet:  the *sill* is wrong.”'));
    assert.equal(standing(top), before);
    assert.deepEqual(await landings(join(top, '.git')), []);
    rmSync(join(top, '.git', 'hooks', 'pre-commit'));
    await house.act({ type: 'carry-on', instruction: 1 } as never);
    assert.ok((await approval(house)).ok);
  });

  for (const step of ['recorded', 'moved', 'asked', 'committed', 'done'])
    it(`kill -9 after it was ${step}: taken back at the next start, or finished where the journal has it`, async () => {
      const top = ground.repository({ 'src/a.js': '1\n', 'src/gone.js': 'g\n', 'b.txt': 'b\n' });
      const { house, path } = await inReview(top, 'worktree', { 'src/a.js': '2\n', 'src/d/new.js': 'n\n' });
      rmSync(join(path, 'src', 'gone.js'));
      write(top, { 'b.txt': 'mine\n' });
      const before = standing(top);
      const weighed = await house.outside.reviews.weigh(1);
      assert.ok('merged' in weighed && weighed.merged.kind === 'clean');
      const { repository, merged, ground: from } = weighed;
      const order: Omit<LandOrder, 'maker'> = {
        repository,
        owner: house.outside.worktrees.owner,
        command: 'of a window that died',
        dispatch: 1,
        where: 'worktree',
        tree: merged.tree,
        base: from.base,
        from: from.from,
        message: 'feat: add the sluice\n',
        how: 'commit',
      };
      const die = async (command: string): Promise<void> => {
        const file = join(dirname(top), 'order.json');
        writeFileSync(file, JSON.stringify({ ...order, command }));
        const ended = await run(process.execPath, [program, file, step]).then(
          () => undefined,
          (error: { signal?: string; stderr?: string }) => error,
        );
        assert.equal(ended?.signal, 'SIGKILL', ended?.stderr ?? `${step} was passed`);
      };
      await die('of a window that died');
      await house.outside.cleanUp();
      assert.equal(standing(top), before);
      assert.deepEqual(await landings(join(top, '.git')), []);
      // Of a command that the journal has: what was done stands.
      if (step !== 'done') return;
      await die(house.journal.read(0).at(-1)?.command ?? '');
      const then = standing(top);
      assert.notEqual(then, before);
      await house.outside.cleanUp();
      assert.equal(standing(top), then);
      assert.deepEqual(await landings(join(top, '.git')), []);
    });
});
