import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { mark } from '../rig/long.ts';
import { rigFolder } from '../rig/places.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { Workbench } from '../rig/workbench.ts';
import { unpacked } from './installed.ts';

describe(`the driver of the workbench${mark}`, () => {
  let folder: string;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    folder = await temporaryFolder('folder');
    server = await startServer(unpacked(join(rigFolder, 'sample')));
    browser = await openBrowser();
    workbench = await Workbench.open(server, await browser.newPage(), folder);
    await workbench.openContainer('Sample');
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await removeFolder(folder);
  });

  it('reads a tree, its message and its badge', async () => {
    const tree = workbench.tree('Fruit');
    await tree.expand('Apple');
    await tree.row('Core').waitFor();
    const rows = (await tree.items()).map(({ label, description, level }) => [level, label, description]);
    assert.deepEqual(rows, [
      [1, 'Apple', '2 parts'],
      [2, 'Core', 'whole'],
      [2, 'Peel', 'whole'],
      [1, 'Pear', 'whole'],
    ]);
    assert.equal(await tree.message(), 'Fresh today.');
    assert.equal(await workbench.activityBadge('Sample'), '2');
  });

  it('uses the actions of a row and of a view', async () => {
    const tree = workbench.tree('Fruit');
    await tree.inlineAction('Pear', 'Peel');
    await workbench.notified('peeled Pear');
    await tree.contextMenu('Pear', 'Eat');
    await workbench.notified('ate Pear');
    await tree.titleAction('Buy');
    await workbench.statusItem('Fruit: bought').waitFor();
    assert.ok((await workbench.statusBar()).includes('Fruit: bought'));
    await workbench.tree('Bread').welcome().getByRole('button', { name: 'Buy' }).waitFor();
  });

  it('picks, types, confirms and presses the button of a toast', async () => {
    await workbench.runCommand('Sample: Pick');
    await workbench.quickInput.waitFor('Colour');
    assert.deepEqual(await workbench.quickInput.rows(), ['Red', 'Green']);
    await workbench.quickInput.pick('Green');
    await workbench.notified('picked Green');
    await workbench.runCommand('Sample: Ask');
    await workbench.quickInput.answer('How many?', '3');
    await workbench.notified('asked 3');
    await workbench.runCommand('Sample: Confirm');
    await workbench.answerDialog('Throw it away?', 'Throw');
    await workbench.answerNotification('answered Throw', 'Once more');
    await workbench.statusItem('Fruit: once more').waitFor();
    const said = await workbench.notifications();
    assert.ok(said.includes('asked 3') && said.includes('picked Green'), said.join());
    await workbench.clearNotifications();
    assert.deepEqual(await workbench.toasts(), []);
  });

  it('reaches into a webview', async () => {
    await workbench.runCommand('Sample: Web');
    await workbench.editorTab('Basket').waitFor();
    await workbench.webview().getByRole('button', { name: 'Greet' }).click();
    await workbench.notified('basket says hello');
  });

  it('changes the theme and reloads the window', async () => {
    for (const theme of ['hc-light', 'dark'] as const) await workbench.setTheme(theme);
    await workbench.reload();
    await workbench.openContainer('Sample');
    await workbench.tree('Fruit').row('Pear').waitFor();
  });
});
