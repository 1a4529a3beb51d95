import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Uri } from 'vscode';
import type { Act } from '../../src/contract/acts.ts';
import type { Actor } from '../../src/contract/actor.ts';
import type { Reply } from '../../src/desk/command.ts';
import { Desk } from '../../src/desk/desk.ts';
import { placesIn } from '../../src/editor/storage.ts';
import { openJournal } from '../../src/journal/sqlite.ts';
import { openBrowser } from '../rig/browser.ts';
import { startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { journalsOf } from '../ui/journal.ts';
import type { Figure } from './figure.ts';
import { longQuestion, packetOf } from './longList.ts';
import { count, median, ms } from './numbers.ts';
import { staged } from './staged.ts';

/** Of each task four: sent, asked, answered, withdrawn. */
const marks = 5_000;
const lanes = 20;
const opens = 5;
const mostToOpen = 500;
const mostFrame = 50;
/** The picture, when all that shows of it is drawn. */
const whole = '.picture:not([aria-busy]) .view .mark';
const uses = {
  opening: 'opens',
  zoom: 'is zoomed',
  pan: 'moves in time',
  scroll: 'moves over its lanes',
} as const;
const user: Actor = { seat: 'user' };

/** In every page before anything else of it: milliseconds between two frames, from its body on. */
const watchFrames = `(() => {
  const taken = (window.framesTaken = []);
  let before;
  const next = (now) => {
    if (before !== undefined) taken.push(now - before);
    before = now;
    requestAnimationFrame(next);
  };
  // What VS Code shows is written into a document that was there, and frames asked for before are forgotten.
  const look = () => (document.querySelector('.picture, body[data-page]') ? requestAnimationFrame(next) : setTimeout(look, 4));
  if (window.frameElement) look();
})()`;

/**
 * In the page, what a person does with the picture, one thing at a time: at every frame a bit further, and of keys one
 * in ten frames. The frames that each thing took, the few behind it included.
 */
const useIt = `(async () => {
  const picture = document.querySelector('.picture');
  const next = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const press = (key) => picture.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  const frames = async (count, each) => {
    const took = [];
    let before = await next();
    for (let n = 0; n < count; n += 1) {
      each(n);
      const now = await next();
      took.push(now - before);
      before = now;
    }
    return took;
  };
  await frames(20, () => undefined);
  const opening = window.framesTaken.slice();
  const zoom = await frames(160, (n) => n % 10 === 0 && press(n < 80 ? '+' : '-'));
  for (const n of [1, 2, 3]) press('+');
  await frames(20, () => undefined);
  const pan = await frames(120, (n) => {
    picture.scrollLeft += n < 60 ? 90 : -90;
  });
  const scroll = await frames(120, (n) => {
    picture.scrollTop += n < 60 ? 14 : -14;
  });
  return { opening, zoom, pan, scroll };
})()`;

function* workingDay(): Generator<readonly [Actor, Act]> {
  yield [user, { type: 'start', objective: 'A long day', constraints: [], mode: 'orchestrator-first' }];
  for (let n = 1; n <= lanes; n += 1) {
    const token = { tokenHash: 'f'.repeat(64), expires: 9e12 };
    yield [
      user,
      { type: 'add-worker', name: `code ${n}`, role: 'code', runs: { kind: 'rehearsal' }, ...token },
    ];
  }
  const answer = {
    chosen: longQuestion(1).recommended ?? '',
    rationale: 'The rule',
    constraints: 'none',
    nextStep: 'Go on',
  };
  for (let n = 1; n <= marks / 4; n += 1) {
    const at = 1 + (n % lanes);
    const task = { dispatch: n, epoch: 1 };
    yield [user, { type: 'add-todo', role: 'code', packet: packetOf(n) }];
    yield [user, { type: 'dispatch', worker: at }];
    yield [
      { seat: 'worker', worker: at },
      { type: 'ask', ...task, packet: longQuestion(n) },
    ];
    yield [user, { type: 'answer', question: n, answer }];
    yield [user, { type: 'withdraw', dispatch: n, reason: 'Another comes first' }];
    yield [user, { type: 'drop-todo', todo: n, reason: 'It is done elsewhere' }];
  }
}

/** Beside a window that has the journal open: it is one more writer. Between two acts lie some seconds of its clock. */
async function fill(place: ReturnType<typeof placesIn>): Promise<void> {
  const journal = await openJournal(place);
  let now = Date.now() - 4_000 * marks;
  const desk = new Desk(journal, () => (now += 2_000));
  try {
    const replies: Promise<Reply>[] = [];
    for (const [actor, act] of workingDay()) replies.push(desk.submit({ id: randomUUID(), actor, act }));
    for (const reply of await Promise.all(replies)) {
      if (!reply.ok) throw new Error(`${reply.refusal.code}: ${reply.refusal.sentence}`);
    }
  } finally {
    desk.dispose();
    journal.close();
  }
}

/** An extension beside ours with a page on which next to nothing stands, and as wide a thing to scroll. */
async function makeEmptyPage(folder: string): Promise<void> {
  const command = { command: 'empty.show', title: 'Show an Empty Page' };
  const manifest = {
    name: 'empty',
    publisher: 'lockkeeper',
    version: '0.0.1',
    engines: { vscode: '^1.125.0' },
    main: './empty.cjs',
    extensionKind: ['workspace'],
    activationEvents: ['onStartupFinished'],
    contributes: { commands: [command] },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const html =
    '<!DOCTYPE html><title>Empty</title><div class="picture" style="overflow:auto;height:400px"><p class="view mark" style="width:80000px;height:900px">Empty</p></div>';
  await writeFile(
    join(folder, 'empty.cjs'),
    `const { commands, window } = require('vscode');
    exports.activate = () => commands.registerCommand('empty.show', () => {
      const panel = window.createWebviewPanel('empty', 'Empty', 1, { enableScripts: true });
      panel.webview.html = ${JSON.stringify(html)};
    });`,
  );
}

/** From the key that runs a command to the first thing on its page, which is left open. */
async function keyToPage(workbench: Workbench, title: string, first: string): Promise<number> {
  const { page, quickInput } = workbench;
  await until(
    async () => {
      if (!(await quickInput.box.isVisible())) await page.keyboard.press('F1');
      const typed = quickInput.input.fill(`>${title}`, { timeout: 3_000 });
      const found = typed.then(() => quickInput.row(title).waitFor({ timeout: 4_000 }));
      const isFound = await found.then(
        () => true,
        () => false,
      );
      // An open box does not look again at what may be run.
      if (!isFound) await page.keyboard.press('Escape');
      return isFound;
    },
    (isThere) => isThere,
  );
  const from = performance.now();
  await page.keyboard.press('Enter');
  await workbench.webview().locator(first).first().waitFor();
  return performance.now() - from;
}

async function closeAll(workbench: Workbench): Promise<void> {
  await workbench.runCommand('View: Close All Editors');
  await workbench.page.locator('iframe.webview').first().waitFor({ state: 'detached' });
}

type Frames = Readonly<Record<keyof typeof uses, readonly number[]>>;

async function framesOf(workbench: Workbench): Promise<Frames> {
  return workbench.webview().locator('.picture').evaluate<Frames, unknown>(useIt);
}

/** A long day as a person looks at it: the timeline in the real window, beside a page on which next to nothing stands. */
export async function timeline(): Promise<readonly Figure[]> {
  const { extension } = await staged();
  const folder = await temporaryFolder('folder');
  await writeFile(join(folder, 'README.md'), '# A small project\n');
  const beside = await temporaryFolder('empty');
  await makeEmptyPage(beside);
  const server = await startServer({ linked: [extension, beside] });
  const browser = await openBrowser();
  try {
    await browser.context.addInitScript(watchFrames);
    const workbench = await Workbench.open(server, await browser.newPage(), folder);
    await workbench.openContainer();
    const [file = ''] = await until(
      () => journalsOf(server.userData),
      (files) => files.length > 0,
    );
    const globalStorage = { fsPath: join(server.userData, 'User/globalStorage/lockkeeper.lockkeeper') };
    await fill(placesIn(dirname(file), globalStorage as Uri));
    await workbench.tree('TODO').collapseView();
    const own: number[] = [];
    const empty: number[] = [];
    for (let n = 0; n < opens; n += 1) {
      own.push(await keyToPage(workbench, 'Lockkeeper: Show the Timeline', whole));
      await closeAll(workbench);
      empty.push(await keyToPage(workbench, 'Show an Empty Page', '.view.mark'));
      await closeAll(workbench);
    }
    await keyToPage(workbench, 'Lockkeeper: Show the Timeline', whole);
    const ours = await framesOf(workbench);
    await closeAll(workbench);
    await keyToPage(workbench, 'Show an Empty Page', '.view.mark');
    const floor = await framesOf(workbench);
    const said = (all: readonly number[]): string => `${ms(median(all))} / ${ms(Math.max(...all))}`;
    return [
      {
        what: `a timeline of ${count(marks)} events in the window, from the key to its picture`,
        ours: `${ms(median(own))} (${Math.min(...own).toFixed(0)}–${Math.max(...own).toFixed(0)})`,
        floor: `${ms(median(empty))} an empty page`,
        target: `≤ ${mostToOpen} ms`,
        holds: median(own) <= mostToOpen,
      },
      ...(Object.keys(uses) as (keyof typeof uses)[]).map((use) => ({
        what: `its frames while it ${uses[use]}: median / longest`,
        ours: said(ours[use]),
        floor: `${said(floor[use])} an empty page`,
        target: `longest ≤ ${mostFrame} ms`,
        holds: Math.max(...ours[use]) <= mostFrame,
      })),
    ];
  } finally {
    await browser.close();
    await server.stop();
    await removeFolder(folder);
    await removeFolder(beside);
  }
}
