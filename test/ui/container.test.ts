import assert from 'node:assert/strict';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { Workbench } from '../rig/workbench.ts';
import { installed } from './installed.ts';

describe('the Lockkeeper container', () => {
  let folder: string;
  let server: Server;
  let browser: Browser;

  before(async () => {
    folder = await temporaryFolder('folder');
    await writeFile(join(folder, 'README.md'), '# A small project\n');
    server = await startServer({ vsix: installed() });
    browser = await openBrowser();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await removeFolder(folder);
  });

  it('shows three views in a folder', async () => {
    const workbench = await Workbench.open(server, await browser.newPage(), folder);
    await workbench.openContainer();
    for (const view of ['TODO', 'Workers', 'Inbox']) await workbench.tree(view).expandView();
    await access(await workbench.shot('container'));
  });

  it('offers to open a folder where there is none', async () => {
    const workbench = await Workbench.open(server, await browser.newPage());
    await workbench.openContainer();
    const welcome = workbench.tree('TODO').welcome();
    await welcome.getByRole('button', { name: 'Open Folder' }).waitFor();
    assert.match(await welcome.innerText(), /Lockkeeper keeps its records with a folder/);
  });
});
