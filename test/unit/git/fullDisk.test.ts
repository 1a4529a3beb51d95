import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Act } from '../../../src/contract/acts.ts';
import { landings } from '../../../src/git/landing.ts';
import { itLong } from '../../rig/long.ts';
import { inReview, refusalOf } from './approving.ts';
import { commit, git, Ground, write } from './given.ts';
import { approval, closeHouses, measured, type GitHouse } from './house.ts';
import { judged } from '../core/drafts.ts';
import { cleared, everything, NoRoom } from './noRoom.ts';

const ground = new Ground();
const run = promisify(execFile);
const undo = { type: 'undo-approval', result: 1, reason: 'It was wrong' } as const;
const manyLines = 'a line that is there\n'.repeat(4000);
const full = Object.assign(new Error('database or disk is full'), { errcode: 13 });

/**
 * What stands for a full disk here: a limit of the kernel on how far git may write, in every step by turns; SQLite's own
 * word for it, where the journal comes last; and, where this machine gives the right to make one, a disk that is full.
 */
describe('a disk that is full in the middle of an approval', function () {
  let room: NoRoom;
  before(async function () {
    // Limits of this kind are those of Unix.
    if (process.platform === 'win32') this.skip();
    await ground.open();
  });
  after(() => ground.close());
  afterEach(() => {
    room.close();
    closeHouses();
  });

  /** Asks again and again, with the first, second … write failing, until none is left that fails; says which did. */
  async function walk(house: GitHouse, act: (turn: number) => Act, blocks = 0): Promise<string> {
    const before = everything(house);
    const steps: string[] = [];
    for (let from = 1; ;) {
      room.begin(from, { blocks });
      const seen = room.failed.length;
      const reply = await house.submit(act(from));
      room.end();
      const failed = room.failed.at(-1);
      if (reply.ok) {
        assert.equal(room.failed.length, seen, `${failed?.asked ?? ''}: it failed, and nobody was told`);
        return steps.join('\n');
      }
      assert.ok(failed && room.failed.length > seen, JSON.stringify(reply));
      const { code, sentence, next } = reply.refusal;
      assert.notEqual(code, 'defect', sentence);
      assert.match(next, /again/, `${failed.asked}: ${sentence} ${next}`);
      assert.doesNotMatch(next, /stands there still|meanwhile/, failed.asked);
      assert.equal(everything(house), before, failed.asked);
      steps.push(failed.asked);
      from = failed.n + 1;
    }
  }

  const approve =
    (shown: string) =>
    (turn: number): Act =>
      // In one second git would find the commit there already, of the same words.
      ({ type: 'approve', result: 1, shown, judged: [...judged], message: `feat: try ${turn}` }) as never;

  it('in each write of git by turns, of the approval and of its undo: all is as it was, and then it goes through', async () => {
    const top = ground.repository({
      'src/a.js': '1\n',
      'src/long.js': manyLines,
      'src/gone.js': 'g\n',
      'b.txt': '',
    });
    room = new NoRoom(join(dirname(top), 'no-room'));
    const { house, path } = await inReview(top, 'worktree', {
      'src/a.js': '2\n',
      'src/long.js': `${manyLines}and one more\n`,
      'src/new/n.js': 'n\n',
    });
    rmSync(join(path, 'src', 'gone.js'));
    const base = commit(top, { 'c.txt': 'meanwhile\n' });
    write(top, { 'b.txt': 'mine\n', 'staged.txt': 's\n' });
    git(top, 'add', 'staged.txt');
    // Objects are written when it is looked at.
    for (let from = 1; ; from = (room.failed.at(-1)?.n ?? 0) + 1) {
      const seen = room.failed.length;
      room.begin(from);
      const looked = await house.outside.reviews.measure(1);
      room.end();
      if (room.failed.length === seen) break;
      const said = 'why' in looked ? `${looked.why} ${looked.next}` : JSON.stringify(looked.measured.merge);
      assert.match(said, /Git says no: .*(?:write|database|merge)/, room.failed.at(-1)?.asked);
    }
    const looking = room.failed.map(({ asked }) => asked).join('\n');
    for (const step of [' add --all', 'hash-object -t commit', 'merge-tree'])
      assert.ok(looking.includes(step), step);
    const { shown } = await measured(house);
    // Some of the long file finds room, and not all of it.
    room.begin(1, { blocks: 16 });
    const before = everything(house);
    const why = refusalOf(await house.submit(approve(shown)(0)));
    room.end();
    assert.match(room.failed.at(-1)?.asked ?? '', /read-tree -m -u/);
    assert.match(why.sentence, /long\.js/);
    assert.equal(everything(house), before);
    const steps = await walk(house, approve(shown));
    for (const step of ['read-tree -m -u', 'commit-tree', 'update-ref'])
      assert.ok(steps.includes(step), steps);
    assert.equal(git(top, 'rev-parse', 'main^'), base, 'one commit');
    assert.equal(git(top, 'status', '--porcelain'), ' M b.txt\nA  staged.txt');
    const taken = git(top, 'rev-parse', 'main');
    await cleared(top);
    const undone = await walk(house, () => undo);
    for (const step of ['read-tree -m -u', 'commit-tree', 'update-ref'])
      assert.ok(undone.includes(step), undone);
    assert.equal(git(top, 'rev-parse', 'main^'), taken, 'one commit');
    assert.equal(git(top, 'diff', base, 'main'), '');
    assert.deepEqual(house.desk.state.list, [1], 'its TODO is back, and no other came');
    assert.equal(git(top, 'status', '--porcelain'), ' M b.txt\nA  staged.txt');
  });

  for (const [name, mode, how, then] of [
    ['in a folder that all share', 'shared', 'commit', ' M b.txt'],
    ['left staged', 'worktree', 'stage', 'M  src/a.js\nA  src/n.js\n M b.txt'],
  ] as const)
    itLong(`the same, ${name}`, async () => {
      const top = ground.repository({ 'src/a.js': '1\n', 'b.txt': 'b\n' });
      room = new NoRoom(join(dirname(top), 'no-room'));
      const changes = { 'src/a.js': '2\n', 'src/n.js': 'n\n' };
      const { house } = await inReview(top, mode, changes, (one) => {
        one.settings.approved = how;
      });
      write(top, { 'b.txt': 'mine\n' });
      house.saved.add(join(top, 'b.txt'));
      const head = git(top, 'rev-parse', 'HEAD');
      const { shown } = await measured(house);
      const steps = await walk(house, approve(shown));
      assert.ok(
        steps.includes(mode === 'shared' ? 'update-index -z --index-info' : 'read-tree -m -u'),
        steps,
      );
      assert.equal(steps.includes('update-ref'), how === 'commit', steps);
      assert.equal(git(top, 'rev-parse', how === 'commit' ? 'main^' : 'main'), head);
      assert.deepEqual(git(top, 'status', '--porcelain').split('\n').sort(), then.split('\n').sort());
    });

  it('where even taking it back finds no room, it says so, and the next approval begins with that', async () => {
    const top = ground.repository({ 'src/a.js': '1\n', 'b.txt': 'b\n' });
    room = new NoRoom(join(dirname(top), 'no-room'));
    const { house } = await inReview(top, 'worktree', { 'src/a.js': '2\n', 'src/n.js': 'n\n' });
    write(top, { 'b.txt': 'mine\n' });
    const { shown } = await measured(house);
    const [head, events] = [git(top, 'rev-parse', 'HEAD'), house.journal.head()];
    // The index and the files have moved by then, and an index of ours is read.
    room.begin('commit-tree', { stays: true });
    const why = refusalOf(await house.submit(approve(shown)(1)));
    assert.match(room.failed[0]?.asked ?? '', /commit-tree/);
    assert.match(why.next, /is taken back before the next approval/);
    assert.equal(house.journal.head(), events);
    assert.equal(git(top, 'rev-parse', 'HEAD'), head);
    // Still none: refused before anything is begun.
    const still = refusalOf(await house.submit(approve(shown)(2)));
    assert.match(still.next, /again/);
    room.end();
    assert.equal((await landings(join(top, '.git'))).length, 1);
    assert.ok((await approval(house)).ok);
    assert.equal(git(top, 'rev-parse', 'main^'), head);
    assert.deepEqual(git(top, 'show', '--name-only', '--format=', 'main').split('\n'), [
      'src/a.js',
      'src/n.js',
    ]);
    assert.equal(git(top, 'status', '--porcelain'), ' M b.txt');
    assert.deepEqual(await landings(join(top, '.git')), []);
  });

  it('where the journal finds no room for what stands on the branch already, that is taken back', async () => {
    const top = ground.repository({ 'src/a.js': '1\n' });
    room = new NoRoom(join(dirname(top), 'no-room'));
    let isFull = false;
    const { house } = await inReview(top, 'worktree', { 'src/a.js': '2\n' }, undefined, (point) => {
      if (isFull && point === 'append:commit') throw full;
    });
    for (const act of [approve((await measured(house)).shown)(1), undo]) {
      const before = everything(house);
      isFull = true;
      const why = refusalOf(await house.submit(act));
      assert.deepEqual(
        [why.code, why.next],
        ['disk-full', 'Free some space and do it again; nothing else is needed.'],
      );
      isFull = false;
      // The journal looks again when it is asked.
      house.journal.receipt('none');
      assert.equal(everything(house), before);
      const reply = await house.submit(act);
      assert.ok(reply.ok, JSON.stringify(reply));
      assert.notEqual(everything(house), before);
      await cleared(top);
    }
    assert.deepEqual(git(top, 'log', '--format=%s').split('\n'), [
      'revert: feat: try 1',
      'feat: try 1',
      'chore: go on',
    ]);
  });

  itLong(
    'a disk of its own that is full: when files are written, before the commit, and when the journal writes',
    async function () {
      room = new NoRoom(join(ground.place(), 'no-room'));
      const disk = ground.place('disk');
      const onIt = ['-rm', 'sh', '-c', `mount -t tmpfs -o size=24m none '${disk}' && exec "$@"`, 'sh'];
      const [own = ''] = ['unshare'];
      try {
        execFileSync(own, [...onIt, 'true'], { stdio: 'ignore' });
      } catch {
        // Not every machine gives that right; what it shows is shown above without it.
        this.skip();
      }
      const program = fileURLToPath(new URL('fullDiskProgram.ts', import.meta.url));
      const { stdout } = await run(own, [...onIt, process.execPath, program], {
        env: { ...process.env, TMPDIR: disk },
      });
      assert.equal(stdout, 'approved\nundone\n');
    },
  );
});
