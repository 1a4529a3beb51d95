import { mkdir, writeFile } from 'node:fs/promises';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { DiskWrites } from '../../src/files/writes.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import type { Figure } from './figure.ts';
import { median, ms } from './numbers.ts';

const files = 2_000;
const rounds = 20;

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
  ];
}
