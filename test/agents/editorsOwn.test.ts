import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensure } from '../../.tools/ensure.mjs';
import { staged } from '../bench/staged.ts';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { placesOf, tokensBelow } from '../ui/canary.ts';
import { deskBeside, journalPlace } from '../ui/desk.ts';
import { mochaHooks, oneAfterTheOther } from '../ui/failures.ts';
import { journalOf } from '../ui/journal.ts';
import { resultFor } from '../unit/agents/clients.ts';
import { packet } from '../unit/core/drafts.ts';
import { begin, commit } from '../unit/git/given.ts';
import { anthropicForEditor } from './model/anthropic.ts';
import { inOrder, ScriptedModel, type Step } from './model/script.ts';

/** VS Code's own chat, as the extension that VS Code brings along runs it; the model is one that the person brought. */
describe('VS Code’s own agent', function () {
  this.timeout(180_000);
  oneAfterTheOther(this);
  const model = new ScriptedModel(anthropicForEditor);
  let base: string;
  let folder: string;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;
  let workers: string;

  before(async () => {
    await ensure({ withRig: true });
    base = await temporaryFolder('own');
    folder = join(base, 'app');
    await mkdir(folder);
    begin(folder);
    commit(folder, { 'src/gate.js': 'export const gate = 1;\n' });
    await model.open();
    server = await startServer({
      linked: [(await staged()).extension],
      lean: true,
      builtins: ['copilot', 'github-authentication'],
      settings: { 'chat.disableAIFeatures': false, 'chat.byokUtilityModelDefault': 'mainAgent' },
      // Its telemetry, which is off, would still look for the cloud it runs in.
      env: { APPLICATION_INSIGHTS_NO_STATSBEAT: '1' },
    });
    await bringModel();
    browser = await openBrowser({ viewport: { width: 1360, height: 860 } });
    workbench = await Workbench.open(server, await browser.newPage(), folder);
    await workbench.openContainer();
    await workbench.statusItem('Start an orchestration').waitFor();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await model.close();
    await removeFolder(base);
  });

  afterEach(mochaHooks.afterEach);

  /** As VS Code keeps a model of a person's own, who needs no account then. */
  function bringModel(): Promise<void> {
    const scripted = {
      id: 'scripted',
      name: 'Scripted',
      url: `${model.url}/v1/messages`,
      toolCalling: true,
      vision: false,
      maxInputTokens: 128_000,
      maxOutputTokens: 16_000,
    };
    const group = { name: 'Own', vendor: 'customendpoint', apiKey: 'made-up', apiType: 'messages' };
    const file = join(server.userData, 'User/chatLanguageModels.json');
    return writeFile(file, JSON.stringify([{ ...group, models: [scripted] }]));
  }

  const recorded = (type: string): Promise<unknown> =>
    until(
      async () => (await journalOf(server.userData)).some((event) => event.startsWith(`${type} `)),
      Boolean,
      60_000,
    );

  /** The places of a token among all that this VS Code and this folder keep. */
  const kept = (token: string): Promise<readonly string[]> => placesOf(token, [server.home, base]);

  /** Plays these steps after whatever the chat holds, to its last word, and gives what each was answered. */
  async function chat(
    words: string,
    steps: readonly Step[],
    meanwhile?: () => Promise<void>,
  ): Promise<readonly string[]> {
    const { page } = workbench;
    const said = `That was all of: ${words}`;
    const heard: string[] = [];
    const script = inOrder(...steps, { say: said });
    let before: number | undefined;
    model.script = (answers) => {
      before ??= answers.length;
      heard.splice(0, heard.length, ...answers.slice(before));
      return script(heard);
    };
    await workbench.runCommand('Chat: Open Chat (Agent)');
    const input = page.locator('.interactive-input-part .monaco-editor').first();
    await input.and(page.locator('.focused')).waitFor();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await meanwhile?.();
    await page.getByRole('list', { name: 'Chat' }).getByText(said).waitFor();
    return heard;
  }

  /** The person's yes, as VS Code asks for it before the first call of each kind. */
  async function allow(what: string): Promise<void> {
    const { page } = workbench;
    const yes = page.getByRole('button').filter({ hasText: /^Allow in this Session$/ });
    await page.locator('div').filter({ hasText: what }).filter({ has: yes }).last().locator(yes).click();
  }

  async function tokenOf(holder: string): Promise<string> {
    const { page, quickInput } = workbench;
    await workbench.runCommand('Lockkeeper: Copy a Connection');
    await quickInput.pick(holder);
    await quickInput.pick('As variables');
    await quickInput.pick('Copy the Connection');
    const found = async (): Promise<string | undefined> => {
      const text = await page.evaluate<string>('navigator.clipboard.readText()');
      return /^LOCKKEEPER_TOKEN=([\w-]{43})$/m.exec(text)?.[1];
    };
    return (await until(found, Boolean)) ?? '';
  }

  /** As the person starts a server in the list of all that VS Code knows. */
  async function start(label: RegExp): Promise<void> {
    await workbench.runCommand('MCP: List Servers');
    await workbench.quickInput.pick(label);
    await workbench.quickInput.pick('Start Server');
    const lines = workbench.page.locator('.view-line');
    await lines.filter({ hasText: /Discovered\s\d+\stools/ }).waitFor();
    await workbench.runCommand('View: Hide Panel');
  }

  it('is offered a worker by the person’s word', async () => {
    const { quickInput } = workbench;
    const desk = await deskBeside(await journalPlace(server.userData));
    const verify = ['by eye: the file is there, in src/'];
    const sluice = packet('Add the sluice to the gate', { scope: ['src/'], verify });
    const mode = 'orchestrator-first';
    await desk.does({ seat: 'user' }, { type: 'start', objective: 'A gate', constraints: [], mode });
    await desk.does({ seat: 'user' }, { type: 'add-todo', packet: sluice, role: 'code' });
    desk.close();
    await workbench.runCommand('Lockkeeper: Add a Worker');
    await quickInput.answer('A short name', 'helper');
    await quickInput.pick('code');
    await quickInput.pick('A command');
    await quickInput.answer('The command that starts it', 'true');
    await quickInput.pick('Register helper');
    await recorded('worker-registered');
    workers = await tokenOf('helper');
    await workbench.runCommand('Lockkeeper: Connect Worker');
    await quickInput.pick(/VS Code’s own agents/);
    await quickInput.pick('Connect VS Code’s own agents');
    await quickInput.box.waitFor({ state: 'hidden' });
    await workbench.runCommand('Lockkeeper: Dispatch the Next TODO');
    await quickInput.pick('Send Work to helper Unguarded');
    await recorded('dispatched');
  });

  it('finds the endpoint, takes its task, works, and hands in; nothing else is started for its worker', async () => {
    const { page } = workbench;
    // VS Code leaves the extension of its chat switched off until somebody looks for a model.
    await workbench.runCommand('Chat: Manage Language Models');
    await page.locator('.monaco-table').getByText('Scripted').first().waitFor();
    await page.keyboard.press('Escape');
    await start(/lockkeeper \(helper\)/);
    const [tree = ''] = await readdir(`${folder}.worktrees`);
    const file = join(`${folder}.worktrees`, tree, 'src/sluice.js');
    const result = { ...resultFor('1.1'), summary: 'The sluice is in src/.', files: ['src/sluice.js'] };
    const [status, task, , , handedIn] = await chat(
      'Do your task of Lockkeeper',
      [
        { tool: 'lockkeeper_sync_status', input: {} },
        { call: 'get_task', input: {} },
        { call: 'acknowledge_task', input: { task: '1.1' } },
        { write: file, text: 'export const sluice = 2;\n' },
        { call: 'submit_result', input: result },
      ],
      async () => {
        await allow('Get your task');
        await allow('Acknowledge your task');
        await recorded('acknowledged');
        await workbench.shots('editors-own-working');
        await allow('edit files outside of your workspace');
        await allow('Submit your result');
      },
    );
    assert.match(status ?? '', /^OBJECTIVE: A gate\nGATE: shut by 1/);
    assert.match(task ?? '', /Add the sluice to the gate/);
    assert.match(handedIn ?? '', /Result 1 is in review/);
    assert.equal(readFileSync(file, 'utf8'), 'export const sluice = 2;\n');
    await workbench
      .tree('Inbox')
      .row(/^Result 1: The sluice is in src/)
      .waitFor();
    await workbench.shots('editors-own-done');
    assert.ok(!(await journalOf(server.userData)).some((event) => event.startsWith('ended ')));
    assert.equal((await tokensBelow(server.pid)).size, 0);
    assert.deepEqual(await kept(workers), []);
  });

  it('finds nothing any more once it is disconnected', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Lockkeeper: Disconnect Worker');
    await quickInput.pick(/VS Code’s own agents/);
    await quickInput.box.waitFor({ state: 'hidden' });
    const [none] = await chat('Is there more?', [{ call: 'get_task', input: {} }]);
    assert.match(none ?? '', /^ERROR.*mcp_lockkeeper_get_task/);
  });

  it('T1: has the seat as long as it is lent', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand("Lockkeeper: Lend the Orchestrator's Seat");
    await quickInput.pick('Lend the Seat');
    await recorded('seat-lent');
    const seats = await tokenOf('The orchestrator');
    await workbench.runCommand('Lockkeeper: Connect the Orchestrator');
    await quickInput.pick(/VS Code’s own agents/);
    await quickInput.pick('Connect VS Code’s own agents');
    await quickInput.box.waitFor({ state: 'hidden' });
    await start(/lockkeeper \(orchestrator\)/);
    // What only reads is not asked about.
    const [status] = await chat('How does it stand?', [{ call: 'get_status', input: {} }]);
    assert.match(status ?? '', /"objective":"A gate"/);
    await workbench.shots('editors-own-seat');
    assert.deepEqual(await kept(seats), []);
    await workbench.runCommand('Lockkeeper: Take the Seat Back');
    await recorded('seat-taken-back');
    const [none] = await chat('And now?', [{ call: 'get_status', input: {} }]);
    assert.match(none ?? '', /^ERROR.*mcp_lockkeeper_get_status/);
  });
});
