import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { OutsideScope } from '../../src/editor/ownership/outsideScope.ts';
import { DiskWrites } from '../../src/files/writes.ts';
import { touchedIn } from '../../src/git/touched.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { addWorker, packet } from '../unit/core/drafts.ts';
import { History, user } from '../unit/core/history.ts';
import type { Figure } from './figure.ts';
import { median, ms, times } from './numbers.ts';

const files = 2_000;
const rounds = 20;

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.invalid', ...args], {
    cwd: folder,
    encoding: 'utf8',
  }).trim();

/** From a write in a worktree, outside the SCOPE of who works there, to the row of it; git is what tells. */
async function apart(): Promise<Figure> {
  const folder = await temporaryFolder('apart');
  const noticed = new Set<string>();
  await mkdir(join(folder, 'docs'));
  for (let n = 0; n < files; n += 1) await writeFile(join(folder, 'docs', `${n}.md`), '');
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'chore: begin');
  const ground = { path: folder, base: git(folder, 'rev-parse', 'HEAD'), index: join(folder, '.git/own') };
  await copyFile(join(folder, '.git/index'), ground.index);
  const history = new History();
  history.does(user, { type: 'start', objective: 'A gate', constraints: [], mode: 'orchestrator-first' });
  history.does(user, addWorker('web', 'code'));
  history.does(user, { type: 'add-todo', packet: packet('Add the sluice'), role: 'code' });
  history.does(user, { type: 'dispatch', worker: 1 });
  const outside = new OutsideScope({
    state: () => history.state,
    workspace: () => history.workspace,
    touched: async () => (await touchedIn(ground))?.map((path) => ({ name: path, path })),
    changed: () => outside.of(1).forEach(({ path }) => noticed.add(path)),
  });
  const took: number[] = [];
  const floor = median(times(5, () => git(folder, 'status', '--porcelain')));
  try {
    for (let round = 0; round < rounds; round += 1) {
      const name = `docs/${round * 7}.md`;
      const begun = performance.now();
      await writeFile(join(folder, name), 'x');
      while (!noticed.has(name)) await new Promise((resolve) => setTimeout(resolve, 1));
      took.push(performance.now() - begun);
    }
  } finally {
    outside.dispose();
    await removeFolder(folder);
  }
  const slowest = Math.max(...took);
  return {
    what: `a write outside its SCOPE in a worktree of ${files} files, seen, slowest of ${rounds}`,
    ours: ms(slowest),
    floor: `${ms(floor)}, git status`,
    target: '≤ 2 s',
    holds: slowest <= 2_000,
  };
}

/** From a write in a live area to the notice of it, by looking alone; the floor is what the system itself tells. */
export async function disk(): Promise<readonly Figure[]> {
  const folder = await temporaryFolder('disk');
  const noticed = new Set<string>();
  await mkdir(join(folder, 'src'));
  for (let n = 0; n < files; n += 1) await writeFile(join(folder, 'src', `${n}.ts`), '');
  const heard = new Set<string>();
  const watcher = watch(join(folder, 'src'), (_, name) => heard.add(`src/${name}`));
  const writes = new DiskWrites({
    folders: () => [{ name: 'disk', fsPath: folder }],
    entries: () => ['src/**'],
    standing: () => 'worker',
    noticed: ({ name }) => noticed.add(name),
  });
  const took: number[] = [];
  const floor: number[] = [];
  try {
    // The first look takes what is there for what was handed out.
    await until(
      () => writeFile(join(folder, 'src', `begin-${Math.random()}`), '').then(() => noticed.size),
      (count) => count > 0,
    );
    for (let round = 0; round < rounds; round += 1) {
      const name = `src/${round * 7}.ts`;
      const begun = performance.now();
      await writeFile(join(folder, name), 'x'.repeat(round + 1));
      const waits = async (seen: ReadonlySet<string>, into: number[]): Promise<void> => {
        while (!seen.has(name)) await new Promise((resolve) => setTimeout(resolve, 1));
        into.push(performance.now() - begun);
      };
      await Promise.all([waits(noticed, took), waits(heard, floor)]);
    }
  } finally {
    watcher.close();
    writes.dispose();
    await removeFolder(folder);
  }
  const slowest = Math.max(...took);
  return [
    {
      what: `a write in a live scope of ${files} files, noticed without a watcher, slowest of ${rounds}`,
      ours: ms(slowest),
      floor: `${ms(median(floor))}, a watcher`,
      target: '≤ 2 s',
      holds: slowest <= 2_000,
    },
    await apart(),
  ];
}
