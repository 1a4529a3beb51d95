import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type * as z from 'zod/mini';

/** Where what Lockkeeper knows of a repository lies: in the common git folder. */
export function recordFolder(commonDir: string): string {
  return join(commonDir, 'lockkeeper');
}

/** On the disk when it resolves: whoever comes after a crash finds the whole of it, or what was before. */
export async function writeWhole(file: string, value: object): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(`${file}.new`, 'w');
  try {
    await handle.writeFile(JSON.stringify(value));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

/** Every record with that ending that can be read, by name. What is not one of ours is left alone. */
export async function readWhole<S extends z.ZodMiniType>(
  commonDir: string,
  ending: string,
  schema: S,
): Promise<readonly z.output<S>[]> {
  const folder = recordFolder(commonDir);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(ending)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
  return texts.flatMap((text) => {
    try {
      const read = schema.safeParse(JSON.parse(text));
      return read.success ? [read.data] : [];
    } catch {
      return [];
    }
  });
}

/** What stood there for one journal stands there for another: its history has moved. Call it inside `oneWriter`. */
export async function changeOwner(commonDir: string, from: string, to: string): Promise<void> {
  const folder = recordFolder(commonDir);
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/\.(?:json|base|landing)$/.test(name)) continue;
    const text = await readFile(join(folder, name), 'utf8');
    if (!text.includes(`"owner":${JSON.stringify(from)}`)) continue;
    await writeWhole(join(folder, name), { ...(JSON.parse(text) as object), owner: to });
  }
}
