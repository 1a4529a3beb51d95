import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Uri } from 'vscode';
import { placesIn } from '../../src/editor/storage.ts';
import { openBrowser } from '../rig/browser.ts';
import { startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { journalsOf } from '../ui/journal.ts';
import type { Figure } from './figure.ts';
import { longList, makeLongList } from './longList.ts';
import { count, median, ms } from './numbers.ts';
import { staged } from './staged.ts';
import { makeWitness } from './witness.ts';

const starts = 10;
const mostToActivate = 50;
const acts = 10;
const mostOnScreen = 100;

/**
 * An extension beside ours that waits at every start until ours stands, and writes down how long that took: in this
 * workbench what an extension logs goes nowhere.
 */
async function watchStarts(folder: string): Promise<string> {
  const file = join(folder, 'starts.txt');
  await makeWitness(
    folder,
    ['onStartupFinished'],
    `exports.activate = async () => {
      await require('vscode').extensions.getExtension('lockkeeper.lockkeeper').activate();
      const own = ['lockkeeper/evaluate', 'lockkeeper/activate'].map((name) => performance.getEntriesByName(name)[0]);
      const duration = own[0].duration + own[1].duration;
      require('node:fs').appendFileSync(${JSON.stringify(file)}, duration + '\\n');
    };`,
  );
  return file;
}

/** Milliseconds of every start so far. */
function activations(file: string): number[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').trim().split('\n').map(Number);
}

/** In the page: when a key went down, and when the labels of the TODO tree first changed after it. */
const watchTree = `(() => {
  const panes = [...document.querySelectorAll('.pane')];
  const pane = panes.find((one) => /^TODO/.test(one.querySelector('h3.title')?.textContent ?? ''));
  const labels = () => [...pane.querySelectorAll('.label-name')].map((one) => one.textContent).join();
  const before = labels();
  let from = 0;
  addEventListener('keydown', (event) => (from = event.timeStamp), { capture: true, once: true });
  window.lockkeeperDrawn = new Promise((resolve) => {
    const look = new MutationObserver(() => {
      if (from === 0 || labels() === before) return;
      look.disconnect();
      resolve(performance.now() - from);
    });
    look.observe(pane, { subtree: true, childList: true, characterData: true });
  });
})()`;

/** From the key that ends an act to the first change of the tree, by the page's own clock. */
async function keyToTree(page: Page, key: string): Promise<number> {
  await page.evaluate(watchTree);
  await page.keyboard.press(key);
  return page.evaluate<number>('window.lockkeeperDrawn');
}

/** A button on a row. One that has just moved on leaves the mouse behind, and is tried again. */
async function press(page: Page, row: Locator, button: RegExp): Promise<void> {
  await until(
    async () => {
      await page.mouse.move(0, 0);
      const hovered = row.hover({ timeout: 2_000 });
      const clicked = hovered.then(() => row.getByRole('button', { name: button }).click({ timeout: 2_000 }));
      return clicked.then(
        () => true,
        () => false,
      );
    },
    (isPressed) => isPressed,
  );
}

/** Starts of the real extension host, and a person's act in the real window with a long list in it. */
export async function windows(): Promise<readonly Figure[]> {
  const { extension } = await staged();
  const folder = await temporaryFolder('folder');
  await writeFile(join(folder, 'README.md'), '# A small project\n');
  const beside = await temporaryFolder('witness');
  const told = await watchStarts(beside);
  const server = await startServer({ linked: [extension, beside] });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const workbench = await Workbench.open(server, page, folder);
    await until(
      () => Promise.resolve(activations(told)),
      (all) => all.length === 1,
    );
    for (let n = 1; n <= starts; n += 1) {
      await workbench.reload();
      await until(
        () => Promise.resolve(activations(told)),
        (all) => all.length === n + 1,
      );
    }
    const warm = activations(told).slice(1);
    await workbench.openContainer();
    const [file = ''] = await journalsOf(server.userData);
    const globalStorage = { fsPath: join(server.userData, 'User/globalStorage/lockkeeper.lockkeeper') };
    await makeLongList(placesIn(dirname(file), globalStorage as Uri));
    for (const other of ['Workers', 'Inbox']) await workbench.tree(other).collapseView();
    const row = workbench.tree('TODO').row(/^TODO 5\b/);
    await row.waitFor();
    const drawn: number[] = [];
    for (let n = 0; n < acts; n += 1) {
      await press(page, row, n % 2 === 0 ? /^Move.*Down/ : /^Move.*Up/);
      await page.locator('.quick-input-widget input').waitFor();
      await page.keyboard.insertText('It is the lock upstream.');
      drawn.push(await keyToTree(page, 'Enter'));
    }
    const size = `${count(longList.todos)} TODOs and ${longList.questions} questions`;
    return [
      {
        what: `the start: evaluating the entry and activate() to its return, ${starts} warm ones`,
        ours: `${ms(median(warm))} (${Math.min(...warm).toFixed(0)}–${Math.max(...warm).toFixed(0)})`,
        floor: '',
        target: `≤ ${mostToActivate} ms`,
        holds: median(warm) <= mostToActivate,
      },
      {
        what: `an act in the window at ${size}, from the key to the tree`,
        ours: `${ms(median(drawn))} (${Math.min(...drawn).toFixed(0)}–${Math.max(...drawn).toFixed(0)})`,
        floor: '',
        target: `≤ ${mostOnScreen} ms`,
        holds: median(drawn) <= mostOnScreen,
      },
    ];
  } finally {
    await browser.close();
    await server.stop();
    await removeFolder(folder);
    await removeFolder(beside);
  }
}
