import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { rigFolder } from '../rig/places.ts';
import { until } from '../rig/until.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { Workbench } from '../rig/workbench.ts';
import { installed } from './installed.ts';

describe('processes that end unasked', () => {
  let folder: string;
  let server: Server;
  let browser: Browser;

  beforeEach(async () => {
    folder = await temporaryFolder('folder');
    server = await startServer({ vsix: installed(), linked: [join(rigFolder, 'sample')] });
    browser = await openBrowser();
  });

  afterEach(async () => {
    await browser.close();
    await server.stop();
    await removeFolder(folder);
  });

  it('a killed extension host comes back by itself', async () => {
    const workbench = await Workbench.open(server, await browser.newPage(), folder);
    await workbench.openContainer('Sample');
    await workbench.tree('Fruit').row('Pear').waitFor();
    const [before] = await server.killExtensionHosts();
    const [host] = await until(
      () => server.extensionHosts(),
      (hosts) => hosts.length === 1,
    );
    assert.notEqual(host, before);
    await workbench.runCommand('Sample: Buy');
    await workbench.statusItem('Fruit: bought').waitFor();
  });

  it('two tabs on one folder are two hosts', async () => {
    const tabs = [];
    for (const number of [1, 2]) {
      tabs.push(await Workbench.open(server, await browser.newPage(), folder));
      await until(
        () => server.extensionHosts(),
        (hosts) => hosts.length === number,
      );
    }
    for (const tab of tabs) {
      await tab.page.bringToFront();
      await tab.openContainer('Sample');
      await tab.tree('Fruit').row('Pear').waitFor();
    }
  });

  it('a browser killed without leaving its page leaves its host behind', async () => {
    await Workbench.open(server, await browser.newPage(), folder);
    const hosts = await until(
      () => server.extensionHosts(),
      (found) => found.length === 1,
    );
    await browser.kill();
    browser = await openBrowser();
    await Workbench.open(server, await browser.newPage(), folder);
    const both = await until(
      () => server.extensionHosts(),
      (found) => found.length === 2,
    );
    assert.ok(both.includes(hosts[0] ?? 0));
  });
});
