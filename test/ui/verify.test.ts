import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Act } from '../../src/contract/acts.ts';
import type { Actor } from '../../src/contract/actor.ts';
import type { PacketDraft } from '../../src/contract/packets.ts';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { begin, commit } from '../unit/git/given.ts';
import { deskBeside, journalPlace } from './desk.ts';
import { oneAfterTheOther } from './failures.ts';
import { unpacked } from './installed.ts';
import { journalOf } from './journal.ts';

const user: Actor = { seat: 'user' };
const agent: Actor = { seat: 'orchestrator' };
const carver: Actor = { seat: 'worker', worker: 1, enteredBy: 'user' };

const command = 'git grep -n "the app" src/app.ts';
const agents = 'git grep -n "the app" -- src/app.ts';
const packet = {
  task: 'Say in src/app.ts what the app is',
  scope: ['src/'],
  notYourJob: ['README.md'],
  doneWhen: ['src/app.ts has the words "the app"'],
  verify: [command],
  priority: 'normal',
} satisfies PacketDraft;
const done = {
  outcome: 'done',
  summary: 'The words are in, and all tests pass.',
  evidence: [{ doneWhen: 1, shows: 'git grep printed src/app.ts:1' }],
  files: ['src/app.ts'],
  planAffected: 'no',
  stillOpen: 'Nothing',
} as const;

describe('VERIFY, run in the window', function () {
  oneAfterTheOther(this);
  let folder: string;
  /** Beside it, so that what a program leaves there is no change. */
  let marks: string;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    folder = await temporaryFolder('verify');
    marks = await temporaryFolder('marks');
    await mkdir(join(folder, 'src'));
    begin(folder);
    commit(folder, { 'README.md': 'The lock\n', 'src/app.ts': 'export {};\n' });
    server = await startServer({
      ...unpacked(),
      trust: true,
      settings: { 'files.autoSave': 'off', 'lockkeeper.verify.onResult': true },
    });
    const args = { holder: 1, agent: 'claude-code', folder };
    const key = { key: 'ctrl+alt+k', command: 'lockkeeper.connectWorker', args };
    await writeFile(join(server.userData, 'User/keybindings.json'), JSON.stringify([key]));
    browser = await openBrowser();
    workbench = await Workbench.open(server, await browser.newPage(), folder);
    await trusts();
    await workbench.statusItem('Start an orchestration').waitFor();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await removeFolder(folder);
    await removeFolder(marks);
  });

  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  /** The person trusts the folder. */
  async function trusts(): Promise<void> {
    await workbench.openContainer();
    await workbench.tree('TODO').welcome().getByRole('button', { name: 'Manage Workspace Trust' }).click();
    const editor = workbench.page.locator('.workspace-trust-editor');
    await editor.getByRole('button', { name: /^Trust/ }).click();
    await editor.getByText('You trust this folder').waitFor();
    const around = workbench.page.locator('.monaco-modal-editor-block');
    await around
      .getByRole('button', { name: /^Close/ })
      .first()
      .click();
    await editor.waitFor({ state: 'hidden' });
  }

  async function beside(...asked: readonly (readonly [Actor, Act])[]): Promise<void> {
    const desk = await deskBeside(await journalPlace(server.userData));
    for (const [actor, act] of asked) await desk.does(actor, act);
    desk.close();
  }

  const events = async (type: string): Promise<readonly string[]> =>
    (await journalOf(server.userData)).filter((event) => event.startsWith(`${type} `));
  const recorded = (type: string, count: number): Promise<readonly string[]> =>
    until(
      () => events(type),
      (found) => found.length >= count,
    );
  const contradicted = /^TODO 1 says done; `git grep .* ended with 1\.$/;
  const asks = /^May `git grep .*` be run\? An agent wrote it for TODO 1\.$/;

  const result = (dispatch: number, epoch = 1): Act => ({
    type: 'submit',
    dispatch,
    epoch,
    packet: { ...done, evidence: [...done.evidence], files: [...done.files] },
  });

  it('P8: a worker that says all passes is caught, and nothing of the person’s is saved for it', async () => {
    await workbench.openContainer('Explorer');
    const file = workbench.page
      .locator('.explorer-folders-view .monaco-list-row')
      .filter({ hasText: 'README.md' });
    await file.first().dblclick();
    const opened = workbench.editorOf('/README.md');
    await opened.locator('.view-lines').first().click();
    await opened.and(workbench.page.locator('.focused')).waitFor();
    await workbench.page.keyboard.type('Not saved. ');
    await workbench.page.locator('.tab.active.dirty').waitFor();
    await workbench.openContainer();
    const runs = { kind: 'by-hand', where: 'elsewhere' } as const;
    await beside(
      [
        user,
        { type: 'start', objective: 'Say what the app is', constraints: [], mode: 'orchestrator-first' },
      ],
      [user, { type: 'add-worker', name: 'carver', role: 'docs', runs }],
      [user, { type: 'add-todo', role: 'docs', packet }],
      [user, { type: 'dispatch', worker: 1 }],
      [carver, result(1)],
    );
    await workbench.tree('Inbox').row(contradicted).waitFor();
    assert.equal((await events('witnessed')).length, 1);
    assert.equal(await readFile(join(folder, 'README.md'), 'utf8'), 'The lock\n');
    await workbench.shot('verify-contradicted');
  });

  it('shows what was printed', async () => {
    await workbench.tree('Inbox').click(contradicted);
    await workbench.quickInput.pick('Read what was printed');
    await workbench.editorTab(/^VERIFY of result 1/).waitFor();
    const text = workbench.page.locator('.editor-group-container.active .view-lines');
    await until(
      async () => (await text.innerText()).replaceAll('\u00a0', ' '),
      (shown) => shown.includes('ended with 1') && shown.includes('The worker says done.'),
    );
  });

  it('is run again when the person asks, and then it holds', async () => {
    await writeFile(join(folder, 'src/app.ts'), '// the app\nexport {};\n');
    await workbench.runCommand('Lockkeeper: Run VERIFY');
    await recorded('witnessed', 2);
    await workbench.tree('Inbox').row(contradicted).waitFor({ state: 'detached' });
  });

  it('P8: what an agent wrote is not run before the person has allowed exactly that', async () => {
    await beside(
      [user, { type: 'withdraw', dispatch: 1, reason: 'Another VERIFY' }],
      [agent, { type: 'edit-todo', todo: 1, role: 'docs', packet: { ...packet, verify: [agents] } }],
      [user, { type: 'dispatch', worker: 1 }],
      [carver, result(2)],
    );
    await workbench.tree('Inbox').row(asks).waitFor();
    await workbench.tree('Inbox').click(asks);
    const list = '["git","grep","-n","the app","--","src/app.ts"]';
    await workbench.quickInput.waitFor(list);
    assert.equal((await events('witnessed')).length, 2, 'nothing has been run');
    await workbench.shot('verify-allow');
    await workbench.quickInput.pick('Allow the Command');
    await recorded('command-allowed', 1);
    await recorded('witnessed', 3);
    await workbench.tree('Inbox').row(asks).waitFor({ state: 'detached' });
    assert.equal(await workbench.tree('Inbox').row(contradicted).count(), 0);
  });

  it('P8: what was allowed is asked for again once the person has revoked it', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Lockkeeper: Revoke a Command');
    await quickInput.pick('["git","grep","-n","the app","--","src/app.ts"]');
    await recorded('command-revoked', 1);
    await workbench.runCommand('Lockkeeper: Run VERIFY');
    await quickInput.row('Allow the Command').waitFor();
    await quickInput.dismiss();
    assert.equal((await events('witnessed')).length, 3, 'nothing has been run');
    await beside([
      user,
      { type: 'allow-command', argv: ['git', 'grep', '-n', 'the app', '--', 'src/app.ts'] },
    ]);
  });

  it('P9: what reproduces a bug is run on what stood there before the fix, and on the fix', async () => {
    const { quickInput } = workbench;
    commit(folder, { 'src/app.ts': '// the app\nexport {};\n' });
    await beside(
      [user, { type: 'withdraw', dispatch: 2, reason: 'It is a bug' }],
      [user, { type: 'debug-mode', todo: 1, on: true, reason: 'Nobody says that it is fixed' }],
    );
    await workbench
      .tree('Inbox')
      .row(/^Result 2:/)
      .waitFor({ state: 'detached' });
    await workbench.runCommand('Lockkeeper: Describe a Bug');
    await quickInput.pick('TODO 1');
    await quickInput.answer('Which command reproduces it?', 'git grep -n fixed -- src/app.ts');
    await quickInput.answer('What does it show now?', 'nothing at all');
    await quickInput.pick('Low');
    await quickInput.answer('Why is it risky, or not?', 'One line');
    await quickInput.pick('A Rollback Trigger');
    await quickInput.answer('What is watched once the fix is in?', 'What src/app.ts says');
    await quickInput.answer('Which command shows it?', 'git grep -c fixed -- src/app.ts');
    await quickInput.answer('Which reading takes it back?', 'any line of it');
    await quickInput.answer('What is undone then?', 'the commit of the fix');
    await recorded('bug-described', 1);
    await workbench.runCommand('Lockkeeper: Dispatch the Next TODO');
    await recorded('dispatched', 3);
    await writeFile(join(folder, 'src/app.ts'), '// the app, fixed\nexport {};\n');
    const debug = {
      bug: 'git grep finds no "fixed"',
      root: 'src/app.ts:1 does not say it',
      fix: 'src/app.ts says it',
      test: 'git grep -n fixed -- src/app.ts',
      result: 'it prints src/app.ts:1',
    };
    await beside([
      carver,
      {
        type: 'submit',
        dispatch: 3,
        epoch: 1,
        packet: { ...done, evidence: [...done.evidence], files: [...done.files], debug },
      },
    ]);
    await recorded('witnessed', 6);
    await workbench.runCommand('Lockkeeper: Open What VERIFY Printed');
    await quickInput.pick('Result 3');
    await workbench.editorTab(/^VERIFY of result 3/).waitFor();
    const text = workbench.page.locator('.editor-group-container.active .view-lines');
    await until(
      async () => (await text.innerText()).replaceAll('\u00a0', ' '),
      (shown) =>
        /what reproduces its bug, before the fix: git grep -n fixed.*\s+ended with 1,/.test(shown) &&
        /what reproduces its bug, after the fix: git grep -n fixed.*\s+ended with 0,/.test(shown),
    );
    await workbench.tree('Inbox').click(/^Result 3:/);
    await workbench.editorTab('Result 3').waitFor();
    await until(
      async () => (await text.innerText()).replaceAll('\u00a0', ' '),
      (shown) => /evidence quality: passes/.test(shown) && /with\s+1 before the fix/.test(shown),
    );
    await workbench.shot('verify-reproduction');
  });

  it('P9: its rollback trigger is run by hand from its row, and the fix is taken back in one step', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Lockkeeper: Approve a Result');
    await quickInput.answer(/^DONE-WHEN 1: /, 'It says so');
    await quickInput.answer(/The first line of the commit/, 'fix(app): say that it is fixed');
    await recorded('approved', 1);
    await workbench
      .tree('TODO')
      .inlineAction(/^TODO 1: What src\/app\.ts says: any line of it/, 'Run What a Rollback Trigger Watches');
    await quickInput.waitFor('What was read? It is taken back at: any line of it');
    assert.equal(await quickInput.input.inputValue(), 'src/app.ts:1');
    await workbench.shot('rollback-trigger');
    await quickInput.accept();
    await quickInput.pick('Take It Back');
    await recorded('approval-undone', 1);
    await until(
      () => readFile(join(folder, 'src/app.ts'), 'utf8'),
      (text) => !text.includes('fixed'),
    );
    await workbench
      .tree('TODO')
      .row(/^TODO 1: rolled back: Say in src\/app\.ts what the app is/)
      .getByText(/^src\/app\.ts:1, next/)
      .waitFor();
    await workbench.shot('rollback-fired');
  });

  it('P9: a playbook writes the packet of a bug, and its TODO is in debug mode', async () => {
    const { quickInput } = workbench;
    await mkdir(join(folder, '.lockkeeper/playbooks'), { recursive: true });
    await writeFile(join(folder, '.lockkeeper/playbooks/broken.md'), 'no title');
    await workbench.runCommand('Lockkeeper: Add a TODO from a Playbook');
    await quickInput.row('Security: debug and pentest').waitFor();
    await workbench.shot('playbooks');
    assert.ok((await quickInput.rows()).some((row) => row.endsWith('playbooks/broken.md')));
    await quickInput.pick('Backend: reliability and resilience');
    await quickInput.pick('mend the failure');
    await quickInput.answer('What is wrong, in a line?', 'src/app.ts says nothing of the key');
    await quickInput.answer(/^In which file\?/, 'src/app.ts');
    await quickInput.answer(/^In which file is its test\?/, 'test/app.test.ts');
    await quickInput.answer(/^Which command shows it\?/, 'git grep -n key -- src/app.ts');
    await quickInput.pick('docs');
    await workbench.editorTab('New TODO').waitFor();
    await workbench.shot('playbook-packet');
    await workbench.editorAction('Use This Packet (Ctrl+Enter)');
    await recorded('todo-added', 2);
    const turned = await recorded('debug-turned', 2);
    assert.match(turned[1] ?? '', /By the playbook “Backend: reliability and resilience”/);
  });

  /** The dispatch that takes its time, and its result. */
  const last = { dispatch: 0, result: 0 };

  it('T2: is ended by an instruction, begun again when work carries on, and ended by a command; nothing is witnessed', async () => {
    const count = (await events('witnessed')).length;
    const reason = 'Another one takes its time';
    const slow = {
      ...packet,
      task: 'Say in src/app.ts how long it takes',
      doneWhen: ['src/app.ts has the word "long"'],
      verify: ['node wait.mjs'],
    };
    const mark = join(marks, 'began');
    await writeFile(
      join(folder, 'wait.mjs'),
      `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(mark)}, String(process.pid));\nsetInterval(() => {}, 1e6);\n`,
    );
    const desk = await deskBeside(await journalPlace(server.userData));
    for (const dispatch of desk.state.live) await desk.does(user, { type: 'withdraw', dispatch, reason });
    for (const todo of desk.state.list) await desk.does(user, { type: 'drop-todo', todo, reason });
    await desk.does(user, { type: 'add-todo', role: 'docs', packet: slow });
    await desk.does(user, { type: 'dispatch', worker: 1 });
    last.dispatch = desk.state.dispatches.size;
    await desk.does(carver, result(last.dispatch));
    last.result = desk.state.results.size;
    desk.close();
    const begun = async (): Promise<number> => {
      const pid = await until(
        () => readFile(mark, 'utf8').catch(() => ''),
        (text) => text !== '',
      );
      await rm(mark);
      return Number(pid);
    };
    const ended = (pid: number): Promise<boolean> =>
      until(
        () => isAlive(pid),
        (lives) => !lives,
      );
    const first = await begun();
    assert.ok(isAlive(first));
    await beside([user, { type: 'instruct', words: 'Let the machine rest' }]);
    await ended(first);
    await beside([user, { type: 'carry-on', instruction: 1 }]);
    const second = await begun();
    await workbench.runCommand('Lockkeeper: Cancel VERIFY');
    await ended(second);
    assert.equal((await events('witnessed')).length, count);
    await recorded('verify-cancelled', 1);
    const row = workbench.tree('Inbox').row(new RegExp(`^Result ${last.result}:`));
    await row.getByText(/VERIFY was cancelled, run it again/).waitFor();
    await workbench.shot('verify-cancelled');
  });

  it('runs and connects nothing in a folder that is not trusted; once it is, the next start takes up what was left', async () => {
    // A browser that is new here trusts nothing; what the window before it left behind would still run.
    await browser.close();
    await server.endExtensionHosts();
    browser = await openBrowser();
    workbench = await Workbench.open(server, await browser.newPage(), folder);
    const waits = { type: 'reject', reason: 'It waits', missing: 'an end', next: 'Let it end' } as const;
    const mark = join(marks, 'again');
    await writeFile(
      join(folder, 'wait.mjs'),
      `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(mark)}, '');\n`,
    );
    await beside([user, { ...waits, result: last.result }], [carver, result(last.dispatch, 2)]);
    const count = (await events('witnessed')).length;
    await workbench.openContainer();
    await workbench.tree('TODO').welcome().getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    assert.equal(existsSync(mark), false);
    // The palette does not offer it here; a key may still lead to it.
    const before = await readdir(folder, { recursive: true });
    await workbench.page.keyboard.press('Control+Alt+K');
    await workbench.notified('This folder is not trusted, so Lockkeeper only looks.');
    await workbench.shots('connect-untrusted');
    assert.deepEqual(await readdir(folder, { recursive: true }), before);
    await trusts();
    await recorded('witnessed', count + 1);
    assert.ok(existsSync(mark));
  });
});
