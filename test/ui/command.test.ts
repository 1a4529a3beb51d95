import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { delimiter, dirname, join } from 'node:path';
import { hookCommand } from '../../src/agents/launch/guardCopy.ts';
import { rigNode } from '../rig/places.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { putAgent } from './agentOnPath.ts';
import { bringsUpToDate, connectClaude, connectsAnother, skipsItsHook } from './connecting.ts';
import { endsByItself } from './endsByItself.ts';
import { environmentOf, placesOf, tokensBelow, valuesBelow } from './canary.ts';
import { portOf } from './journal.ts';
import { Story } from './story.ts';
import { oneAfterTheOther } from './failures.ts';
import { isConnectedAsShown } from './connectedAsShown.ts';

const packet = `TASK: Make fillTime in src/fillTime.js refuse a negative depth
SCOPE:
- src/fillTime.js
- test/fillTime.test.js
NOT-YOUR-JOB: README.md
DONE-WHEN:
- \`fillTime({ length: 30, width: 5 }, -1, 2)\` no longer returns -75
- A test in test/fillTime.test.js calls \`fillTime\` with the depth -1
- \`node --test\` prints "fail 0"
VERIFY: node --test
PRIORITY: high
`;

describe('a worker that is a command', function () {
  oneAfterTheOther(this);
  let story: Story;
  let command: string;
  let tools: string;
  let stranger: Server | undefined;

  before(async () => {
    tools = await temporaryFolder('tools');
    await putAgent(tools, 'claude', '9.8.7 (Claude Code)');
    // Its own agents find servers only where they are not switched off.
    const settings = { 'chat.disableAIFeatures': false };
    story = await Story.open({ settings, env: { PATH: [tools, process.env['PATH']].join(delimiter) } });
    const extensions = join(story.server.home, 'e');
    const own = (await readdir(extensions)).find((name) => name.startsWith('lockkeeper.lockkeeper'));
    assert.ok(own);
    const file = (...path: string[]): string => join(extensions, own, ...path);
    command = [rigNode(), file('dist/rehearsal.js'), file('media/rehearsal/story.json'), '--no-pauses'].join(
      ' ',
    );
  });

  after(async () => {
    // One that is left open would keep this process alive.
    stranger?.closeAllConnections();
    stranger?.close();
    await story?.close();
    await removeFolder(tools);
  });

  it('P3: an orchestration is started by hand, and what is missing is asked for in turn', async () => {
    const { quickInput } = story.workbench;
    await story.run('Start an Orchestration');
    await quickInput.answer('Objective', 'fillTime refuses what cannot be');
    await quickInput.answer('Constraints', 'No dependencies; node --test stays green');
    await quickInput.pick('Orchestrator-first');
    await quickInput.pick('Start the Orchestration');
    await quickInput.pick('Add a worker');
    await quickInput.answer('Name', 'builder');
    await quickInput.answer('Role', 'code');
    await quickInput.pick('A command');
    await quickInput.answer(/^node tools/, command);
    await quickInput.pick('Register builder');
    await story.recorded('worker-registered');

    await story.run('Plan a Step');
    await quickInput.answer('Title of the step', 'Refuse a negative depth');
    await quickInput.pick('code');
    await story.workbench.replaceText(/Step Refuse/, packet);
    await story.workbench.editorAction('Use This Packet');
    await story.recorded('step-added');
    await story.workbench.editorTab(/Step Refuse/).waitFor({ state: 'detached' });
    await story.run('Release the Next Step');
    await story.recorded('step-released');
  });

  isConnectedAsShown(() => story);

  it('any other agent is connected by the file in which it keeps its servers, and taken out again', async () => {
    await connectsAnother(story);
  });

  it('VS Code’s own agents find the endpoint by the user’s word alone; what is written down of it holds no token', async () => {
    const { quickInput } = story.workbench;
    await story.run('Connect Worker');
    await quickInput.pick(/VS Code’s own agents/);
    await quickInput.pick('Connect VS Code’s own agents');
    await story.workbench.runCommand('MCP: List Servers');
    await quickInput.pick(/lockkeeper \(builder\)/);
    await quickInput.pick('Start Server');
    const lines = story.workbench.page.locator('.view-line');
    await lines.filter({ hasText: /Discovered\s8\stools/ }).waitFor();
    await story.run('Disconnect Worker');
    await quickInput.pick(/VS Code’s own agents/);
    await quickInput.box.waitFor({ state: 'hidden' });
  });

  it('a terminal that the person opens finds the endpoint’s address, and no token', async () => {
    await story.workbench.runCommand('Terminal: Create New Terminal');
    const found = await until(
      async () => [...(await valuesBelow(story.server.pid, 'LOCKKEEPER_URL')).keys()],
      (addresses) => addresses.length > 0,
    );
    assert.deepEqual(found, [`http://127.0.0.1:${await portOf(story.server.userData)}/mcp`]);
    assert.equal((await tokensBelow(story.server.pid)).size, 0);
  });

  it('a terminal is opened as the worker, and what runs in it has its token', async () => {
    await story.run('Open a Terminal as a Worker');
    await story.workbench.quickInput.pick('Open a Terminal as builder');
    await until(
      async () => (await tokensBelow(story.server.pid)).size,
      (count) => count === 1,
    );
    await story.workbench.runCommand('Terminal: Kill All Terminals');
    await until(
      async () => (await tokensBelow(story.server.pid)).size,
      (count) => count === 0,
    );
  });

  it('P2: gets work by the user’s word, for no guard has called yet; it is started in a terminal, and asks', async () => {
    const { quickInput } = story.workbench;
    await story.run('Dispatch the Next TODO');
    await quickInput.waitFor(/No guard has called in the name of builder/);
    assert.ok(!(await story.events()).some((event) => event.startsWith('dispatched ')));
    await quickInput.pick('Send Work to builder Unguarded');
    await story.recorded('unguarded-allowed');
    await story.recorded('dispatched');
    await story.questionShows();
    await story.workbench.page.getByText('Lockkeeper: builder').first().waitFor();
  });

  it('has its token in its own environment and nowhere else', async () => {
    const tokens = await tokensBelow(story.server.pid);
    assert.equal(tokens.size, 1);
    const [[token, holders] = ['', []]] = tokens;
    assert.equal(holders.length, 1, 'one process has it');
    assert.match(token, /^[\w-]{43}$/);
    assert.deepEqual(await placesOf(token, [story.server.home, dirname(story.folder)]), []);
  });

  it('P7: finds the guard that lies where hooks start it; the guard knows its task', async () => {
    const [[pid = 0] = []] = (await tokensBelow(story.server.pid)).values();
    const env = await environmentOf(pid);
    const [own = '', tree = ''] = [story.folder, env['LOCKKEEPER_WORKTREE']];
    const guard = join(story.server.userData, 'User/globalStorage/lockkeeper.lockkeeper/guard.cjs');
    assert.equal(env['LOCKKEEPER_GUARD'], guard);
    const command = hookCommand('claude-code', { runtime: rigNode(), guard });
    const ask = (file: string, place = tree): ReturnType<typeof spawnSync> =>
      spawnSync('sh', ['-c', command], {
        cwd: tree,
        env,
        input: JSON.stringify({ tool_name: 'Write', tool_input: { file_path: join(place, file) } }),
        encoding: 'utf8',
      });
    const no = ask('README.md');
    assert.match(String(no.stderr), /^Lockkeeper: `README\.md` is not in the SCOPE of your task/);
    assert.equal(no.status, 2);
    assert.equal(ask('src/fillTime.js').status, 0);
    const elsewhere = ask('src/fillTime.js', own);
    assert.match(String(elsewhere.stderr), /You work in .*builder-1: change it there/);
    assert.equal(elsewhere.status, 2);
    await story.recorded('worker-guarded');
  });

  it('lives through a reload of the window, and the token still stands nowhere', async () => {
    const before = await tokensBelow(story.server.pid);
    // Nothing of ours is in sight: the door opens again by itself.
    await story.workbench.openContainer('Explorer');
    const hosts = story.server.extensionHosts();
    await story.workbench.reload();
    await story.isServed(hosts);
    await story.workbench.openContainer();
    await story.questionShows();
    assert.deepEqual(await tokensBelow(story.server.pid), before);
    const [token = ''] = before.keys();
    assert.deepEqual(await placesOf(token, [story.server.home, dirname(story.folder)]), []);
  });

  it('the port taken by a stranger while it is down: the worker is ended, the person told, and relaunch is the way out', async () => {
    await connectClaude(story);
    const port = await portOf(story.server.userData);
    const heard: string[] = [];
    const taker = createServer((request, response) => {
      heard.push(request.headers.authorization ?? '');
      response.writeHead(500).end();
    });
    stranger = taker;
    const [known = ''] = (await tokensBelow(story.server.pid)).keys();
    const { server, folder, workbench } = story;
    await workbench.page.goto('about:blank');
    await server.endExtensionHosts();
    const listens = (): Promise<boolean> =>
      once(taker.listen(port, '127.0.0.1'), 'listening').then(
        () => true,
        () => false,
      );
    // Who calls a port where nobody listens may have it itself for a moment.
    await until(listens, Boolean);
    // A window that opens at once may end the worker before it has called.
    await until(
      () => heard.length,
      (calls) => calls > 0,
    );
    story.workbench = await Workbench.open(server, workbench.page, folder);
    await story.workbench.openContainer();
    await story.isServed();
    await story.recorded('ended');
    await until(
      async () => (await story.inbox.items()).map(({ spoken }) => spoken).join('\n'),
      (told) => /another program has the port it called/.test(told),
    );
    assert.notEqual(await portOf(story.server.userData), port);
    await bringsUpToDate(story);
    assert.deepEqual(
      [...new Set(heard)],
      [`Bearer ${known}`],
      'what a worker says that does not know better',
    );
    await until(
      async () => (await tokensBelow(story.server.pid)).size,
      (count) => count === 0,
    );
    await story.run('Relaunch an Ended Worker');
    await story.recorded('relaunched');
    const [fresh] = await until(
      async () => [...(await tokensBelow(story.server.pid)).keys()],
      (tokens) => tokens.length === 1,
    );
    assert.notEqual(fresh, known);
    await story.questionShows();
    taker.close();
    taker.closeAllConnections();
  });

  it('P2: an agent that is installed is found with its version, added, connected after its diff was seen, and heard', async () => {
    const { quickInput } = story.workbench;
    const workers = story.workbench.tree('Workers');
    const told = async (label: RegExp): Promise<string> =>
      (await workers.items()).find((item) => label.test(item.label))?.spoken ?? '';
    await story.run('Add a Worker');
    await quickInput.answer('Name', 'helper');
    await quickInput.pick('code');
    await quickInput.listed(/9\.8\.7 .*claude/);
    await quickInput.pick('Claude Code');
    await quickInput.pick('Register helper');
    await story.recorded('worker-registered', 2);
    await story.run('Connect Worker');
    await quickInput.pick('helper');
    await quickInput.listed(/9\.8\.7 .*claude/);
    await quickInput.pick('Claude Code');
    await story.workbench.editorTab(/What connects Claude Code/).waitFor();
    await quickInput.pick('Connect Claude Code');
    await until(
      () => told(/^helper$/),
      (spoken) => /^helper, code, idle, unguarded, heard /.test(spoken),
    );
    const token = readFileSync(join(tools, 'heard'), 'utf8');
    assert.match(token, /^[\w-]{43}$/);
    assert.deepEqual(await placesOf(token, [story.server.home, dirname(story.folder)]), []);
    await skipsItsHook(story, token);
    // What a person started elsewhere calls with a token that is nobody's.
    const url = `http://127.0.0.1:${await portOf(story.server.userData)}/mcp`;
    const headers = { authorization: `Bearer ${'A'.repeat(43)}` };
    assert.equal((await fetch(url, { method: 'POST', headers })).status, 401);
    await until(
      () => told(/^Wrong token$/),
      (spoken) => /Start it in Open a Terminal as a Worker/.test(spoken),
    );
    await workers.click('Wrong token');
    await quickInput.waitFor('Which worker?');
    await quickInput.dismiss();
    await story.run('Disconnect Worker');
    await quickInput.pick('Claude Code');
    await quickInput.pick('Disconnect Claude Code');
    await until(
      () => existsSync(join(story.folder, '.mcp.json')),
      (isThere) => !isThere,
    );
  });

  it('T1: the agent that the seat is lent to is connected in the same way, and its guard denies its every write', async () => {
    const { quickInput } = story.workbench;
    const entry = join(story.folder, '.mcp.json');
    const row = async (): Promise<string> =>
      (await story.workbench.tree('Workers').items()).find(({ label }) => /seat is lent/.test(label))
        ?.spoken ?? '';
    await story.run("Lend the Orchestrator's Seat");
    await quickInput.pick('Lend the Seat');
    await story.recorded('seat-lent');
    await story.run('Connect the Orchestrator');
    await quickInput.pick('Claude Code');
    await story.workbench.editorTab(/What connects Claude Code/).waitFor();
    assert.ok(!existsSync(entry), 'nothing is written before the yes');
    await quickInput.pick('Connect Claude Code');
    await until(row, (spoken) => /to an agent, unguarded, heard /.test(spoken));
    const token = readFileSync(join(tools, 'heard'), 'utf8');
    await story.run('Open a Terminal as the Orchestrator');
    await quickInput.pick('Open a Terminal as the orchestrator');
    const [pid = 0] =
      (await until(
        async () => (await tokensBelow(story.server.pid)).get(token),
        (pids) => pids !== undefined,
      )) ?? [];
    const env = await environmentOf(pid);
    assert.equal(env['LOCKKEEPER_WORKER'], undefined);
    const guard = env['LOCKKEEPER_GUARD'] ?? assert.fail();
    const no = spawnSync('sh', ['-c', hookCommand('claude-code', { runtime: rigNode(), guard })], {
      cwd: story.folder,
      env,
      input: JSON.stringify({
        tool_name: 'Write',
        tool_input: { file_path: join(story.folder, 'src/fillTime.js') },
      }),
      encoding: 'utf8',
    });
    assert.match(no.stderr, /^Lockkeeper: The orchestrator coordinates and does not execute/);
    assert.equal(no.status, 2);
    await story.recorded('seat-guard-noted');
    await until(row, (spoken) => /to an agent, heard /.test(spoken));
    assert.deepEqual(await placesOf(token, [story.server.home, dirname(story.folder)]), []);
    await story.run('Disconnect the Orchestrator');
    await quickInput.pick('Claude Code');
    await quickInput.pick('Disconnect Claude Code');
    await until(
      () => existsSync(entry),
      (isThere) => !isThere,
    );
    await story.run('Take the Seat Back');
    await story.recorded('seat-taken-back');
    const url = `http://127.0.0.1:${await portOf(story.server.userData)}/mcp`;
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await fetch(url, { method: 'POST', headers })).status, 401);
  });

  it('hears an answer; what it hands in is rejected, and it hands in again', async () => {
    await story.questionShows();
    await story.openQuestion();
    await story.writeHalfAnAnswer();
    await story.sendAnswer();
    await story.resultShows(1);
    await story.run('Reject a Result');
    const { quickInput } = story.workbench;
    await quickInput.answer(/^Why does it not do/, 'The message does not name the depth');
    await quickInput.answer(/^Which evidence/, 'A run that prints the message');
    await quickInput.answer(/^What is the worker to do/, 'Show the message');
    await story.recorded('rejected');
    await until(
      async () => (await story.events()).filter((event) => event.startsWith('resulted ')).length,
      (count) => count === 2,
    );
    await story.resultShows(2);
  });

  it('finishes: its result is approved and its work is in the repository', async () => {
    await story.approve(2);
    const { tests } = await story.repository();
    assert.match(tests, /fail 0/);
  });

  endsByItself(() => story);
});
