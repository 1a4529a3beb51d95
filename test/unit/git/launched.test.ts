import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openHandover, type Handover } from '../../../src/agents/launch/handover.ts';
import { launchWorkers } from '../../../src/agents/launch/launching.ts';
import { Worktrees } from '../../../src/composeWorktrees.ts';
import type { Act } from '../../../src/contract/acts.ts';
import type { Refusal } from '../../../src/contract/refusal.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { at } from '../../../src/core/table.ts';
import { plainWorkspace } from '../../../src/core/workspace.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { openJournal } from '../../../src/journal/sqlite.ts';
import type { Journal } from '../../../src/journal/port.ts';
import { until } from '../../rig/until.ts';
import { atWorkBeside, Shells } from '../agents/shells.ts';
import { addWorker, packet } from '../core/drafts.ts';
import { git, Ground, write } from './given.ts';

const log = { info: () => undefined, warn: () => undefined };
const source = (path: string): string =>
  fileURLToPath(new URL(`../../../src/agents/${path}`, import.meta.url));

describe('a worker in a worktree of its own', () => {
  const ground = new Ground();
  let top: string;
  let said: string;
  let journal: Journal;
  let desk: Desk;
  let shells: Shells;
  let handover: Handover;
  let launching: { dispose(): void };
  let setup: readonly string[] = [];
  let carries = false;
  const asked: Refusal[] = [];
  const told: string[] = [];
  let worktrees: Worktrees;

  before(async () => {
    await ground.open();
    top = ground.repository({ 'src/gate.js': '1\n' });
    said = join(dirname(top), 'said');
    const file = join(dirname(top), 'own', 'journal.db');
    journal = await openJournal({ file, headFile: join(dirname(top), 'heads', 'head') });
    desk = new Desk(journal, Date.now);
    shells = new Shells(top);
    handover = await openHandover();
    worktrees = new Worktrees({
      journal: file,
      fallback: join(dirname(top), 'storage'),
      folders: () => [{ name: 'app', fsPath: top }],
      workspace: () => plainWorkspace,
      dispatchOf: (worker) => desk.state.live.find((n) => at(desk.state.dispatches, n)?.worker === worker),
      settings: () => ({
        mode: 'worktree',
        uncommitted: 'ask',
        link: [],
        setup,
        setupMilliseconds: 20_000,
        env: {},
      }),
      whileMaking: (_, make) => make(new AbortController().signal),
      mayCarry: (why) => (asked.push(why), Promise.resolve(carries)),
      tellNotMade: (worker, why, output) => void told.push(`${worker} ${why.code} ${output}`),
      tellKept: (branch) => void told.push(branch),
      log,
    });
    launching = launchWorkers({
      desk,
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
      guard: 'none',
      place: (dispatch, worker) => worktrees.place(dispatch, worker),
      program: () => ({ argv: [process.execPath, source('launcher/main.ts')], env: {} }),
    });
  });

  after(async () => {
    launching.dispose();
    await shells.end();
    await handover.dispose();
    desk.dispose();
    journal.close();
    await ground.close();
  });

  const act = async (wanted: Act | ReturnType<typeof addWorker>): Promise<void> => {
    const reply = await desk.submit({ id: randomUUID(), actor: { seat: 'user' }, act: wanted as Act });
    assert.ok(reply.ok, JSON.stringify(reply));
  };
  const notStarted = (): Promise<string> =>
    until(
      () => inbox(desk.state).find(({ kind }) => kind === 'ended'),
      (entry) => entry?.title.endsWith('was not started') === true,
    ).then((entry) => entry?.detail ?? '');

  it('is not started where its worktree cannot be made: the reason stands in the Inbox', async () => {
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
    await act({ type: 'add-todo', packet: packet('Add the first sluice'), role: 'code' });
    setup = [process.execPath, '-e', `console.log('no such package'); process.exitCode = 1`];
    await act({ type: 'dispatch', worker: 1 });
    assert.match(await notStarted(), /ended with code 1\. Mend lockkeeper\.worktree\.setup/);
    assert.deepEqual(told, ['web setup-failed no such package\n']);
    assert.equal(existsSync(said), false);
    assert.equal(existsSync(`${top}.worktrees`), false);
  });

  it('with uncommitted work in its scope it is started only after the person said so', async () => {
    setup = [];
    write(top, { 'src/gate.js': '2\n' });
    await act({ type: 'relaunch', dispatch: 1 });
    assert.match(await notStarted(), /src\/gate\.js is not committed/);
    assert.equal(asked.length, 1);
    carries = true;
    await act({ type: 'relaunch', dispatch: 1 });
    await until(() => existsSync(said) && readFileSync(said, 'utf8'), Boolean);
    const path = join(`${top}.worktrees`, 'web-1');
    assert.deepEqual(JSON.parse(readFileSync(said, 'utf8')), [path, path]);
    assert.equal(readFileSync(join(path, 'src/gate.js'), 'utf8'), '2\n');
    assert.equal(await worktrees.rootOf('web-1'), path);
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
    told.length = 0;
    await act({ type: 'withdraw', dispatch: 1, reason: 'Another way' });
    await worktrees.keep(1);
    assert.deepEqual(told, ['lockkeeper/web/1']);
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
