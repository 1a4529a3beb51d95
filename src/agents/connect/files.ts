import { randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileChange } from './changes.ts';

/** A file's text; undefined where there is none. */
export async function textAt(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What comes of looking into files, each of which is read when it is first looked into. */
export async function withTexts<T>(made: (look: (path: string) => string | undefined) => T): Promise<T> {
  const texts = new Map<string, string | undefined>();
  const look = (path: string): string | undefined => {
    if (!texts.has(path)) throw new Unread(path);
    return texts.get(path);
  };
  for (;;) {
    try {
      return made(look);
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      texts.set(error.path, await textAt(error.path));
    }
  }
}

class Unread extends Error {
  readonly path: string;

  constructor(path: string) {
    super(path);
    this.path = path;
  }
}

/**
 * Writes all of it or nothing, each file whole or not at all. Gives the path of the first file that is not what it was,
 * or rejects with what went wrong; either way nothing is changed then. A folder that a file leaves empty goes with it,
 * up to those that are kept.
 */
export async function writeAll(
  changes: readonly FileChange[],
  kept: readonly string[],
): Promise<string | undefined> {
  for (const { path, before } of changes) if ((await textAt(path)) !== before) return path;
  const done: FileChange[] = [];
  try {
    for (const change of changes) {
      await write(change.path, change.after, kept);
      done.push(change);
    }
  } catch (error) {
    for (const { path, before } of done.reverse()) await write(path, before, kept);
    throw error;
  }
  return undefined;
}

async function write(path: string, text: string | undefined, kept: readonly string[]): Promise<void> {
  if (text === undefined) {
    await rm(path, { force: true });
    try {
      for (let up = dirname(path); up !== dirname(up) && !kept.includes(up); up = dirname(up))
        await rmdir(up);
    } catch {
      // Something else is in it.
    }
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  // What is written is the file that a link leads to: people keep their settings elsewhere.
  const place = await realpath(path).catch(() => path);
  const beside = join(dirname(place), `.${randomUUID()}.new`);
  const mode = await stat(place).then(
    (found) => found.mode,
    () => undefined,
  );
  try {
    await writeFile(beside, text, { flush: true, ...(mode === undefined ? {} : { mode }) });
    await rename(beside, place);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
