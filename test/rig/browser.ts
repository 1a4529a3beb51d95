import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { browserFolder } from './places.ts';

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

/** Libraries and fonts come from the package only where the machine has none. */
function environmentFor(executable: string, folder: string): Record<string, string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(folder, 'fonts');
  const alone = spawnSync(executable, ['--version'], { encoding: 'utf8' });
  if (alone.status !== 0) env.LD_LIBRARY_PATH = join(folder, 'al2023/lib');
  return env;
}

/** A headless Chromium: LOCKKEEPER_BROWSER, else the one from npm, else an installed Chrome. */
export async function launchBrowser(): Promise<Browser> {
  const chosen = process.env.LOCKKEEPER_BROWSER;
  if (chosen !== undefined) return chromium.launch({ executablePath: chosen, args: flags });
  const folder = browserFolder();
  if (folder === undefined) return chromium.launch({ channel: 'chrome', args: flags });
  const executablePath = join(folder, 'chromium');
  return chromium.launch({ executablePath, args: flags, env: environmentFor(executablePath, folder) });
}

export const screen = { width: 1280, height: 800 };

/** One person's browser profile; every page in it is one more tab on the same storage. */
export async function newProfile(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: screen, locale: 'en-US', reducedMotion: 'reduce' });
  context.setDefaultTimeout(30_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return context;
}
