import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Act } from '../../src/contract/acts.ts';
import type { PacketDraft } from '../../src/contract/packets.ts';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { deskBeside, journalPlace } from './desk.ts';
import { oneAfterTheOther } from './failures.ts';
import { unpacked } from './installed.ts';
import { journalOf } from './journal.ts';

const packet = {
  task: 'Say in src/app.ts what the app is',
  notYourJob: ['README.md'],
  doneWhen: ['src/app.ts has the words "the app"'],
  verify: ['git grep -n "the app" src/app.ts'],
  priority: 'normal',
} satisfies PacketDraft;

/** What is on the record before the person comes to the files. */
const settled: readonly Act[] = [
  { type: 'start', objective: 'Say what the app is', constraints: [], mode: 'orchestrator-first' },
  { type: 'add-worker', name: 'carver', role: 'docs', runs: { kind: 'by-hand', where: 'elsewhere' } },
  { type: 'add-todo', role: 'docs', packet: { ...packet, scope: ['lib/'] } },
];

describe('files that a worker owns, in the window', function () {
  oneAfterTheOther(this);
  let folder: string;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    folder = await temporaryFolder('owned');
    await mkdir(join(folder, 'src'));
    for (const name of ['README.md', 'src/app.ts', 'src/old.ts'])
      await writeFile(join(folder, name), 'export {};\n');
    await symlink('src', join(folder, 'lib'), 'dir');
    server = await startServer({ ...unpacked(), settings: { 'files.autoSave': 'off' } });
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
    await workbench.editorTab(new RegExp(`^${name}`)).waitFor();
    await editor().locator('.view-lines').first().click();
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

  it('are marked in the explorer, each with who has it', async () => {
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
});
