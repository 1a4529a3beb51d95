import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { descendants } from '../rig/processes.ts';
import { until } from '../rig/until.ts';

/** The environment of a process that runs, from the system. Linux alone tells it. */
export async function environmentOf(pid: number): Promise<Record<string, string>> {
  const text = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  return Object.fromEntries(
    text.split('\0').map((entry) => {
      const [name = '', ...value] = entry.split('=');
      return [name, value.join('=')];
    }),
  );
}

/** The token in the environment of the workers below a process, with the ids of the processes that have it. */
export function tokensBelow(pid: number): Promise<ReadonlyMap<string, readonly number[]>> {
  return valuesBelow(pid, 'LOCKKEEPER_TOKEN');
}

/** What a variable is in the environments below a process, with the ids of the processes that have it. */
export async function valuesBelow(
  pid: number,
  name: string,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, number[]>();
  for (const process of descendants(pid)) {
    const value = (await environmentOf(process.pid))[name];
    if (value !== undefined) found.set(value, [...(found.get(value) ?? []), process.pid]);
  }
  return found;
}

/** An editor at work removes folders while they are read; then it is read again. */
async function entriesBelow(folder: string): Promise<readonly Dirent[]> {
  const read = (): Promise<readonly Dirent[] | undefined> =>
    readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  return (await until(read, (entries) => entries !== undefined)) ?? [];
}

/** Every place where the word stands: files below the folders, and argument lists of all processes. */
export async function placesOf(word: string, folders: readonly string[]): Promise<readonly string[]> {
  const places: string[] = [];
  for (const folder of folders) {
    for (const entry of await entriesBelow(folder)) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const content = await readFile(file).catch(() => Buffer.alloc(0));
      if (content.includes(word) || content.includes(Buffer.from(word, 'utf16le'))) places.push(file);
    }
  }
  for (const { pid, command } of descendants(1)) {
    if (command.includes(word)) places.push(`argv of ${pid}`);
  }
  return places;
}
