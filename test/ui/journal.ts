import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { reading } from '../rig/reading.ts';

/** Every journal below a server's user data. One folder has one, whatever number of windows is open on it. */
export async function journalsOf(userData: string): Promise<readonly string[]> {
  const storage = join(userData, 'User', 'workspaceStorage');
  if (!existsSync(storage)) return [];
  const folders = await readdir(storage);
  return folders
    .map((name) => join(storage, name, 'lockkeeper.lockkeeper', 'journal.db'))
    .filter((file) => existsSync(file));
}

/** The port that the lease of the one journal remembers. */
export async function portOf(userData: string): Promise<number> {
  return Number((await leaseOf(userData))?.['port'] ?? 0);
}

/** The process that serves the agents' door of the one journal, by its lease. */
export async function servedBy(userData: string): Promise<number | undefined> {
  const pid = (await leaseOf(userData))?.['pid'];
  return pid === undefined ? undefined : Number(pid);
}

async function leaseOf(userData: string): Promise<Record<string, unknown> | undefined> {
  const [file] = await journalsOf(userData);
  if (file === undefined) return undefined;
  return readingNow(file, (db) => db.prepare('SELECT pid, port FROM lease').get());
}

/** The events of the one journal, as lines `type body`; hashes of tokens and times are left out. */
export async function journalOf(userData: string): Promise<readonly string[]> {
  const files = await journalsOf(userData);
  if (files.length > 1) throw new Error(`There are ${files.length} journals where one folder is open.`);
  const [file] = files;
  if (file === undefined) return [];
  const rows = readingNow(file, (db) => db.prepare('SELECT actor, type, body FROM event ORDER BY seq').all());
  return (rows ?? []).map(
    ({ actor, type, body }) => `${String(type)} ${String(actor)} ${plain(String(body))}`,
  );
}

/** Nothing while the file is made, moved or recovered: who waits for what it says asks again. */
function readingNow<T>(file: string, look: (db: DatabaseSync) => T): T | undefined {
  try {
    return reading(file, look);
  } catch (error) {
    if (/no such table|unable to open|is locked/.test(String(error))) return undefined;
    throw error;
  }
}

/** A commit holds the time it was made at; what was shown holds where it stood. */
const differs = new Set(['tokenHash', 'expires', 'lastContact', 'commit', 'shown', 'tree']);

function plain(body: string): string {
  return JSON.stringify(JSON.parse(body), (key, value: unknown) =>
    differs.has(key) ? undefined : value,
  ).replaceAll(/duration_ms [\d.]+/g, 'duration_ms');
}
