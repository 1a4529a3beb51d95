import { randomUUID } from 'node:crypto';
import { cp, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Uri } from 'vscode';
import { build } from '../../.tools/build.mjs';
import { hashToken, mintToken } from '../../src/agents/credentials.ts';
import { Desk } from '../../src/desk/desk.ts';
import { placesIn } from '../../src/editor/storage.ts';
import { openJournal } from '../../src/journal/sqlite.ts';
import { openBrowser } from '../rig/browser.ts';
import { startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { journalsOf, portOf } from '../ui/journal.ts';
import { staged } from './staged.ts';
import { short, watchTimers } from './timers.ts';
import { makeWitness } from './witness.ts';

/** A window whose agents are idle, with the timers of its extension host on record. */
export interface IdleWindow {
  readonly url: string;
  readonly tokens: readonly string[];
  readonly log: string;
  /** The file of ours that a frame of the stack lies in. */
  readonly placeOf: (frame: string) => string | undefined;
  close(): Promise<void>;
}

/** Where each timer is told. */
async function watchBeside(folder: string): Promise<string> {
  const log = join(folder, 'timers.log');
  await makeWitness(
    folder,
    ['*'],
    `const tell = (line) => require('node:fs').appendFileSync(${JSON.stringify(log)}, line);
    const watch = ${watchTimers.toString()};
    watch(require('node:timers/promises'), tell, ${short});
    require('node:module').syncBuiltinESMExports();
    exports.activate = () => undefined;`,
  );
  return log;
}

/** The extension as it is, but with its sources told apart in what it is built to, and started after its witness. */
async function makeReadable(folder: string): Promise<string> {
  const extension = join(folder, 'extension');
  await cp((await staged()).extension, extension, { recursive: true });
  await build(join(extension, 'dist'), { minify: false });
  const manifest = join(extension, 'package.json');
  const own = JSON.parse(readFileSync(manifest, 'utf8')) as object;
  await writeFile(manifest, JSON.stringify({ ...own, extensionDependencies: ['lockkeeper.witness'] }));
  return extension;
}

export async function openIdleWindow(agents: number): Promise<IdleWindow> {
  const [own, beside, project] = await Promise.all(
    ['readable', 'witness', 'folder'].map((name) => temporaryFolder(name)),
  );
  if (own === undefined || beside === undefined || project === undefined) throw new Error('No folder');
  const extension = await makeReadable(own);
  const log = await watchBeside(beside);
  await writeFile(join(project, 'README.md'), '# A small project\n');
  const server = await startServer({ linked: [extension, beside] });
  const browser = await openBrowser();
  const workbench = await Workbench.open(server, await browser.newPage(), project);
  await workbench.openContainer();
  const [file = ''] = await until(
    () => journalsOf(server.userData),
    (all) => all.length === 1,
  );
  const globalStorage = { fsPath: join(server.userData, 'User/globalStorage/lockkeeper.lockkeeper') };
  const tokens = await addAgents(placesIn(dirname(file), globalStorage as Uri), agents);
  const port = await until(
    () => portOf(server.userData),
    (found) => found > 0,
  );
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    tokens,
    log,
    placeOf: (frame) => sourceOf(extension, frame),
    async close() {
      await browser.close();
      await server.stop();
      for (const folder of [own, beside, project]) await removeFolder(folder);
    },
  };
}

/** Workers whose tokens are known, by one more writer of the journal that the window has open. */
async function addAgents(
  place: { readonly file: string; readonly headFile: string },
  agents: number,
): Promise<readonly string[]> {
  const journal = await openJournal(place);
  const desk = new Desk(journal, Date.now);
  const tokens = Array.from({ length: agents }, () => mintToken());
  const act = async (asked: object): Promise<void> => {
    const reply = await desk.submit({ id: randomUUID(), actor: { seat: 'user' }, act: asked as never });
    if (!reply.ok) throw new Error(reply.refusal.sentence);
  };
  try {
    await act({ type: 'start', objective: 'Be idle', constraints: [], mode: 'orchestrator-first' });
    for (const [n, token] of tokens.entries())
      await act({
        type: 'add-worker',
        name: `w${n + 1}`,
        role: 'any',
        runs: { kind: 'rehearsal' },
        tokenHash: hashToken(token),
        expires: 9e12,
      });
  } finally {
    desk.dispose();
    journal.close();
  }
  return tokens;
}

/** In what esbuild wrote, the comment before each module names its source. */
function sourceOf(extension: string, frame: string): string | undefined {
  const [, name, line] = /\/dist\/([\w.-]+\.js):(\d+)/.exec(frame) ?? [];
  if (name === undefined || !/lockkeeper\.lockkeeper|\/extension\/dist\//.test(frame)) return undefined;
  const above = readFileSync(join(extension, 'dist', name), 'utf8')
    .split('\n')
    .slice(0, Number(line));
  const source = above.findLast((one) => /^\/\/ \S+\.[cm]?[jt]s$/.test(one))?.slice(3);
  return source?.startsWith('src/') ? source.slice('src/'.length) : undefined;
}
