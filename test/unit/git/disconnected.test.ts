import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keepBonds } from '../../../src/agents/bonds.ts';
import { agentsPlace } from '../../../src/composeAgents.ts';
import type { AgentsPlace, ConfigChange } from '../../../src/editor/workers/agentsPlace.ts';
import { connect as words } from '../../../src/editor/workers/sentences.ts';
import { connect, door, guard, put } from './connected.ts';
import { git, Ground, write } from './given.ts';
import { closeHouses, dispatched, type GitHouse } from './house.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

afterEach(closeHouses);

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const status = (folder: string): string => git(folder, 'status', '--porcelain', '--untracked-files=all');
const touched = async (house: GitHouse): Promise<readonly string[]> =>
  ((await house.outside.touched(1)) ?? []).map(({ path }) => path);

/** Connecting as the window does it. */
function placeOf(house: GitHouse): AgentsPlace {
  return agentsPlace({
    guard,
    stdio: '',
    others: { ids: () => [], keep: () => Promise.resolve() },
    url: () => door,
    environment: () => ({}),
    folders: () => house.folders,
    worktrees: () => Promise.resolve(house.outside.worktrees),
    isTrusted: () => true,
    isServing: () => true,
    token: () => Promise.resolve(undefined),
    lastContact: () => undefined,
    bonds: keepBonds(Date.now, () => undefined),
  });
}

async function shown(house: GitHouse, id: string): Promise<readonly ConfigChange[]> {
  const changes = await placeOf(house).changes('disconnect', id, house.top);
  assert.ok(!('code' in changes), JSON.stringify(changes));
  return changes;
}

async function disconnect(house: GitHouse, id: string): Promise<void> {
  const changes = await shown(house, id);
  assert.equal(await placeOf(house).write('disconnect', id, house.top, changes), undefined);
}

describe('disconnecting where a worktree is live', () => {
  it('P8: takes ours out of the worktree with the same yes, and nothing that the worker wrote', async () => {
    const top = ground.repository({ 'src/gate.js': '1\n', '.gitignore': '.gemini/\n' });
    const { house, path } = await dispatched(top, 'worktree');
    const own = '{\n  "ui": {}\n}\n';
    write(path, { '.gemini/settings.json': own });
    for (const id of ['claude-code', 'codex', 'gemini']) await connect(top, id);
    assert.equal(await put(house), undefined);

    const changes = await shown(house, 'claude-code');
    assert.deepEqual(
      changes.map((change) => [change.path, change.after, change.worktree]),
      [
        [join(top, '.claude/settings.json'), undefined, undefined],
        [join(top, '.mcp.json'), undefined, undefined],
        [join(path, '.mcp.json'), undefined, { worker: 'web', file: '.mcp.json' }],
        [join(path, '.claude/settings.json'), undefined, { worker: 'web', file: '.claude/settings.json' }],
      ],
      'it is shown before the yes',
    );
    await disconnect(house, 'claude-code');
    for (const folder of [top, path])
      for (const file of ['.mcp.json', '.claude']) assert.ok(!existsSync(join(folder, file)), file);
    assert.match(read(path, '.codex/config.toml'), /LOCKKEEPER_TOKEN/, 'the others stay connected');
    assert.deepEqual(await touched(house), []);
    assert.equal(status(path), '');

    await disconnect(house, 'gemini');
    assert.equal(read(path, '.gemini/settings.json'), own);
    write(path, { '.mcp.json': '{}\n' });
    assert.deepEqual(await touched(house), ['.mcp.json'], 'nothing is hidden there any more');
  });

  it('P8: what the worker changed beside ours is seen as its own then; what it cannot read stays, and is seen as before', async () => {
    const top = ground.repository();
    const { house, path } = await dispatched(top, 'worktree');
    for (const id of ['claude-code', 'codex']) await connect(top, id);
    assert.equal(await put(house), undefined);
    write(path, {
      '.mcp.json': read(path, '.mcp.json').replace(
        '"lockkeeper"',
        '"docs": { "command": "docs" }, "lockkeeper"',
      ),
      '.codex/hooks.json': '{ "LOCKKEEPER_", broken',
    });
    rmSync(join(path, '.claude'), { recursive: true });
    const files = ['.mcp.json', '.claude/settings.json', '.codex/hooks.json'];
    assert.deepEqual(await touched(house), files);

    await disconnect(house, 'claude-code');
    assert.deepEqual(JSON.parse(read(path, '.mcp.json')), { mcpServers: { docs: { command: 'docs' } } });
    assert.equal(status(path), '?? .mcp.json');
    await disconnect(house, 'codex');
    assert.equal(read(path, '.codex/hooks.json'), '{ "LOCKKEEPER_", broken');
    assert.ok(!existsSync(join(path, '.codex/config.toml')));
    assert.deepEqual(await touched(house), ['.mcp.json', '.codex/hooks.json']);
  });

  it('where a file of the worktree changed after it was shown nothing is taken out anywhere', async () => {
    const top = ground.repository();
    const { house, path } = await dispatched(top, 'worktree');
    await connect(top, 'claude-code');
    assert.equal(await put(house), undefined);
    const changes = await shown(house, 'claude-code');
    write(path, { '.mcp.json': '{}\n' });
    const why = await placeOf(house).write('disconnect', 'claude-code', top, changes);
    assert.equal(why?.code, 'changed-meanwhile');
    for (const folder of [top, path])
      assert.match(read(folder, '.claude/settings.json'), /guard unavailable/);
    assert.deepEqual(await touched(house), ['.mcp.json']);
    rmSync(join(path, '.claude'), { recursive: true });
    assert.deepEqual(await touched(house), ['.mcp.json', '.claude/settings.json']);
  });

  it('the yes names the worktrees', () => {
    const files = ['.mcp.json', '.claude/settings.json'];
    assert.equal(
      words.confirm('disconnect', 'Claude Code', files, ['web', 'api']).question,
      'Takes out of .mcp.json and .claude/settings.json what Lockkeeper wrote, and in the worktrees of web, api, as shown.',
    );
    assert.equal(
      words.confirm('disconnect', 'Claude Code', files, []).question,
      'Takes out of .mcp.json and .claude/settings.json what Lockkeeper wrote, as shown.',
    );
    assert.equal(
      words.done('disconnect', 'Claude Code', ['.mcp.json'], ['web']),
      '.mcp.json: nothing of Lockkeeper’s is left for Claude Code, nor in the worktree of web.',
    );
  });
});
