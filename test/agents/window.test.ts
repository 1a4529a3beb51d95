import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { ensure } from '../../.tools/ensure.mjs';
import type { Act } from '../../src/contract/acts.ts';
import { staged } from '../bench/staged.ts';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { tokensBelow } from '../ui/canary.ts';
import { deskBeside, journalPlace } from '../ui/desk.ts';
import { mochaHooks, oneAfterTheOther } from '../ui/failures.ts';
import { journalOf } from '../ui/journal.ts';
import { resultFor } from '../unit/agents/clients.ts';
import { packet } from '../unit/core/drafts.ts';
import { begin, commit } from '../unit/git/given.ts';
import { acpAgent, realAgents } from './agents.ts';
import { inOrder, ScriptedModel, type Script, type Step } from './model/script.ts';
import { nobodyReachedOutside } from './outside.ts';

const claude = realAgents.find(({ id }) => id === 'claude-code') ?? assert.fail();
const readme = '# Gate\n';
/** Calls of its tools that a task has. */
const limit = 6;

/** A step of a model that waits for a word of the test. */
class Held {
  isReached = false;
  #go: (next: Step) => void = () => undefined;
  readonly step: Script = () => {
    this.isReached = true;
    return new Promise((resolve) => (this.#go = resolve));
  };

  async goesOn(next: Step): Promise<void> {
    await until(() => this.isReached, Boolean, 60_000);
    this.#go(next);
  }
}

describe('real agents in the window', function () {
  this.timeout(180_000);
  oneAfterTheOther(this);
  const models = { claude: new ScriptedModel(claude.dialect), acp: new ScriptedModel(acpAgent.dialect) };
  let base: string;
  let folder: string;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    await ensure({ withRig: true });
    base = await temporaryFolder('agents');
    folder = join(base, 'app');
    const home = join(base, 'home');
    await mkdir(folder);
    begin(folder);
    commit(folder, {
      'src/gate.js': 'export const gate = 1;\n',
      'docs/gate.md': '# The gate\n',
      'README.md': readme,
    });
    const env: Record<string, string> = { HOME: home };
    for (const [agent, model] of [
      [claude, models.claude],
      [acpAgent, models.acp],
    ] as const) {
      await model.open();
      agent.settle(home, folder, model.url);
      Object.assign(env, agent.environment(model.url, home));
    }
    const places = [dirname(claude.program), dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'];
    server = await startServer({
      linked: [(await staged()).extension],
      lean: true,
      env: { ...env, PATH: places.join(delimiter) },
      settings: { 'files.autoSave': 'off' },
    });
    await set({ 'lockkeeper.budget.minutes': 60, 'lockkeeper.budget.calls': limit });
    browser = await openBrowser({ viewport: { width: 1360, height: 860 } });
    workbench = await Workbench.open(server, await browser.newPage(), folder);
    await workbench.openContainer();
    await workbench.statusItem('Start an orchestration').waitFor();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    for (const model of Object.values(models)) await model.close();
    await removeFolder(base);
    nobodyReachedOutside();
  });

  afterEach(mochaHooks.afterEach);

  /** Settings of the machine: what is in a workspace says nothing of a budget. */
  async function set(settings: object): Promise<void> {
    const machine = join(server.userData, 'Machine');
    await mkdir(machine, { recursive: true });
    await writeFile(join(machine, 'settings.json'), JSON.stringify(settings));
  }

  async function beside(...acts: readonly Act[]): Promise<void> {
    const desk = await deskBeside(await journalPlace(server.userData));
    for (const act of acts) await desk.does({ seat: 'user' }, act);
    desk.close();
  }

  const recorded = (type: string, count = 1): Promise<unknown> =>
    until(
      async () => (await journalOf(server.userData)).filter((event) => event.startsWith(`${type} `)).length,
      (found) => found >= count,
      60_000,
    );
  const row = (view: string, spoken: RegExp): Promise<unknown> =>
    until(
      async () => (await workbench.tree(view).items()).map((item) => item.spoken),
      (all) => all.some((one) => spoken.test(one)),
      60_000,
    );
  const worktree = async (name: RegExp): Promise<string> => {
    const names = await readdir(`${folder}.worktrees`);
    return join(`${folder}.worktrees`, names.find((one) => name.test(one)) ?? assert.fail(names.join()));
  };
  const noneIsAtWork = (): Promise<unknown> =>
    until(
      async () => (await tokensBelow(server.pid)).size,
      (count) => count === 0,
      60_000,
    );
  /** What the terminal shows; a line may be broken anywhere. */
  const shows = (words: RegExp): Promise<unknown> =>
    until(
      async () =>
        (await workbench.page.locator('.xterm-rows').allInnerTexts()).join('').replaceAll(/[\s\u00a0]/g, ''),
      (text) => words.test(text),
      60_000,
    );

  async function add(name: string, role: string, kind: string, command?: string): Promise<void> {
    const { quickInput } = workbench;
    await workbench.runCommand('Lockkeeper: Add a Worker');
    await quickInput.answer('A short name', name);
    await quickInput.pick(role);
    await quickInput.pick(kind);
    if (command !== undefined) await quickInput.answer('The command that starts it', command);
    await quickInput.pick(`Register ${name}`);
  }

  async function dispatch(worker: string): Promise<void> {
    await workbench.runCommand('Lockkeeper: Dispatch the Next TODO');
    await workbench.quickInput.pick(`Send Work to ${worker} Unguarded`);
  }

  /** A file is opened, and begins with these words in the editor alone. */
  async function writeUnsaved(path: string, words: string): Promise<void> {
    const { page, quickInput } = workbench;
    await workbench.runCommand('Go to File...');
    await quickInput.type(path);
    await quickInput.pick(basename(path));
    const opened = workbench.editorOf(path);
    await opened.locator('.view-lines').first().click();
    await opened.and(page.locator('.focused')).waitFor();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type(words);
    await page.locator('.tab.active.dirty').waitFor();
  }

  it('P2: every call of its tools is counted by its hook, and stands in the row of the worker', async () => {
    const verify = ['by eye: the file is there, in src/ or in docs/'];
    const [sluice, lock] = [
      packet('Add the sluice to the gate', { scope: ['src/'], verify }),
      packet('Write down the lock', { scope: ['docs/'], notYourJob: ['src/'], verify }),
    ];
    await beside(
      { type: 'start', objective: 'A gate', constraints: [], mode: 'orchestrator-first' },
      { type: 'add-todo', packet: sluice, role: 'code' },
      { type: 'add-todo', packet: lock, role: 'docs' },
    );
    await add('web', 'code', 'Claude Code');
    await add('scribe', 'docs', 'An agent that speaks ACP', [acpAgent.program, ...acpAgent.more].join(' '));
    await recorded('worker-registered', 2);
    const held = [new Held(), new Held(), new Held(), new Held()] as const;
    const look = { shell: 'git status --short' } as const;
    models.claude.script = inOrder(
      { call: 'acknowledge_task', input: { task: '1.1' } },
      async () => ({
        write: join(await worktree(/web/), 'src/sluice.js'),
        text: 'export const sluice = 2;\n',
      }),
      held[0].step,
      look,
      look,
      look,
      held[1].step,
      held[2].step,
      look,
      look,
      look,
      look,
      held[3].step,
    );
    await dispatch('web');
    await row('Workers', /^web, code, working, 2 of 6 calls, TODO 1, /);
    await workbench.tree('Workers').tooltip('web', 'Budget: 0 of 60 minutes of work, 2 of 6 calls');
    await workbench.shot('budget-counted');
    assert.ok(existsSync(join(await worktree(/web/), 'src/sluice.js')));
    await held[0].goesOn(look);

    // At the limit.
    await row('Inbox', /^TODO 1 with web has used up its budget, .*6 calls; its result is asked for/);
    await row('Workers', /^web, code, over its budget, 6 of 6 calls, TODO 1, /);
    await workbench.shot('budget-used-up');
    const before = models.claude.requests.length;
    await held[1].goesOn({ call: 'report_progress', input: { task: '1.1', text: 'The sluice is in' } });
    await until(() => held[2].isReached, Boolean, 60_000);
    const bodies = models.claude.requests.slice(before).map(({ body }) => body);
    assert.match(bodies.join('\n'), /The budget of this task, 6 calls, is used up\. Hand in a result now/);

    // More, by the person's word and reason.
    await workbench.tree('Inbox').inlineAction(/^TODO 1 with web has used up/, 'Give More Time');
    await workbench.quickInput.answer('How many more minutes', '10');
    await workbench.quickInput.answer('It is told so', 'The test of the sluice is not in');
    await recorded('time-given');
    await row('Workers', /^web, code, working, 7 of 12 calls, TODO 1, /);
    await workbench.shot('budget-given');

    // Past it.
    await set({
      'lockkeeper.budget.minutes': 60,
      'lockkeeper.budget.calls': limit,
      'lockkeeper.budget.graceMinutes': 0,
    });
    await held[2].goesOn({ call: 'report_progress', input: { task: '1.1', text: 'On it' } });
    await recorded('budget-used-up', 2);
    await recorded('stopped-over-budget');
    await noneIsAtWork();
    await row('Inbox', /^TODO 1 with web ended without a result, .*over its budget of 6 calls/);
    await row('Workers', /^web, code, ended without a result, 12 of 12 calls, TODO 1, /);
    await workbench.shot('budget-stopped');
  });

  it('P7: one that speaks ACP is seen in its terminal, reads what is not saved, writes through the window alone', async () => {
    await beside(
      { type: 'withdraw', dispatch: 1, reason: 'Enough' },
      { type: 'drop-todo', todo: 1, reason: 'Enough' },
    );
    const held = [new Held(), new Held()] as const;
    const file = async (name: string): Promise<string> => join(await worktree(/scribe/), name);
    models.acp.script = inOrder(
      { call: 'acknowledge_task', input: { task: '2.1' } },
      held[0].step,
      async () => ({ write: await file('docs/lock.md'), text: '# The lock\n' }),
      async () => ({ write: await file('README.md'), text: 'Mine now.\n' }),
      held[1].step,
    );
    await dispatch('scribe');
    await until(() => held[0].isReached, Boolean, 60_000);
    await writeUnsaved(await file('docs/gate.md'), 'Closed: ');
    const was = 'Closed: # The gate';
    await held[0].goesOn({ edit: await file('docs/gate.md'), was, text: '# The gate is closed' });
    await shows(/Lockkeeper:`README\.md`isnotintheSCOPEofyourtask/);
    await row('Workers', /^scribe, docs, working, \d of 6 calls, TODO 2, /);
    await workbench.shot('acp-turn');
    assert.equal(readFileSync(await file('docs/gate.md'), 'utf8'), '# The gate is closed\n');
    assert.equal(readFileSync(await file('docs/lock.md'), 'utf8'), '# The lock\n');
    assert.equal(readFileSync(await file('README.md'), 'utf8'), readme);
    const files = ['docs/gate.md', 'docs/lock.md'];
    await held[1].goesOn({ call: 'submit_result', input: { ...resultFor('2.1'), files } });
    await workbench
      .tree('Inbox')
      .row(/^Result 1:/)
      .waitFor();
    await noneIsAtWork();
  });

  it('T2: Stop cancels its turn and ends it', async () => {
    const { quickInput } = workbench;
    const held = new Held();
    models.acp.script = inOrder({ call: 'acknowledge_task', input: { task: '2.2' } }, held.step);
    await workbench.runCommand('Lockkeeper: Reject a Result');
    await quickInput.answer(/^Why does it not do/, 'It is too short');
    await quickInput.answer(/^Which evidence/, 'The words themselves');
    await quickInput.answer(/^What is the worker to do/, 'Write more');
    await until(() => held.isReached, Boolean, 60_000);
    await workbench.runCommand('Lockkeeper: Stop: End What Was Launched');
    await quickInput.waitFor('Everything stops, what was launched is ended');
    await quickInput.accept();
    await quickInput.pick('Stop and End Everything');
    await noneIsAtWork();
    await row('Inbox', /^TODO 2 with scribe ended without a result, .*no exit code/);
    await workbench.page.locator('.xterm').first().waitFor({ state: 'detached' });
    await workbench.shot('acp-stopped');
    assert.ok(!(await workbench.notifications()).some((text) => /exit code/.test(text)), 'nobody is alarmed');
  });
});
