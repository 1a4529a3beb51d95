import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { keepBonds } from '../../../../src/agents/bonds.ts';
import { agentsPlace } from '../../../../src/composeAgents.ts';
import type { AgentsPlace, ConfigChange } from '../../../../src/editor/workers/agentsPlace.ts';
import { removeFolder, temporaryFolder } from '../../../rig/temporary.ts';

/** Says its version; asked for its servers it calls the one it finds in its environment, or says why not. */
const agent = `#!${process.execPath}
if (process.argv[2] === '--version') console.log('9.8.7 (an agent)');
else if (process.env.ANTHROPIC_MOOD === 'shy') console.log('lockkeeper: http://x - Pending approval');
else if (process.env.ANTHROPIC_MOOD === 'off') console.log('No servers.');
else if (process.env.ANTHROPIC_MOOD === 'broken') process.exitCode = 1;
else if (process.env.ANTHROPIC_MOOD === 'elsewhere') console.log('lockkeeper: http://x - ok Connected');
else if (process.env.ANTHROPIC_MOOD === 'idle') console.log('lockkeeper: http://x - failed');
else
  await fetch(process.env.LOCKKEEPER_URL, {
    headers: { authorization: 'Bearer ' + (process.env.ANTHROPIC_MOOD ?? process.env.LOCKKEEPER_TOKEN) },
  }).then(() => console.log('lockkeeper: http://x - asked'));
`;
const token = 'canary-of-a-worker';
const seatsToken = 'canary-of-the-seat';

describe('connecting an agent', () => {
  let folder: string;
  let project: string;
  let place: AgentsPlace;
  let isTrusted = true;
  let isOpen = true;
  let isServing = true;
  let others: readonly string[] = [];
  const heard = { worker: 0, orchestrator: 0 };
  const bonds = keepBonds(Date.now, () => undefined);
  const server = createServer((request, response) => {
    if (request.headers.authorization === `Bearer ${token}`) heard.worker += 1;
    else if (request.headers.authorization === `Bearer ${seatsToken}`) heard.orchestrator += 1;
    else bonds.turnedAway();
    response.end();
  });

  before(async function () {
    if (process.platform === 'win32') return this.skip();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    folder = await temporaryFolder('connect');
    project = join(folder, 'project');
    const bin = join(folder, 'bin');
    for (const one of [project, bin]) mkdirSync(one);
    writeFileSync(join(bin, 'package.json'), '{"type":"module"}');
    writeFileSync(join(bin, 'claude'), agent);
    chmodSync(join(bin, 'claude'), 0o755);
    place = agentsPlace({
      guard: join(folder, 'guard.cjs'),
      stdio: join(folder, 'stdio.mjs'),
      others: {
        ids: () => others,
        keep: (ids) => {
          others = ids;
          return Promise.resolve();
        },
      },
      url: () => (isOpen ? `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp` : undefined),
      environment: () => ({ PATH: bin }),
      folders: () => [{ name: 'project', fsPath: project }],
      worktrees: () => Promise.resolve({ all: () => Promise.resolve([]) }),
      isTrusted: () => isTrusted,
      isServing: () => isServing,
      token: (bearer) => Promise.resolve(bearer === 'orchestrator' ? seatsToken : token),
      lastContact: (bearer) => (bearer === 'orchestrator' ? heard.orchestrator : heard.worker),
      bonds,
    });
  });

  after(async () => {
    server.close();
    if (folder) await removeFolder(folder);
  });

  const changes = async (
    how: 'connect' | 'disconnect',
    id = 'claude-code',
  ): Promise<readonly ConfigChange[]> => {
    const found = await place.changes(how, id, project);
    assert.ok(!('code' in found), JSON.stringify(found));
    return found;
  };
  const written = (how: 'connect' | 'disconnect', wanted: readonly ConfigChange[], id = 'claude-code') =>
    place.write(how, id, project, wanted);
  const codeOf = (outcome: object | undefined): unknown => (outcome as { code?: unknown } | undefined)?.code;
  const files = (): readonly string[] => readdirSync(project, { recursive: true, encoding: 'utf8' }).sort();

  it('an installed one comes first, with its version; in a folder that is not trusted none is started', async () => {
    const [first] = await place.known();
    assert.deepEqual(
      [first?.id, first?.program, first?.version],
      ['claude-code', join(folder, 'bin', 'claude'), '9.8.7'],
    );
    isTrusted = false;
    assert.ok((await place.known()).every(({ program }) => program === undefined));
    isTrusted = true;
  });

  it('nothing is written before the yes, nothing where the folder is not trusted, and no token ever', async () => {
    const wanted = await changes('connect');
    assert.deepEqual(files(), []);
    isTrusted = false;
    assert.equal(codeOf(await written('connect', wanted)), 'untrusted');
    isTrusted = true;
    assert.deepEqual(files(), []);
    assert.equal(await written('connect', wanted), undefined);
    assert.deepEqual(files(), ['.claude', '.claude/settings.json', '.mcp.json']);
    for (const { path } of wanted) assert.ok(!readFileSync(path, 'utf8').includes(token));
    assert.deepEqual(await changes('connect'), []);
    assert.equal(await written('disconnect', await changes('disconnect')), undefined);
    assert.deepEqual(files(), [], 'the folder that was made is gone, and the project is there');
    assert.equal(await written('connect', await changes('connect')), undefined);
  });

  it('the agent’s own look is heard, or the reason is told why it is not', async () => {
    const [known] = await place.known();
    assert.ok(known);
    assert.equal(await place.check(known, project, 1), undefined);
    for (const [mood, code, way] of [
      ['shy', 'not-trusted', /^Start it in its folder once/],
      ['off', 'switched-off', /^Switch it on/],
      ['broken', 'not-heard', /its configuration/],
      ['stolen', 'wrong-token', /Open a Terminal as a Worker/],
      ['idle', 'not-heard', /its configuration/],
    ] as const) {
      process.env['ANTHROPIC_MOOD'] = mood;
      const why = await place.check(known, project, 1);
      delete process.env['ANTHROPIC_MOOD'];
      assert.equal(why?.code, code);
      assert.match(why?.next ?? '', way);
      assert.equal(bonds.trial(1), why);
    }
    assert.equal(await place.check(known, project, 1), undefined);
    assert.equal(bonds.trial(1), undefined);
    const { program: _, ...gone } = known;
    const later = await place.check(gone, project, 1);
    assert.match(later?.next ?? '', /Open a Terminal as a Worker/);
    assert.equal(bonds.trial(1), later, 'what is not heard yet shows as that');
    assert.equal(await place.check(known, project, 1), undefined);
    isServing = false;
    for (const [mood, code] of [
      ['idle', 'served-elsewhere'],
      ['shy', 'not-trusted'],
      ['elsewhere', undefined],
    ] as const) {
      process.env['ANTHROPIC_MOOD'] = mood;
      assert.equal(codeOf(await place.check(known, project, 1)), code);
      delete process.env['ANTHROPIC_MOOD'];
      assert.equal(bonds.trial(1), undefined, 'a window that hears nobody keeps nothing');
    }
    isServing = true;
    isOpen = false;
    assert.equal(codeOf(await place.check(known, project, 1)), 'no-door');
    assert.equal(codeOf(await place.changes('connect', 'claude-code', project)), 'no-door');
    isOpen = true;
  });

  it('P2: its first call shows whether its hook is run; that it is skipped stands until it is heard', async () => {
    const [known] = await place.known();
    assert.ok(known);
    const first = place.firstCall(known, 1);
    bonds.called(2, false);
    bonds.called(1, false);
    const why = await first;
    assert.equal(why?.code, 'hook-skipped');
    assert.match(why.next, /^Start it in its folder once/);
    assert.equal(bonds.trial(1), why);
    bonds.called(1, false);
    assert.equal(bonds.trial(1), why);
    bonds.called(1, true);
    assert.equal(bonds.trial(1), undefined);
    const second = place.firstCall(known, 1);
    bonds.called(1, true);
    assert.equal(await second, undefined);
    const third = place.firstCall(known, 1);
    bonds.called(1, false);
    assert.equal((await third)?.code, 'hook-skipped');
    assert.equal(await written('disconnect', await changes('disconnect')), undefined);
    assert.equal(bonds.trial(1), undefined, 'nothing is wrong with what is not there');
    assert.equal(await written('connect', await changes('connect')), undefined);
    const other = place.other('.mcp.json', 'servers-dollar') ?? assert.fail();
    const unguarded = place.firstCall(other, 1);
    bonds.called(1, false);
    assert.equal(await unguarded, undefined, 'where no hook is written none is skipped');
  });

  it('any other agent is connected by the file in which it keeps its servers, is known from then on, and is taken out again', async () => {
    const path = join(project, '.aide', 'servers.jsonc');
    mkdirSync(join(project, '.aide'));
    const mine = '{\n  // mine\n  "mcpServers": { "a": { "command": "a" } }\n}\n';
    writeFileSync(path, mine);
    for (const wrong of ['', 'notes.md', '../x.json', 'a//b.json', '/etc/x.json', '~/../x.json', 'C:/x.json'])
      assert.deepEqual(place.forms(wrong), [], wrong);
    assert.deepEqual(
      place.forms('~/x/config.toml').map(({ id }) => id),
      ['toml'],
    );
    for (const { id } of place.forms('.aide/servers.jsonc')) {
      const agent = place.other('.aide/servers.jsonc', id) ?? assert.fail(id);
      assert.deepEqual([agent.guards, agent.connects], [false, true]);
      const wanted = await changes('connect', agent.id);
      assert.equal(await written('connect', wanted, agent.id), undefined);
      await place.remember('connect', agent.id);
      assert.deepEqual(
        (await place.known()).filter(({ id: one }) => one.startsWith('other:')).map(({ id: one }) => one),
        [agent.id],
      );
      const text = readFileSync(path, 'utf8');
      assert.match(text, /\/\/ mine/);
      assert.match(text, /"a": \{ "command": "a" \}/);
      assert.match(text, /LOCKKEEPER_TOKEN/);
      assert.ok(!text.includes(token));
      if (id === 'program') assert.ok(text.includes(join(folder, 'stdio.mjs')));
      assert.deepEqual(await changes('connect', agent.id), []);
      // Nobody has to know any more which form it was.
      const any = place.other('.aide/servers.jsonc', undefined) ?? assert.fail();
      assert.equal(await written('disconnect', await changes('disconnect', any.id), any.id), undefined);
      assert.equal(readFileSync(path, 'utf8'), mine, id);
      await place.remember('disconnect', any.id);
      assert.deepEqual(others, []);
    }
    const theirs = '{ "mcpServers": { "lockkeeper": { "url": "http://elsewhere" } } }';
    writeFileSync(path, theirs);
    const refused = await place.changes('connect', 'other:servers-dollar:.aide/servers.jsonc', project);
    assert.equal(codeOf(refused), 'unreadable-configuration');
    rmSync(join(project, '.aide'), { recursive: true });
  });

  it('an address that moved since, or a hook that is gone, is told as out of date until it is written anew', async () => {
    const path = join(project, '.mcp.json');
    const kept = readFileSync(path, 'utf8');
    const outdated = async (): Promise<readonly string[]> => (await place.outdated()).map(({ id }) => id);
    assert.deepEqual(await outdated(), []);
    writeFileSync(path, kept.replace(/:\d+\/mcp/, ':1/mcp'));
    assert.deepEqual(await place.outdated(), [{ id: 'claude-code', label: 'Claude Code', folder: project }]);
    assert.equal(await written('connect', await changes('connect')), undefined);
    assert.deepEqual(await outdated(), []);
    const settings = join(project, '.claude', 'settings.json');
    const hook = readFileSync(settings, 'utf8');
    writeFileSync(settings, '{}');
    assert.deepEqual(await outdated(), ['claude-code']);
    writeFileSync(settings, hook);
    const other = place.other('aide.json', 'servers-dollar') ?? assert.fail();
    assert.equal(await written('connect', await changes('connect', other.id), other.id), undefined);
    await place.remember('connect', other.id);
    const aide = join(project, 'aide.json');
    writeFileSync(aide, readFileSync(aide, 'utf8').replace(/:\d+\/mcp/, ':1/mcp'));
    assert.deepEqual(await outdated(), [other.id]);
    assert.equal(await written('disconnect', await changes('disconnect', other.id), other.id), undefined);
    await place.remember('disconnect', other.id);
    assert.deepEqual(await outdated(), []);
    // What stands in the home is there for every project, and the one with its address may be another.
    const home = join(project, 'home');
    mkdirSync(join(home, '.copilot'), { recursive: true });
    const own = { url: 'http://127.0.0.1:2/mcp', headers: { Authorization: 'Bearer ${LOCKKEEPER_TOKEN}' } };
    writeFileSync(
      join(home, '.copilot', 'mcp-config.json'),
      JSON.stringify({ mcpServers: { lockkeeper: own } }),
    );
    const before = process.env['HOME'];
    process.env['HOME'] = home;
    assert.deepEqual(await outdated(), []);
    process.env['HOME'] = before;
    rmSync(home, { recursive: true });
    // A file that two agents read may be there for the other one alone.
    assert.equal(await written('disconnect', await changes('disconnect')), undefined);
    const plain = place.other('.mcp.json', 'servers-dollar') ?? assert.fail();
    assert.equal(await written('connect', await changes('connect', plain.id), plain.id), undefined);
    await place.remember('connect', plain.id);
    assert.deepEqual(await outdated(), []);
    assert.equal(await written('disconnect', await changes('disconnect', plain.id), plain.id), undefined);
    await place.remember('disconnect', plain.id);
    assert.equal(await written('connect', await changes('connect')), undefined);
    isOpen = false;
    assert.deepEqual(await outdated(), [], 'without an endpoint nothing can be told');
    isOpen = true;
  });

  it('T1: the seat is connected in the same way: the same files without a token, and its own look is heard as the seat', async () => {
    const [known] = await place.known();
    assert.ok(known);
    const before = { ...heard };
    for (const { path } of await changes('disconnect')) {
      const text = readFileSync(path, 'utf8');
      assert.ok(!text.includes(seatsToken) && /LOCKKEEPER_(?:TOKEN|URL)/.test(text), text);
    }
    assert.equal(await place.check(known, project, 'orchestrator'), undefined);
    assert.deepEqual(heard, { ...before, orchestrator: before.orchestrator + 1 });
    // The worker's own token is not the seat's.
    process.env['ANTHROPIC_MOOD'] = token;
    const why = await place.check(known, project, 'orchestrator');
    process.env['ANTHROPIC_MOOD'] = 'stolen';
    const stolen = await place.check(known, project, 'orchestrator');
    delete process.env['ANTHROPIC_MOOD'];
    assert.equal(why?.code, 'not-heard');
    assert.match(stolen?.next ?? '', /Open a Terminal as the Orchestrator/);
    assert.equal(bonds.trial('orchestrator'), stolen);
    assert.equal(bonds.trial(1), undefined);
    assert.equal(await place.check(known, project, 'orchestrator'), undefined);
  });

  it('what changed after it was shown is not written over; not even the first of the files then', async () => {
    const wanted = await changes('disconnect');
    const settings = join(project, '.claude', 'settings.json');
    const mine = readFileSync(settings, 'utf8').replace('"hooks"', '"mine": 1, "hooks"');
    writeFileSync(settings, mine);
    assert.equal(codeOf(await written('disconnect', wanted)), 'changed-meanwhile');
    assert.equal(readFileSync(settings, 'utf8'), mine);
    assert.ok(existsSync(join(project, '.mcp.json')));
    assert.equal(await written('disconnect', await changes('disconnect')), undefined);
    assert.deepEqual(files(), ['.claude', '.claude/settings.json']);
    assert.deepEqual(JSON.parse(readFileSync(settings, 'utf8')), { mine: 1 });
  });

  it('a link stays one: what it leads to is written', async () => {
    const kept = join(folder, 'kept.json');
    writeFileSync(kept, '{}\n', { mode: 0o600 });
    symlinkSync(kept, join(project, '.mcp.json'));
    assert.equal(await written('connect', await changes('connect')), undefined);
    assert.match(readFileSync(kept, 'utf8'), /LOCKKEEPER_TOKEN/);
    assert.ok(lstatSync(join(project, '.mcp.json')).isSymbolicLink());
    assert.equal(lstatSync(kept).mode & 0o777, 0o600);
    assert.equal(await written('disconnect', await changes('disconnect')), undefined);
    assert.equal(readFileSync(kept, 'utf8'), '{}\n');
  });

  it('of two files one of which cannot be written neither is', async () => {
    const [first] = await changes('connect', 'codex');
    assert.ok(first);
    // A link that leads nowhere stands where its folder is to be made.
    symlinkSync(join(folder, 'nowhere', 'at all'), join(project, 'gone'));
    const blocked = { path: join(project, 'gone', 'a.json'), before: undefined, after: '{}\n' };
    assert.equal(codeOf(await written('connect', [first, blocked])), 'not-written');
    assert.equal(existsSync(first.path), false);
  });
});
