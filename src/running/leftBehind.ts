import { readdir, readFile } from 'node:fs/promises';

/**
 * The processes whose environment holds this entry: those of a run that left its group. Linux alone tells; elsewhere
 * none is found.
 */
export async function leftBehind(entry: string): Promise<readonly number[]> {
  if (process.platform !== 'linux') return [];
  const names = await readdir('/proc').catch(() => []);
  const found = names
    .filter((name) => /^\d+$/.test(name))
    .map(async (name) => {
      const environment = await readFile(`/proc/${name}/environ`).catch(() => Buffer.alloc(0));
      return environment.toString('latin1').split('\0').includes(entry) ? [Number(name)] : [];
    });
  return (await Promise.all(found)).flat();
}
