import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Act } from '../../src/contract/acts.ts';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { takesOver } from './agentsDecisions.ts';
import { deskBeside, journalPlace } from './desk.ts';
import { oneAfterTheOther } from './failures.ts';
import { unpacked } from './installed.ts';
import { journalOf } from './journal.ts';
import { fill, packet, settings, settled, words } from './ownedFolder.ts';

describe('files that a worker owns, in the window', function () {
  oneAfterTheOther(this);
  let folder: string;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    folder = await temporaryFolder('owned');
    await fill(folder);
    server = await startServer({ ...unpacked(), settings });
    browser = await openBrowser();
    workbench = await Workbench.open(server, await browser.newPage(), folder);
    await workbench.openContainer();
    await workbench.statusItem('Start an orchestration').waitFor();
    await beside(...settled);
    await workbench.openContainer('Explorer');
    await row('src').click();
    await row('app.ts').waitFor();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await removeFolder(folder);
  });

  async function beside(...acts: readonly Act[]): Promise<void> {
    const desk = await deskBeside(await journalPlace(server.userData));
    for (const act of acts) await desk.does({ seat: 'user' }, act);
    desk.close();
  }

  /** An agent in the orchestrator's seat wants all files for TODO 2: that asks the user. */
  async function agentWantsAll(): Promise<void> {
    const desk = await deskBeside(await journalPlace(server.userData));
    const all = { ...packet, ...words, scope: ['**'] };
    const act = { type: 'edit-todo', todo: 2, role: 'words', packet: all } as const;
    assert.equal(await desk.tries({ seat: 'orchestrator' }, act), 'user-only');
    desk.close();
  }

  const row = (name: string): Locator =>
    workbench.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name }).first();
  const run = (title: string): Promise<void> => workbench.runCommand(`Lockkeeper: ${title}`);
  const events = async (type: string): Promise<readonly string[]> =>
    (await journalOf(server.userData)).filter((event) => event.startsWith(`${type} `));
  const recorded = (type: string, count = 1): Promise<readonly string[]> =>
    until(
      () => events(type),
      (found) => found.length >= count,
    );
  const onDisk = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  const editor = (): Locator => workbench.page.locator('.editor-group-container.active .monaco-editor');
  const warning = (): Locator => editor().locator('.squiggly-warning').first();
  const asking = /src\/app\.ts belongs to carver for TODO 1/;

  async function open(name: string): Promise<void> {
    await row(name).dblclick();
    // Its tab may have been there, and another one before it.
    const own = workbench.editorOf(`/${name}`);
    await own.locator('.view-lines').first().click();
    await own.and(workbench.page.locator('.focused')).waitFor();
  }

  async function type(text: string): Promise<void> {
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type(text);
  }

  /** What an explorer's row says to whoever rests on it. */
  async function saysOf(name: string, words: string): Promise<void> {
    const hover = workbench.page.locator('.monaco-hover').filter({ hasText: words });
    const rested = async (): Promise<boolean> => {
      await workbench.page.mouse.move(0, 0);
      await row(name).hover();
      return hover.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    };
    await until(rested, Boolean);
  }

  it('P7: are not handed out under a name that leads through a link', async () => {
    await workbench.notified(
      /“!\(x\)” in lockkeeper\.criticalFiles protects nothing: Patterns with brackets/,
    );
    await workbench.statusItem('Dispatch TODO 1').waitFor();
    await run('Dispatch the Next TODO');
    await workbench.notified(/lib\/` leads through a link to `src\/`/);
    await workbench.clearNotifications();
    await beside({ type: 'edit-todo', todo: 1, role: 'docs', packet: { ...packet, scope: ['src/'] } });
  });

  it('P7: an unsaved edit in the scope is met before anything is sent', async () => {
    const { quickInput } = workbench;
    await open('app.ts');
    await type('// mine');
    await run('Dispatch the Next TODO');
    await quickInput.waitFor(/Not saved, and in the scope: src\/app\.ts/);
    await workbench.shot('ownership-unsaved');
    await quickInput.pick('Wait: Send Nothing Now');
    await quickInput.box.waitFor({ state: 'hidden' });
    assert.deepEqual(await events('dispatched'), []);
    await run('Dispatch the Next TODO');
    await quickInput.pick('Save Them, Then Dispatch');
    await recorded('dispatched');
    assert.match(await onDisk('src/app.ts'), /mine/);
    await workbench.clearNotifications();
  });

  it('P7: unsaved edits are cut out of the scope, or discarded by a person’s word, and then it is sent', async () => {
    const { quickInput } = workbench;
    const takeBack = (dispatch: number): Promise<void> =>
      beside({ type: 'withdraw', dispatch, reason: 'Another way of sending it' });
    await takeBack(1);
    await workbench.statusItem('Dispatch TODO 1').waitFor();
    await open('old.ts');
    await type('// kept');
    await run('Dispatch the Next TODO');
    await quickInput.pick('Leave These Files out of the Scope, Then Dispatch');
    const sent = await recorded('dispatched', 2);
    assert.match(sent[1] ?? '', /"notYourJob":\["README\.md","src\/old\.ts"\]/);
    await takeBack(2);
    await beside({ type: 'edit-todo', todo: 1, role: 'docs', packet: { ...packet, scope: ['src/'] } });
    await workbench.statusItem('Dispatch TODO 1').waitFor();
    await run('Dispatch the Next TODO');
    await quickInput.pick('Discard Them, Then Dispatch');
    await workbench.answerDialog('Discard the unsaved edits?', 'Discard Them');
    await recorded('dispatched', 3);
    await editor().locator('.view-lines').getByText('kept').waitFor({ state: 'detached' });
    assert.doesNotMatch(await onDisk('src/old.ts'), /kept/);
    await workbench.clearNotifications();
  });

  it('T6: two workers who wish for the same file are told which, and how to go on', async () => {
    const { quickInput } = workbench;
    await beside(
      { type: 'withdraw', dispatch: 3, reason: 'Both at once' },
      { type: 'edit-todo', todo: 1, role: 'docs', packet: { ...packet, scope: ['src/'] } },
    );
    await workbench.statusItem('Dispatch TODO 1').waitFor();
    const both = async (): Promise<void> => {
      await run('Dispatch Side by Side');
      await quickInput.pick('2');
      await quickInput.answer('Why do they go out side by side?', 'They are two files');
    };
    await both();
    await workbench.notified(/TODO 1 .* and TODO 2 .* touch the same files: `src\/` meets `src\/app\.ts`/);
    await workbench.clearNotifications();
    await beside({
      type: 'edit-todo',
      todo: 2,
      role: 'words',
      packet: { ...packet, ...words, scope: ['README.md'], notYourJob: ['src/'] },
    });
    await both();
    await recorded('dispatched', 5);
    await workbench.clearNotifications();
  });

  it('P2: the second is refused with the owner’s name, and one button frees the files', async () => {
    await beside(
      { type: 'withdraw', dispatch: 5, reason: 'It wants another file' },
      { type: 'edit-todo', todo: 2, role: 'words', packet: { ...packet, ...words, scope: ['src/app.ts'] } },
    );
    await workbench.openContainer();
    await workbench.statusItem('Dispatch TODO 2').waitFor();
    await run('Dispatch the Next TODO');
    const refused = await workbench.notified(
      /Its `src\/app\.ts` meets `src\/`, which belongs to carver for TODO 1\. Wait for dispatch 4, withdraw it/,
    );
    await workbench.shot('ownership-refused');
    await refused.getByRole('button', { name: 'Withdraw It', exact: true }).click();
    await workbench.quickInput.waitFor('Why');
    await workbench.quickInput.dismiss();
    await workbench.clearNotifications();
    await run('Give a TODO the Whole Workspace');
    await workbench.quickInput.pick('TODO 2');
    await workbench.answerDialog(/Give TODO 2 .* the whole workspace\?/, 'Cancel');
    await agentWantsAll();
    await workbench.tree('Inbox').click(/^Proposal: give the whole workspace to TODO 2/);
    await workbench.quickInput.pick('Do what is proposed');
    await workbench.answerDialog(/Give TODO 2 .* the whole workspace\?/, 'Give the Whole Workspace');
    await until(
      () => events('todo-edited'),
      (found) => found.some((event) => event.includes('"scope":["**"]')),
    );
    await run('Dispatch the Next TODO');
    await workbench.notified(/Its `\*\*` meets `src\/`.* which belongs to carver for TODO 1/);
    await workbench.clearNotifications();
    const tree = workbench.tree('Workers');
    await tree.row('src/').waitFor();
    const found = await tree.items();
    const [group, owned] = found.slice(found.findIndex(({ label }) => label === 'Owned files'));
    assert.deepEqual([group?.description, group?.spoken], ['1', 'Owned files, 1']);
    assert.equal(owned?.spoken, 'src/, belongs to carver for TODO 1');
  });

  it('are marked in the explorer, each with who has it', async () => {
    await workbench.openContainer('Explorer');
    await row('app.ts')
      .locator('[class*=monaco-decoration-badge], .monaco-decoration-itemBadge')
      .first()
      .waitFor();
    await saysOf('app.ts', 'Belongs to carver for TODO 1');
    await workbench.shot('ownership-explorer');
  });

  it('say whose they are at the first key, and are left to the worker in one step', async () => {
    await open('app.ts');
    await type('// and mine');
    await workbench.notified(asking);
    await warning().waitFor();
    await workbench.shot('ownership-typed');
    await workbench.answerNotification(asking, 'Leave It to the Worker');
    await warning().waitFor({ state: 'detached' });
    await workbench.page.locator('.tab.active:not(.dirty)').first().waitFor();
    assert.doesNotMatch(await onDisk('src/app.ts'), /and mine/);
    await workbench.clearNotifications();
  });

  it('P7: are taken over: the worker is frozen there, and the file is the user’s', async () => {
    await open('app.ts');
    await type('// now mine');
    await warning().waitFor();
    await run('Take This File Over');
    const [conflict] = await recorded('conflict-opened');
    assert.match(conflict ?? '', /"files":\["src\/app\.ts"\].*"kind":"user"/);
    const [lock] = await recorded('scope-locked');
    assert.match(lock ?? '', /"scope":\["src\/app\.ts"\],"holder":\{"kind":"user"\}/);
    await warning().waitFor({ state: 'detached' });
    // The question was asked once for this file and this owner.
    assert.deepEqual(await workbench.toasts(), []);
    await saysOf('app.ts', 'Belongs to the user');
  });

  it('P7: the case is worked through the palette, step by step, to resume', async () => {
    const { quickInput } = workbench;
    const step = async (says: string): Promise<void> => {
      await quickInput.waitFor(`Conflict 1 over \`src/app.ts\`: ${says}.`);
      await quickInput.pick('Do It');
    };
    await workbench.openContainer();
    const inbox = workbench.tree('Inbox');
    await inbox.row(/^Conflict 1 over/).waitFor();
    assert.match(
      (await inbox.items()).map(({ spoken }) => spoken).join('\n'),
      /Conflict 1 over `src\/app\.ts`: carver and the user.*say how the two are brought together/,
    );
    await inbox.click(/^Conflict 1 over/);
    await quickInput.pick('Take one side');
    await workbench.shot('ownership-conflict');
    await quickInput.answer('Merge path', 'What the user wrote stays');
    await quickInput.pick('Nothing is left to do');
    await step('Take one side; nothing is left to do');
    await recorded('merge-path-set');
    await run('Work a Conflict');
    await quickInput.answer('Contract', 'app.ts exports nothing');
    await quickInput.answer('Which command shows', 'npm test');
    await quickInput.answer('What did it say?', '12 passing');
    await step('npm test said: 12 passing');
    await recorded('evidence-given');
    assert.deepEqual(await events('resumed'), []);
    await run('Work a Conflict');
    await quickInput.answer('Why can work go on?', 'The file is the user’s now');
    await step('it is over, and work there goes on');
    await recorded('resumed');
    await inbox.row(/^Conflict 1 over/).waitFor({ state: 'detached' });
    await workbench.openContainer('Explorer');
  });

  it('P7: a save at this editor is the user’s; a write by nobody known in a file that is kept freezes the worker', async () => {
    await open('old.ts');
    await type('// old');
    await warning().waitFor();
    await workbench.page.keyboard.press('Control+S');
    await until(
      async () => [...(await events('conflict-opened')), ...(await events('conflict-widened'))],
      (found) => found.some((event) => event.includes('src/old.ts')),
    );
    await writeFile(join(folder, 'README.md'), 'beside every scope\n');
    await writeFile(join(folder, 'src/new.ts'), 'in its own scope\n');
    await writeFile(join(folder, 'src/app.ts'), 'by whom?\n');
    const opened = await until(
      () => events('conflict-opened'),
      (found) => found.some((event) => /"files":\["src\/app\.ts"\].*"kind":"unknown"/.test(event)),
    );
    assert.deepEqual(
      opened.filter((event) => /README|new\.ts/.test(event)),
      [],
    );
  });

  it('P7: a file that both want to write in is coordinated: a case, with the worker frozen there', async () => {
    await workbench.clearNotifications();
    await open('new.ts');
    await type('// together');
    await warning().waitFor();
    await workbench.answerNotification(/src\/new\.ts belongs to carver for TODO 1/, 'Coordinate');
    await until(
      async () => [...(await events('conflict-opened')), ...(await events('conflict-widened'))],
      (found) => found.some((event) => event.includes('src/new.ts')),
    );
    await warning().waitFor({ state: 'detached' });
    await workbench
      .tree('Inbox')
      .row(/^Conflict \d+ over .src\/(?:old|new)\.ts/)
      .waitFor();
    assert.match(await onDisk('src/new.ts'), /^in its own scope\n$/, 'what was typed is not saved by it');
  });

  it('P7: what is written to connect an agent is the person’s, and no write of nobody’s', async () => {
    const { quickInput } = workbench;
    await workbench.clearNotifications();
    const runs = { kind: 'command' as const, argv: ['claude'], agent: 'claude-code' };
    const held = { tokenHash: 'f'.repeat(64), expires: 9e12 };
    await beside({ type: 'add-worker', name: 'smith', role: 'iron', runs, ...held });
    await workbench
      .tree('Workers')
      .row(/^smith$/)
      .waitFor();
    await run('Connect Worker');
    await quickInput.pick('Claude Code');
    await quickInput.pick('Connect Claude Code');
    await until(
      () => ['.mcp.json', '.claude/settings.json'].every((file) => existsSync(join(folder, file))),
      Boolean,
    );
    await writeFile(join(folder, 'stray.txt'), 'by whom?\n');
    const told = await until(
      async () => (await workbench.tree('Inbox').items()).map(({ spoken }) => spoken).join('\n'),
      (spoken) => spoken.includes('stray.txt'),
    );
    assert.doesNotMatch(told, /mcp\.json|settings\.json/);
  });

  it('P1: a lock stands in the tree until it is released from there', async () => {
    const tree = workbench.tree('Workers');
    await workbench.openContainer();
    await tree.row('src/app.ts').waitFor();
    const spoken = (await tree.items()).map((item) => item.spoken);
    assert.ok(
      spoken.includes('src/app.ts, kept for the user, lock 1: Taken over: at the keyboard.'),
      spoken.join('\n'),
    );
    await workbench.shot('ownership-locks');
    await tree.contextMenu('src/app.ts', 'Release a Lock');
    await workbench.quickInput.answer('Why is it released?', 'It is done');
    await workbench.quickInput.pick('Release It');
    await recorded('lock-released');
    await tree.row('src/app.ts').waitFor({ state: 'detached' });
  });

  it('P6: leave a question to the agent that leads, see in the Inbox what it answered, and take that over', async () => {
    await takesOver(workbench, await journalPlace(server.userData), recorded);
  });
});
