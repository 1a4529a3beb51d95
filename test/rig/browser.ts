import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, type Page, chromium } from 'playwright-core';
import { browserFolder } from './places.ts';
import { descendants, signal } from './processes.ts';
import { removeFolder, temporaryFolder } from './temporary.ts';

/** One browser with one profile: what one person has. Every page is a tab on the same storage. */
export interface Browser {
  readonly context: BrowserContext;
  newPage(): Promise<Page>;
  /** Leaves every page first, so that no extension host outlives its tab. */
  close(): Promise<void>;
  /** Ends the browser's processes as a crash would; the server is not told. */
  kill(): Promise<void>;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

const ownEnvironment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

/** Libraries and fonts come from the package only where the machine has none. */
function environmentFor(executable: string, folder: string): Record<string, string> {
  const env = ownEnvironment();
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(folder, 'fonts');
  const alone = spawnSync(executable, ['--version'], { encoding: 'utf8' });
  if (alone.status !== 0) env.LD_LIBRARY_PATH = join(folder, 'al2023/lib');
  return env;
}

/** LOCKKEEPER_BROWSER, else the Chromium from npm, else an installed Chrome. */
function executable(): { executablePath: string; env?: Record<string, string> } | { channel: string } {
  const chosen = process.env.LOCKKEEPER_BROWSER;
  if (chosen !== undefined) return { executablePath: chosen };
  const folder = browserFolder();
  if (folder === undefined) return { channel: 'chrome' };
  const executablePath = join(folder, 'chromium');
  return { executablePath, env: environmentFor(executablePath, folder) };
}

/** Of a profile, what holds the workbench's own files, and those compiled: no person's data is in it. */
const caches = ['Cache', 'Code Cache'];
let kept: string | undefined;

/** The next browser of this process goes on with these: to compile the workbench is half the work of a start. */
async function keepCaches(profile: string): Promise<void> {
  if (kept === undefined) {
    const folder = await temporaryFolder('caches');
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    kept = folder;
  }
  await moveCaches(join(profile, 'Default'), kept);
}

async function moveCaches(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of caches)
    // One that is not there, or is there already: the browser makes its own.
    await rename(join(from, name), join(to, name)).catch(() => undefined);
}

export interface BrowserOptions {
  /** Keep the profile here, to come back to it; else a temporary folder. */
  readonly profile?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export async function openBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const profile = options.profile ?? (await temporaryFolder('browser'));
  const isOurs = options.profile === undefined;
  if (isOurs && kept !== undefined) await moveCaches(kept, join(profile, 'Default'));
  const context = await chromium.launchPersistentContext(profile, {
    ...executable(),
    args: flags,
    headless: true,
    viewport: options.viewport ?? { width: 1280, height: 800 },
    locale: 'en-US',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(45_000);
  // The server is on this machine: to pack what it sends costs more than to send it.
  await context.setExtraHTTPHeaders({ 'accept-encoding': 'identity' });
  const forget = async () => {
    if (isOurs) await removeFolder(profile);
  };
  return {
    context,
    newPage: async () => {
      const unused = context.pages().find((page) => page.url() === 'about:blank');
      return unused ?? (await context.newPage());
    },
    close: async () => {
      for (const page of context.pages()) await page.goto('about:blank').catch(() => undefined);
      await context.close();
      if (isOurs) await keepCaches(profile);
      await forget();
    },
    kill: async () => {
      const gone = new Promise<void>((resolve) => context.once('close', () => resolve()));
      const own = descendants(process.pid).filter(({ command }) =>
        command.includes(`--user-data-dir=${profile}`),
      );
      if (own.length === 0) throw new Error('This browser has no process.');
      for (const { pid } of own) signal(pid, 'SIGKILL');
      await gone;
      await forget();
    },
  };
}
