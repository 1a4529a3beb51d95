import assert from 'node:assert/strict';
import { otherId } from '../../../src/agents/profiles/other.ts';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openHandover } from '../../../src/agents/launch/handover.ts';
import { launchWorkers } from '../../../src/agents/launch/launching.ts';
import type { TerminalOrder } from '../../../src/agents/launch/needs.ts';
import type { Refusal } from '../../../src/contract/refusal.ts';
import { at } from '../../../src/core/table.ts';
import { endProcess } from '../../../src/running/ending.ts';
import { until } from '../../rig/until.ts';
import { atWorkBeside, Shells } from '../agents/shells.ts';
import { easy } from './approving.ts';
import { connect, door, guard, put } from './connected.ts';
import { commit, git, Ground, traces, write } from './given.ts';
import { approval, closeHouses, dispatched, measured, submitted, type GitHouse } from './house.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

afterEach(closeHouses);

const launcher = fileURLToPath(new URL('../../../src/agents/launcher/main.ts', import.meta.url));

/** What opening a terminal as web answers, and what lies in its folder when its shell starts. */
async function openedShell(
  house: GitHouse,
): Promise<{ answer: boolean | Refusal; order: TerminalOrder | undefined; there: readonly string[] }> {
  const beside = dirname(house.top);
  const [shell, said] = [join(beside, 'shell'), join(beside, 'said')];
  write(beside, { shell: `#!/bin/sh\nls -A > '${said}.new'\nmv '${said}.new' '${said}'\nsleep 60\n` });
  chmodSync(shell, 0o755);
  const shells = new Shells(house.top);
  const handover = await openHandover();
  const launching = launchWorkers({
    desk: house.desk,
    clock: Date.now,
    log: { info: () => undefined, warn: () => undefined },
    terminals: shells,
    url: () => door,
    isServing: () => false,
    onServing: () => ({ dispose: () => undefined }),
    token: () => Promise.resolve('canary'),
    lastContact: () => undefined,
    handover: () => Promise.resolve(handover),
    atWork: atWorkBeside(beside),
    end: endProcess,
    guard,
    ownFolder: 'none',
    stdio: 'none',
    place: (dispatch, worker) => house.outside.worktrees.place(dispatch, worker),
    connected: ({ n }) => put(house, {}, n),
    program: () => ({ argv: [process.execPath, launcher], env: {} }),
  });
  try {
    const answer = await launching.openShell(1, shell);
    await until(() => existsSync(said), Boolean);
    return { answer, order: shells.orders[0], there: read(said).trim().split('\n').sort() };
  } finally {
    launching.dispose();
    await shells.end();
    await handover.dispose();
  }
}

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const status = (folder: string): string => git(folder, 'status', '--porcelain', '--untracked-files=all');

describe('a terminal as a worker in its worktree', () => {
  it('P8: finds what connects agents in the open folder, merged and hidden: it is in no change, no commit, and goes with it', async function () {
    if (process.platform === 'win32') return this.skip();
    const top = ground.repository({ 'src/gate.js': '1\n', '.gitignore': '.gemini/\n' });
    const { house, path } = await dispatched(top, 'worktree', easy);
    for (const id of ['claude-code', 'codex', 'gemini']) await connect(top, id);
    write(path, { '.gemini/settings.json': '{\n  "ui": {}\n}\n' });
    const files = ['.mcp.json', '.claude/settings.json', '.codex/config.toml', '.codex/hooks.json'];
    const before = files.map((file) => read(top, file));
    assert.ok(!files.some((file) => existsSync(join(path, file))));

    const { answer, order, there } = await openedShell(house);
    assert.equal(answer, true);
    assert.equal(order?.folder, path);
    assert.deepEqual(there, ['.claude', '.codex', '.gemini', '.git', '.gitignore', '.mcp.json', 'src']);

    assert.deepEqual(
      files.map((file) => read(path, file)),
      before,
    );
    assert.match(read(path, '.gemini/settings.json'), /"ui": \{\}[^]*LOCKKEEPER_TOKEN[^]*guard unavailable/);
    assert.equal(status(path), '');
    assert.deepEqual(await house.outside.touched(1), []);
    assert.equal(
      status(top),
      files
        .map((file) => `?? ${file}`)
        .sort()
        .join('\n'),
    );

    commit(path, { 'src/new.js': 'n\n' });
    assert.equal(git(path, 'show', '--name-only', '--format=', 'HEAD'), 'src/new.js');
    await submitted(house, ['src/new.js']);
    assert.deepEqual(
      (await measured(house)).files.map((file) => file.path),
      ['src/new.js'],
    );
    const reply = await approval(house);
    assert.ok(reply.ok, JSON.stringify(reply));
    await until(
      () => traces(top),
      (left) => left.length === 0,
    );
    assert.ok(!existsSync(path));
    assert.equal(git(top, 'show', '--name-only', '--format=', 'HEAD'), 'src/new.js');
    assert.deepEqual(
      files.map((file) => read(top, file)),
      before,
    );
  });

  it('P8: finds what connects an agent that nobody knows there too, hidden like the others', async () => {
    const top = ground.repository({ 'src/gate.js': '1\n' });
    const { house, path } = await dispatched(top, 'worktree', easy);
    const id = otherId('.aide/servers.json', 'servers-env');
    await connect(top, id);
    assert.equal(await put(house, { others: [id] }), undefined);
    assert.match(read(path, '.aide/servers.json'), /\$\{env:LOCKKEEPER_TOKEN\}/);
    assert.equal(status(path), '');
    assert.deepEqual(await house.outside.touched(1), []);
  });

  it('P8: what is part of the work is never written unseen: it is named, with what to do, and the rest is put there', async function () {
    if (process.platform === 'win32') return this.skip();
    const top = ground.repository({
      '.mcp.json': '{}\n',
      '.cursor/mcp.json': '{}\n',
      '.gitignore': '!/.cursor/hooks.json\n',
    });
    const { house, path } = await dispatched(top, 'worktree');
    for (const id of ['claude-code', 'codex', 'gemini', 'cursor']) await connect(top, id);
    git(path, 'rm', '--quiet', '-r', '.cursor');
    write(path, { '.codex/config.toml': 'model = "mine"\n', '.gemini/settings.json': '{ "broken' });
    const before = status(path);
    const { answer: why, order } = await openedShell(house);
    assert.equal(order?.folder, path, 'it is opened all the same');
    assert.ok(typeof why !== 'boolean');
    assert.equal(why.code, 'not-connected-there');
    assert.equal(
      why.sentence,
      'Not all that Connect Worker wrote is in the worktree of web. .gemini/settings.json: It is no JSON that can be read: look at line 1.' +
        ['.mcp.json', '.codex/config.toml', '.cursor/mcp.json', '.cursor/hooks.json']
          .map((file) => ` ${file} is part of the work there, or leads out of it, and is not changed.`)
          .join(''),
    );
    assert.match(why.next, /^Commit what Connect Worker wrote .* LOCKKEEPER_URL/);
    assert.equal(read(path, '.mcp.json'), '{}\n');
    assert.equal(read(path, '.codex/config.toml'), 'model = "mine"\n');
    assert.ok(!existsSync(join(path, '.cursor')));
    assert.equal(status(path), before);
    for (const file of ['.claude/settings.json', '.codex/hooks.json'])
      assert.match(read(path, file), /guard unavailable/);
    assert.deepEqual((await house.outside.touched(1))?.map((one) => one.path).sort(), [
      '.codex/config.toml',
      '.cursor/mcp.json',
      '.gemini/settings.json',
    ]);
  });

  it('P8: the way out: what is committed is in the next worktree, and nothing is said', async () => {
    const top = ground.repository({ '.mcp.json': '{}\n' });
    await connect(top, 'claude-code');
    commit(top, {});
    const { house, path } = await dispatched(top, 'worktree');
    assert.equal(await put(house), undefined);
    assert.equal(read(path, '.mcp.json'), read(top, '.mcp.json'));
    assert.equal(status(path), '');
  });

  it('P8: a file in the SCOPE of the task is the worker’s to make, so it is not hidden from its change', async () => {
    const top = ground.repository();
    const { house, path } = await dispatched(top, 'worktree');
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'Another SCOPE' });
    const todo = at(house.desk.state.todos, 1) ?? assert.fail();
    await house.act({
      type: 'edit-todo',
      todo: 1,
      packet: { ...todo.packet, scope: ['.claude/'] },
      role: 'code',
    });
    await house.act({ type: 'dispatch', worker: 1 });
    await connect(top, 'claude-code');
    const [own] = await house.outside.worktrees.folders(2);
    const folder = own?.fsPath ?? assert.fail();
    assert.notEqual(folder, path);
    const why = await put(house, {}, 2);
    assert.match(why?.sentence ?? '', /web\. \.claude\/settings\.json is part of the work there/);
    assert.match(read(folder, '.mcp.json'), /LOCKKEEPER_TOKEN/);
    write(folder, { '.claude/settings.json': '{}\n' });
    assert.deepEqual(
      (await house.outside.touched(2))?.map((one) => one.path),
      ['.claude/settings.json'],
    );
  });

  it('opened anew, what it put there follows the address of the endpoint; what a link leads to stays', async () => {
    const top = ground.repository({ '.gitignore': '/.claude\n/.codex/hooks.json\n' });
    for (const id of ['claude-code', 'codex']) await connect(top, id, 'http://127.0.0.1:1/mcp');
    const { house, path } = await dispatched(top, 'worktree', (one) => {
      one.settings.link = ['.claude', '.codex/hooks.json'];
    });
    const linked = ['.claude/settings.json', '.codex/hooks.json'];
    const older = linked.map((file) => read(top, file).replaceAll(guard, '/old/guard.cjs'));
    linked.forEach((file, n) => write(top, { [file]: older[n] ?? '' }));
    const sentence = async (url: string): Promise<string> => (await put(house, { url }))?.sentence ?? '';
    for (const url of ['http://127.0.0.1:2/mcp', door]) {
      assert.match(
        await sentence(url),
        /web\. \.claude\/settings\.json is [^.]+\. \.codex\/hooks\.json is [^.]+\.$/,
      );
      assert.ok(read(path, '.mcp.json').includes(url));
    }
    assert.deepEqual(
      linked.map((file) => read(top, file)),
      older,
    );
    assert.equal(status(path), '');
  });

  it('nothing is put there where the folder is not trusted, nobody is connected, or the folder is shared', async () => {
    const top = ground.repository();
    const { house, path } = await dispatched(top, 'worktree');
    assert.equal(await put(house), undefined);
    await connect(top, 'claude-code');
    assert.equal(await put(house, { isTrusted: false }), undefined);
    assert.ok(!existsSync(join(path, '.mcp.json')));
    const other = ground.repository();
    const shared = await dispatched(other, 'shared');
    await connect(other, 'claude-code');
    rmSync(join(other, '.claude'), { recursive: true });
    assert.equal(await put(shared.house), undefined);
    assert.equal(status(other), '?? .mcp.json');
  });
});
