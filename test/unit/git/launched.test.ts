import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openHandover, type Handover } from '../../../src/agents/launch/handover.ts';
import { launchWorkers } from '../../../src/agents/launch/launching.ts';
import type { Worktrees } from '../../../src/composeWorktrees.ts';
import type { Actor } from '../../../src/contract/actor.ts';
import { endProcess } from '../../../src/running/ending.ts';
import { until } from '../../rig/until.ts';
import { atWorkBeside, Shells } from '../agents/shells.ts';
import { addWorker, packet } from '../core/drafts.ts';
import { orchestrator } from '../core/history.ts';
import { git, Ground, traces, write } from './given.ts';
import { GitHouse } from './house.ts';

const log = { info: () => undefined, warn: () => undefined };
const source = (path: string): string =>
  fileURLToPath(new URL(`../../../src/agents/${path}`, import.meta.url));

describe('a worker in a worktree of its own', () => {
  const ground = new Ground();
  let top: string;
  let said: string;
  let house: GitHouse;
  let shells: Shells;
  let handover: Handover;
  let launching: { dispose(): void };
  let worktrees: Worktrees;

  before(async () => {
    await ground.open();
    top = ground.repository({ 'src/gate.js': '1\n' });
    said = join(dirname(top), 'said');
    house = await GitHouse.open(top);
    ({ worktrees } = house.outside);
    shells = new Shells(top);
    handover = await openHandover();
    launching = launchWorkers({
      desk: house.desk,
      clock: Date.now,
      log,
      terminals: shells,
      url: () => 'http://127.0.0.1:1',
      isServing: () => true,
      onServing: () => ({ dispose: () => undefined }),
      token: () => Promise.resolve('token'),
      lastContact: () => undefined,
      handover: () => Promise.resolve(handover),
      atWork: atWorkBeside(dirname(top)),
      end: endProcess,
      guard: 'none',
      ownFolder: 'none',
      stdio: 'none',
      place: (dispatch, worker) => worktrees.place(dispatch, worker),
      program: () => ({ argv: [process.execPath, source('launcher/main.ts')], env: {} }),
    });
  });

  after(async () => {
    launching.dispose();
    await shells.end();
    await handover.dispose();
    house.close();
    await ground.close();
  });

  const act = (wanted: Parameters<GitHouse['act']>[0]): Promise<void> => house.act(wanted);
  const no = async (code: string, actor?: Actor): Promise<string> => {
    const reply = await house.submit({ type: 'dispatch', worker: 1 }, actor);
    assert.ok(!reply.ok);
    assert.equal(reply.refusal.code, code);
    assert.deepEqual(house.desk.state.live, []);
    assert.deepEqual(traces(top), []);
    return `${reply.refusal.sentence} ${reply.refusal.next}`;
  };

  it('a failed setup refuses the dispatch with its output, and leaves nothing behind', async () => {
    const script = `require('fs').writeFileSync(process.argv[1], JSON.stringify([process.cwd(), process.env.LOCKKEEPER_WORKTREE])); setInterval(() => {}, 1000)`;
    await act({
      type: 'start',
      objective: 'A gate that closes',
      constraints: [],
      mode: 'orchestrator-first',
    });
    await act({
      ...addWorker('web', 'code'),
      runs: { kind: 'command', argv: [process.execPath, '-e', script, said] },
    });
    await act({ type: 'allow-unguarded', worker: 1 });
    await act({ type: 'add-todo', packet: packet('Add the first sluice'), role: 'code' });
    house.settings.setup = [process.execPath, '-e', `console.log('no such package'); process.exitCode = 1`];
    assert.match(
      await no('setup-failed'),
      /ended with code 1\. It wrote: no such package Mend lockkeeper\.worktree\.setup/,
    );
    assert.equal(existsSync(said), false);
    assert.equal(existsSync(`${top}.worktrees`), false);
  });

  it('with uncommitted work in its scope the user is asked, and an agent’s dispatch is refused unasked', async () => {
    house.settings.setup = [];
    write(top, { 'src/gate.js': '2\n' });
    assert.match(await no('uncommitted-in-scope'), /src\/gate\.js is not committed/);
    assert.equal(house.asked.length, 1);
    house.carries = true;
    await no('uncommitted-in-scope', orchestrator);
    assert.equal(house.asked.length, 1);
    await act({ type: 'dispatch', worker: 1 });
    await until(() => existsSync(said) && readFileSync(said, 'utf8'), Boolean);
    const path = join(`${top}.worktrees`, 'web-1');
    assert.deepEqual(JSON.parse(readFileSync(said, 'utf8')), [path, path]);
    assert.equal(readFileSync(join(path, 'src/gate.js'), 'utf8'), '2\n');
    assert.equal(await worktrees.rootOf('web-1'), path);
    assert.deepEqual(await worktrees.folders(1), [{ name: 'app', fsPath: path }]);
    assert.deepEqual(await worktrees.folders(9), [{ name: 'app', fsPath: top }]);
    assert.equal(await worktrees.rootOf('../own'), undefined);
    assert.equal(await worktrees.fileOf(1, 'src/gate.js'), '/web-1/src/gate.js');
    for (const none of ['src/none.js', 'src', '../../own/journal.db'])
      assert.equal(await worktrees.fileOf(1, none), undefined, none);
    assert.equal(await worktrees.fileOf(2, 'src/gate.js'), undefined);
  });

  it('files of its worktree have the workspace’s names; the open folder, and another’s worktree, are not where it works', async () => {
    const path = join(`${top}.worktrees`, 'web-1');
    const names = (file: string, worker = 1, from = path) => worktrees.names(file, from, worker);
    assert.deepEqual(await names('src/gate.js'), { name: 'src/gate.js' });
    assert.deepEqual(await names(join(path, 'src', 'new.js')), { name: 'src/new.js' });
    assert.deepEqual(await names(join(path, 'src', 'new.js'), 1, top), { name: 'src/new.js' });
    const refusal = async (...asked: Parameters<typeof names>): Promise<string> => {
      const identity = await names(...asked);
      return 'refused' in identity ? identity.refused : JSON.stringify(identity);
    };
    assert.match(await refusal(join(top, 'src', 'gate.js')), /You work in .*web-1/);
    assert.match(await refusal(join(path, 'src', 'gate.js'), 2), /worktree of web for TODO 1/);
    assert.deepEqual(await names('src/gate.js', 2, top), { name: 'src/gate.js' });
    assert.deepEqual(await names('/elsewhere/a', 1), { outside: '/elsewhere/a' });
  });

  it('T6: withdrawn, its work stays on its branch, which is named', async () => {
    const path = join(`${top}.worktrees`, 'web-1');
    write(path, { 'src/new.js': 'n\n' });
    house.told.length = 0;
    await act({ type: 'withdraw', dispatch: 1, reason: 'Another way' });
    await house.outside.cleanUp();
    assert.deepEqual(house.told, ['lockkeeper/web/1']);
    assert.equal(git(top, 'show', 'lockkeeper/web/1:src/new.js'), 'n');
    assert.ok(existsSync(path));
  });

  it('the next dispatch of the TODO gets a worktree of its own', async () => {
    git(top, 'commit', '--quiet', '--all', '--message', 'fix: two');
    shells.close('web');
    await until(
      () => shells.isOpen('web'),
      (open) => !open,
    );
    await act({ type: 'dispatch', worker: 1 });
    await until(
      () => readFileSync(said, 'utf8'),
      (text) => text.includes('web-1-2'),
    );
    await worktrees.cleanUp();
    assert.ok(existsSync(join(`${top}.worktrees`, 'web-1-2')));
  });
});
