import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../../src/core/table.ts';
import { addWorker, packet } from '../core/drafts.ts';
import { filesOf, readRecords, writeRecord, type WorktreeRecord } from '../../../src/git/worktreeRecords.ts';
import { begin, commit, git, Ground, processes, traces, write } from './given.ts';
import { GitHouse } from './house.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

const apart = (n: number) => ({ ...packet(`Add the sluice number ${n}`), scope: [`src/${n}.js`] });

async function begun(top: string, todos: readonly object[]): Promise<GitHouse> {
  const house = await GitHouse.open(top);
  await house.act({ type: 'start', objective: 'A gate', constraints: [], mode: 'orchestrator-first' });
  for (const name of ['web', 'api']) await house.act(addWorker(name, 'code'));
  for (const one of todos) {
    await house.act({ type: 'add-todo', packet: { ...packet('x'), ...one }, role: 'code' });
  }
  return house;
}

const both = {
  type: 'dispatch-side-by-side' as const,
  parts: [1, 2].map((n) => ({ todo: n, worker: n })),
  reason: 'They are apart.',
};
/** What is made of the second part alone fails. */
const failsFor = (name: string): readonly string[] => [
  process.execPath,
  '-e',
  `if (process.cwd().includes('${name}')) process.exitCode = 1`,
];
const only = async (top: string): Promise<WorktreeRecord> => {
  const [record, ...others] = await readRecords(join(top, '.git'));
  assert.ok(record && others.length === 0);
  return record;
};

describe('a dispatch and its worktree', () => {
  let house: GitHouse;
  afterEach(() => house.close());

  it('T6: side by side each part has its worktree before any is sent; one that fails takes the others back', async () => {
    const top = ground.repository();
    house = await begun(top, [apart(1), apart(2)]);
    house.settings.setup = failsFor('api-2');
    const reply = await house.submit(both);
    assert.equal(!reply.ok && reply.refusal.code, 'setup-failed');
    assert.deepEqual(house.desk.state.live, []);
    assert.deepEqual(traces(top), []);
    house.settings.setup = [];
    await house.act(both);
    assert.deepEqual(
      (await readRecords(join(top, '.git'))).map(({ id, dispatch, state }) => [id, dispatch, state]),
      [
        ['api-2', 2, 'ready'],
        ['web-1', 1, 'ready'],
      ],
    );
  });

  it('made, and refused at the last moment: nothing of it is left', async () => {
    const top = ground.repository();
    house = await begun(top, [apart(1)]);
    // While the setup runs the one thing to dispatch is dropped.
    house.settings.setup = [process.execPath, '-e', `setTimeout(() => {}, 500)`];
    const dispatching = house.submit({ type: 'dispatch', worker: 1 });
    await house.act({ type: 'drop-todo', todo: 1, reason: 'Not needed' });
    const reply = await dispatching;
    assert.equal(!reply.ok && reply.refusal.code, 'nothing-next');
    assert.deepEqual(traces(top), []);
  });

  it('made, and the window died before or after the act: the journal says whether it stays', async () => {
    const top = ground.repository();
    house = await begun(top, [apart(1)]);
    await house.act({ type: 'dispatch', worker: 1 });
    const kept = await only(top);
    const window = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const gone = new Promise((resolve) => window.once('exit', resolve));
    const dead = processes.markOf(window.pid ?? 0);
    window.kill('SIGKILL');
    await gone;
    const command = house.journal.read(0).at(-1)?.command ?? '';
    const waits = (id: string): Promise<void> =>
      writeRecord(join(top, '.git'), { ...kept, state: 'waiting', makers: [dead], command: id });
    await waits(command);
    await house.outside.worktrees.cleanUp();
    assert.deepEqual(await only(top), kept);
    // Its worker may start before anybody has looked.
    await waits(command);
    assert.deepEqual(await house.outside.worktrees.folders(1), [{ name: 'app', fsPath: kept.path }]);
    const [dispatch, worker] = [at(house.desk.state.dispatches, 1), at(house.desk.state.workers, 1)];
    assert.ok(dispatch && worker);
    assert.deepEqual(await house.outside.worktrees.place(dispatch, worker), {
      folder: kept.path,
      root: kept.path,
    });
    assert.deepEqual(await only(top), kept);
    await waits('a command that nobody gave');
    await house.outside.worktrees.cleanUp();
    assert.deepEqual(traces(top), []);
    assert.equal(existsSync(kept.path), false);
  });

  it('a dispatch of that number that the journal has lost leaves its worktree to itself', async () => {
    const top = ground.repository();
    house = await begun(top, [apart(1)]);
    await house.act({ type: 'dispatch', worker: 1 });
    const first = await only(top);
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'Another way' });
    await writeRecord(join(top, '.git'), { ...first, dispatch: 2 });
    commit(first.path, { 'src/1.js': 'lost\n' });
    await house.act({ type: 'dispatch', worker: 1 });
    const records = await readRecords(join(top, '.git'));
    assert.deepEqual(
      records.map(({ id, dispatch, owner }) => [id, dispatch, owner === first.owner]),
      [
        ['web-1-2', 2, true],
        ['web-1', 2, false],
      ],
    );
    assert.equal(existsSync(join(records[0]?.path ?? '', 'src', '1.js')), false);
  });

  it('what another window makes for a dispatch that is not to be takes nothing from the one that is', async () => {
    const top = ground.repository();
    house = await begun(top, [apart(1)]);
    await house.act({ type: 'dispatch', worker: 1 });
    const kept = await only(top);
    const { worktrees } = house.outside;
    const [dispatch, worker] = [at(house.desk.state.dispatches, 1), at(house.desk.state.workers, 1)];
    assert.ok(dispatch && worker);
    const second = await worktrees.make({ ...dispatch, worker, dispatch: 1, command: 'of another' }, 'carry');
    assert.ok(second.ok && second.worktree);
    await worktrees.prepared(second.worktree).undo();
    assert.deepEqual(await worktrees.place(dispatch, worker), { folder: kept.path, root: kept.path });
    assert.deepEqual(await only(top), kept);
  });

  it('who works by hand works in the folder that is open', async () => {
    const top = ground.repository();
    house = await begun(top, [apart(1)]);
    await house.act({ ...addWorker('ann', 'code'), runs: { kind: 'by-hand', where: 'here' }, tokenHash: '' });
    await house.act({ type: 'dispatch', worker: 3 });
    assert.deepEqual(await readRecords(join(top, '.git')), []);
  });

  it('P7: before the first commit the folder is shared: it is said, and a critical file stays with the guarded', async () => {
    const top = ground.place();
    begin(top);
    house = await begun(top, [apart(1), { ...apart(2), scope: ['go.sum'] }]);
    const sent = await house.submit({ type: 'dispatch', worker: 1 });
    assert.ok(sent.ok);
    assert.match(sent.said, /went to web\. The work is done in the folder that is open: .* no commit yet\.$/);
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'Another way' });
    await house.act({ type: 'drop-todo', todo: 1, reason: 'Not needed' });
    house.workspace = { ...house.workspace, criticalFiles: ['go.sum'] };
    const critical = await house.submit({ type: 'dispatch', worker: 1 });
    assert.equal(!critical.ok && critical.refusal.code, 'critical-unguarded');
    commit(top, {});
    await house.act({ type: 'dispatch', worker: 1 });
    assert.equal((await only(top)).id, 'web-2');
  });

  it('in two repositories of one workspace no two worktrees have one name', async () => {
    const [left, right] = [ground.repository(), ground.repository()];
    house = await begun(left, []);
    house.folders = [
      { name: 'left', fsPath: left },
      { name: 'right', fsPath: right },
    ];
    house.workspace = { ...house.workspace, folders: ['left', 'right'] };
    for (const [n, folder] of ['left', 'right'].entries()) {
      const one = {
        ...packet(`Add the sluice number ${n}`),
        scope: [`${folder}/src/a.js`],
        notYourJob: ['docs'],
      };
      await house.act({ type: 'add-todo', packet: one, role: 'code' });
    }
    await house.act({ type: 'dispatch', worker: 1 });
    const first = await only(left);
    // The other one would have the same name but for the number of its TODO.
    const { record } = filesOf(join(left, '.git'), 'web-2');
    execFileSync('mv', [filesOf(join(left, '.git'), first.id).record, record]);
    await writeRecord(join(left, '.git'), { ...first, id: 'web-2' });
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'Another way' });
    await house.act({ type: 'drop-todo', todo: 1, reason: 'Not needed' });
    await house.act({ type: 'dispatch', worker: 1 });
    assert.equal((await only(right)).id, 'web-2-2');
    assert.equal(await house.outside.worktrees.rootOf('web-2'), first.path);
    assert.equal(readFileSync(record, 'utf8').includes(left), true);
    assert.equal(git(right, 'branch', '--list', 'lockkeeper/*').trim(), '+ lockkeeper/web/2-2');
  });

  it('T6: its worker is silent or gone: the next one’s CONTEXT names the branch that holds the work', async () => {
    const top = ground.repository();
    house = await begun(top, [apart(1)]);
    await house.act({ type: 'dispatch', worker: 1 });
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'Nobody is there' });
    await house.act({ type: 'dispatch', worker: 2 });
    const context = at(house.desk.state.dispatches, 2)?.context ?? '';
    assert.match(
      context,
      /Withdrawn from web: Nobody is there Its work is on the branch lockkeeper\/web\/1\./,
    );
  });

  it('what is left of a withdrawn one is removed: at once without work, with work only by the person’s word', async () => {
    const top = ground.repository();
    house = await begun(top, [apart(1)]);
    const { leftovers } = house.outside;
    await house.act({ type: 'dispatch', worker: 1 });
    const { path } = await only(top);
    assert.deepEqual(await leftovers.left(), [], 'one at work is not offered');
    assert.equal((await leftovers.remove('web-1', true))?.code, 'worktree-live');
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'Another way' });
    write(path, { 'src/1.js': 'new\n' });
    const [left] = await leftovers.left();
    assert.deepEqual([left?.id, left?.files, left?.commits], ['web-1', 1, 0]);
    assert.equal((await leftovers.remove('web-1', false))?.code, 'unmerged-work');
    assert.equal(existsSync(path), true);
    assert.equal(await leftovers.remove('web-1', true), undefined);
    assert.equal(existsSync(path), false);
    assert.deepEqual(await leftovers.left(), []);
    assert.equal((await leftovers.remove('web-1', true))?.code, 'no-worktree');
  });

  it('T6: what another window withdrew stays on its branch too, by whoever lives on, once', async () => {
    const top = ground.repository();
    house = await begun(top, [apart(1), apart(2)]);
    await house.act(both);
    for (const name of ['web-1', 'api-2'])
      write(join(`${top}.worktrees`, name), { [`src/${name.slice(-1)}.js`]: 'half\n' });
    // It is gone before it has seen to what it left.
    const gone = await GitHouse.open(top);
    await gone.act({ type: 'withdraw', dispatch: 1, reason: 'Another way' });
    gone.close();
    const others = await GitHouse.open(top);
    try {
      await Promise.all([house.outside.cleanUp(), others.outside.cleanUp()]);
      assert.deepEqual([...house.told, ...others.told], ['lockkeeper/web/1'], 'told once');
      assert.equal(git(top, 'show', 'lockkeeper/web/1:src/1.js'), 'half');
      assert.equal(git(top, 'rev-list', '--count', 'main..lockkeeper/web/1'), '1');
      assert.equal(
        git(top, 'rev-list', '--count', 'main..lockkeeper/api/2'),
        '0',
        'what is live is nobody’s',
      );
      // What somebody does there afterwards is not ours to commit.
      write(join(`${top}.worktrees`, 'web-1'), { 'src/1.js': 'by hand\n' });
      await others.outside.cleanUp();
      assert.equal(git(top, 'show', 'lockkeeper/web/1:src/1.js'), 'half');
    } finally {
      others.close();
    }
  });
});
