import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangedFile, Measured } from '../../../src/core/change.ts';
import { gatesOf } from '../../../src/core/gates.ts';
import { resultDocument } from '../../../src/core/views/resultDocument.ts';
import { addWorker, judged, nothing } from '../core/drafts.ts';
import { worker } from '../core/history.ts';
import { wordsSuffice } from '../../rig/unchanged.ts';
import { sharedBases } from '../../../src/git/sharedBase.ts';
import { begin, commit, git, Ground, traces, write } from './given.ts';
import { closeHouses, dispatched, measured, submitted } from './house.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

afterEach(closeHouses);

const brief = ({ files }: Measured): unknown =>
  files.map(({ path, how, by }) => [path, how, ...(by ? [by] : [])]);
const fileAt = ({ files }: Measured, path: string): ChangedFile => {
  const found = files.find((one) => one.path === path);
  assert.ok(found, `${path} of ${JSON.stringify(files)}`);
  return found;
};

describe('what a result changed, in a worktree', () => {
  it('committed there or not; beside the worker’s own list; bound to exactly what was shown', async () => {
    const top = ground.repository({ 'src/a.js': '1\n', 'src/b.js': '1\n', 'docs/d.md': 'd\n' });
    const { house, path } = await dispatched(top, 'worktree');
    commit(path, { 'src/a.js': '2\n' });
    write(path, { 'src/new.js': 'n\n', 'docs/d.md': 'e\n' });
    await submitted(house, ['src/a.js', 'src/b.js']);
    const first = await measured(house);
    assert.deepEqual(brief(first), [
      ['docs/d.md', 'changed'],
      ['src/a.js', 'changed'],
      ['src/new.js', 'added'],
    ]);
    assert.deepEqual([first.result, first.epoch, first.where], [1, 1, 'worktree']);
    assert.deepEqual(first.unsaid, ['docs/d.md', 'src/new.js']);
    assert.deepEqual(first.unchanged, ['src/b.js']);
    assert.deepEqual(first.merge, { kind: 'clean' });
    assert.equal(first.base, git(top, 'rev-parse', 'HEAD^{tree}'));
    assert.deepEqual(await measured(house), first, 'measured again it says the same');
    assert.equal(await house.outside.reviews.treeNow(1), first.tree);
    const text = async (tree: string, file: string): Promise<string | undefined> => {
      const bytes = await house.outside.reviews.contentOf(tree, file);
      return bytes && Buffer.from(bytes).toString();
    };
    assert.deepEqual(
      [await text(first.base, 'src/a.js'), await text(first.tree, 'src/a.js')],
      ['1\n', '2\n'],
    );
    assert.equal(await text(first.base, 'src/new.js'), undefined);
    write(path, { 'src/new.js': 'm\n' });
    const then = await measured(house);
    assert.notEqual(then.shown, first.shown);
    assert.notEqual(then.tree, first.tree);
    assert.equal(await text(first.tree, 'src/new.js'), 'n\n', 'what was shown stays what it was');
  });

  it('what it took up of the person’s branch is no change of its own; what it left out of that is', async () => {
    const top = ground.repository({ 'src/a.js': '1\n', 'src/b.js': '1\n', 'docs/d.md': 'd\n' });
    const { house, path } = await dispatched(top, 'worktree', (one) => {
      one.settings.uncommitted = 'carry';
      write(top, { 'src/c.js': 'carried\n' });
    });
    commit(path, { 'src/a.js': '2\n' });
    await submitted(house);
    commit(top, { 'src/b.js': '2\n', 'docs/d.md': 'e\n' });
    const before = await measured(house);
    assert.deepEqual(brief(before), [['src/a.js', 'changed']]);
    git(path, 'merge', '--quiet', '--no-edit', 'main');
    const taken = await measured(house);
    assert.deepEqual(brief(taken), brief(before));
    assert.notEqual(taken.shown, before.shown, 'it is another change than the one that was shown');
    assert.equal(git(top, 'show', `${taken.base}:docs/d.md`), 'e');
    // The branch named as its parent, and its content not taken up: that takes the person's lines away.
    git(path, 'reset', '--quiet', '--hard', 'HEAD^');
    git(path, 'reset', '--quiet', '--soft', 'main');
    assert.deepEqual(brief(await measured(house)), [
      ['docs/d.md', 'changed'],
      ['src/a.js', 'changed'],
      ['src/b.js', 'changed'],
    ]);
  });

  it('P8: renames, deletions, modes, links, submodules and binary files are what they are, and are shown so', async () => {
    const long = Array.from({ length: 40 }, (_, n) => `line ${n}\n`).join('');
    const top = ground.repository({ 'src/old.js': long, 'src/gone.js': 'g\n', 'src/run.sh': 'r\n' });
    const { house, path } = await dispatched(top, 'worktree');
    renameSync(join(path, 'src/old.js'), join(path, 'src/moved.js'));
    rmSync(join(path, 'src/gone.js'));
    git(path, 'update-index', '--chmod=+x', 'src/run.sh');
    git(path, 'checkout', '--', 'src/run.sh');
    symlinkSync('moved.js', join(path, 'src/link.js'));
    write(path, { 'src/bytes.bin': 'a\0b' });
    const inner = join(path, 'src', 'inner');
    mkdirSync(inner);
    begin(inner);
    commit(inner, { 'x.js': 'x\n' });
    await submitted(house);
    const seen = await measured(house);
    const document = resultDocument(house.desk.state, 1, {
      seen: { measured: seen },
      workspace: house.workspace,
    });
    for (const line of [
      'renamed src/old.js → src/moved.js, +0 -0',
      'deleted src/gone.js, +0 -1',
      'changed src/run.sh, +0 -0, mode 100644 → 100755',
      'added src/link.js, symlink',
      'added src/bytes.bin, binary',
      'added src/inner, submodule',
    ])
      assert.ok(
        document.split('\n').some((one) => one.trim() === line),
        `${line}\n${document}`,
      );
    assert.deepEqual(fileAt(seen, 'src/moved.js').from, { name: 'src/old.js', path: 'src/old.js' });
    assert.equal(fileAt(seen, 'src/gone.js').how, 'deleted');
    assert.deepEqual(fileAt(seen, 'src/run.sh').mode, { old: '100644', new: '100755' });
    assert.equal(fileAt(seen, 'src/link.js').kind, 'symlink');
    assert.equal(fileAt(seen, 'src/bytes.bin').binary, true);
    const bytes = await house.outside.reviews.contentOf(seen.tree, 'src/bytes.bin');
    assert.deepEqual(Buffer.from(bytes ?? []), Buffer.from('a\0b'));
  });

  it('what the person’s branch did meanwhile: it goes in cleanly, or these files conflict', async () => {
    const top = ground.repository({ 'src/a.js': '1\n2\n3\n4\n5\n6\n7\n', 'b.txt': 'b\n' });
    const { house, path } = await dispatched(top, 'worktree');
    write(path, { 'src/a.js': '1\n2\n3\n4\n5\n6\nseven\n' });
    await submitted(house);
    commit(top, { 'src/a.js': 'one\n2\n3\n4\n5\n6\n7\n' });
    const clean = await measured(house);
    assert.deepEqual(clean.merge, { kind: 'clean' });
    commit(top, { 'src/a.js': 'one\n2\n3\n4\n5\n6\nSEVEN\n' });
    const then = await measured(house);
    assert.deepEqual(then.merge, { kind: 'conflicts', files: ['src/a.js'] });
    assert.equal(then.shown, clean.shown, 'what the worker did is the same');
    assert.equal(git(top, 'status', '--porcelain'), '');
  });

  it('what was carried into the base is not the worker’s, and does not stand in the way', async () => {
    const top = ground.repository({ 'src/a.js': '1\n', 'src/b.js': '1\n' });
    write(top, { 'src/a.js': 'carried\n', 'src/b.js': 'carried\n' });
    const { house, path } = await dispatched(top, 'worktree', (one) => {
      one.settings.uncommitted = 'carry';
    });
    write(path, { 'src/a.js': 'carried\nand more\n' });
    await submitted(house);
    const seen = await measured(house);
    assert.deepEqual(brief(seen), [['src/a.js', 'changed']]);
    assert.equal(fileAt(seen, 'src/a.js').added, 1);
    assert.deepEqual(seen.merge, { kind: 'clean' });
  });
});

describe('what a result changed, in a folder that all share', () => {
  it('against what stood there when it was handed out; what is not the worker’s is said to be whose', async () => {
    const top = ground.repository({
      'src/a.js': '1\n',
      'src/mine.js': '1\n',
      'b.txt': 'b\n',
      'u.txt': 'u\n',
    });
    write(top, { 'src/before.js': 'b\n', 'b.txt': 'changed before\n' });
    const index = git(top, 'ls-files', '--stage');
    const { house } = await dispatched(top, 'shared');
    assert.equal(git(top, 'ls-files', '--stage'), index);
    await house.act({
      type: 'lock-scope',
      scope: ['locked.txt'],
      holder: { kind: 'user' },
      reason: 'Mine',
    } as never);
    write(top, {
      'src/a.js': '2\n',
      'src/mine.js': '2\n',
      'locked.txt': 'l\n',
      'saved.txt': 's\n',
      'u.txt': 'who knows\n',
    });
    house.saved.add(join(top, 'src', 'mine.js')).add(join(top, 'saved.txt'));
    await submitted(house, ['src/a.js']);
    const seen = await measured(house);
    assert.deepEqual(brief(seen), [
      ['locked.txt', 'added', 'another'],
      ['saved.txt', 'added', 'user'],
      ['src/a.js', 'changed', 'worker'],
      ['src/mine.js', 'changed', 'user'],
      ['u.txt', 'changed', 'unknown'],
    ]);
    assert.equal(seen.where, 'shared');
    assert.deepEqual(seen.unsaid, ['u.txt']);
    assert.deepEqual(seen.merge, { kind: 'clean' });
  });

  it('a person who works by hand at this editor did what it saved in its files', async () => {
    const top = ground.repository({ 'src/a.js': '1\n' });
    const { house } = await dispatched(top, 'worktree', () => undefined);
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'By hand instead' });
    await house.act({ ...addWorker('ann', 'code'), runs: { kind: 'by-hand', where: 'here' }, tokenHash: '' });
    await house.act({ type: 'dispatch', worker: 3 });
    write(top, { 'src/a.js': '2\n' });
    house.saved.add(join(top, 'src', 'a.js'));
    const ann = { seat: 'worker', worker: 3, enteredBy: 'user' } as const;
    await house.act({ type: 'submit', dispatch: 2, epoch: 1, packet: nothing() } as never, ann);
    const seen = await measured(house);
    assert.deepEqual([seen.where, brief(seen)], ['shared', [['src/a.js', 'changed', 'worker']]]);
  });

  it('goes with its dispatch, and where nobody wrote it down it says so', async () => {
    const top = ground.repository({ 'src/a.js': '1\n' });
    const { house } = await dispatched(top, 'shared');
    assert.equal((await sharedBases(join(top, '.git'))).length, 1);
    await submitted(house);
    await house.outside.grounds.cleanUp();
    await measured(house);
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'Another way' });
    await house.outside.grounds.cleanUp();
    assert.deepEqual(await sharedBases(join(top, '.git')), []);
    assert.deepEqual(traces(top), []);
    const seen = await house.outside.reviews.measure(1);
    assert.ok('why' in seen && /not known/.test(seen.why) && seen.next !== '');
  });

  it('of two repositories it is refused before it goes out, since one of them is measured; in one it is', async () => {
    const [one, other] = [ground.repository({ 'src/a.js': '1\n' }), ground.repository({ 'src/b.js': '1\n' })];
    const { house } = await dispatched(one, 'shared');
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'It needs both' });
    const folders = { app: one, lib: other };
    house.folders = Object.entries(folders).map(([name, fsPath]) => ({ name, fsPath }));
    house.workspace = { ...house.workspace, folders: Object.keys(folders) };
    const about = (scope: readonly string[]) =>
      house.act({ type: 'edit-todo', todo: 1, packet: { scope }, role: '' } as never);
    await about(['app/src/', 'lib/src/']);
    const reply = await house.submit({ type: 'dispatch', worker: 1 } as never);
    assert.ok(!reply.ok && reply.refusal.code === 'two-repositories', JSON.stringify(reply));
    await about(['lib/src/']);
    await house.act({ type: 'dispatch', worker: 1 } as never);
    write(other, { 'src/b.js': '2\n' });
    await house.act(
      { type: 'submit', dispatch: 2, epoch: 1, packet: nothing({ files: ['lib/src/b.js'] }) } as never,
      {
        seat: 'worker',
        worker: 1,
      },
    );
    assert.deepEqual(brief(await measured(house)), [['src/b.js', 'changed', 'worker']]);
  });

  it('P8: what changed in another repository of the folder fails the scope gate, and is shown', async () => {
    const [one, other] = [ground.repository({ 'src/a.js': '1\n' }), ground.repository({ 'src/b.js': '1\n' })];
    const folders = { app: one, lib: other };
    write(other, { 'src/before.js': 'it lay there\n' });
    const { house } = await dispatched(one, 'shared');
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'The other one is opened' });
    house.folders = Object.entries(folders).map(([name, fsPath]) => ({ name, fsPath }));
    house.workspace = { ...house.workspace, folders: Object.keys(folders) };
    await house.act({ type: 'edit-todo', todo: 1, packet: { scope: ['app/src/'] }, role: '' } as never);
    await house.act({ type: 'dispatch', worker: 1 } as never);
    write(one, { 'src/a.js': '2\n' });
    const packet = nothing({ files: ['app/src/a.js'] });
    await house.act({ type: 'submit', dispatch: 2, epoch: 1, packet } as never, worker(1));
    const clean = await measured(house);
    assert.deepEqual(brief(clean), [['src/a.js', 'changed', 'worker']]);
    write(other, { 'src/b.js': '2\n' });
    const now = await measured(house);
    assert.notEqual(now.shown, clean.shown, 'an approval of what was shown before is refused');
    assert.deepEqual(brief(now), [
      ['src/a.js', 'changed', 'worker'],
      ['src/b.js', 'changed', 'unknown'],
    ]);
    const scope = gatesOf(house.desk.state, 1, { measured: now }, house.workspace)?.find(
      ({ gate }) => gate === 'scope',
    );
    assert.deepEqual(scope?.reasons, [
      '`lib/src/b.js` is in another repository than this work, and in no commit of it.',
    ]);
    const { apart } = now.files[1] ?? {};
    const bytes = await house.outside.reviews.contentOf(apart?.tree ?? '', 'src/b.js');
    assert.equal(Buffer.from(bytes ?? []).toString(), '2\n');
    house.saved.add(join(other, 'src/b.js'));
    assert.equal((await measured(house)).files[1]?.by, 'user');
    await house.act({ type: 'withdraw', dispatch: 2, reason: 'Enough' });
    await house.outside.cleanUp();
    assert.equal(git(other, 'for-each-ref', 'refs/lockkeeper'), '');
  });

  it('P8: in no repository nobody can tell what changed; made one, and sent again, it is measured and committed', async () => {
    const top = ground.place();
    write(top, { 'src/a.js': '1\n' });
    const { house } = await dispatched(top, 'worktree');
    await submitted(house);
    const seen = await house.outside.reviews.measure(1);
    assert.ok('why' in seen);
    assert.match(
      seen.next,
      /only the user approves past .* first commit \(git init\), withdraw, and dispatch again/,
    );
    begin(top);
    commit(top, {});
    assert.ok('why' in (await house.outside.reviews.measure(1)), 'what stood there then is still not known');
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'To be measured' });
    await house.act({ type: 'dispatch', worker: 1 });
    const path = join(`${top}.worktrees`, 'web-1');
    write(path, { 'src/a.js': '2\n' });
    const again = { type: 'submit', dispatch: 2, epoch: 1, packet: nothing({ files: ['src/a.js'] }) };
    await house.act(again as never, worker(1));
    const found = await house.outside.reviews.measure(2);
    assert.ok('measured' in found, JSON.stringify(found));
    assert.deepEqual(brief(found.measured), [['src/a.js', 'changed']]);
    house.workspace = { ...house.workspace, evidence: wordsSuffice.evidence };
    const { shown } = found.measured;
    await house.act({ type: 'approve', result: 2, shown, judged } as never);
    assert.equal(git(top, 'show', 'main:src/a.js'), '2');
  });
});
