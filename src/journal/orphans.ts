import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Home, readHome } from './home.ts';
import { look } from './look.ts';
import type { Row } from './port.ts';

/** A journal whose folder is not where it was. */
export interface OrphanedFile {
  file: string;
  home: Home;
  /** Whether `mine` has good reason to be the same folder: the file system's number of it, or its name. */
  isLikely: boolean;
}

/**
 * The journals in the storage of the other folders that this installation has had open, where the folder is gone.
 * One that belongs to another machine is among them, as nobody can look there; it is never likely.
 */
export async function orphansBeside(file: string, mine: Home): Promise<OrphanedFile[]> {
  const own = dirname(file);
  const storage = dirname(dirname(own));
  const found: OrphanedFile[] = [];
  for (const name of await readdir(storage).catch(() => [])) {
    const other = join(storage, name, basename(own), basename(file));
    if (other === file || !existsSync(other)) continue;
    const home = readHome(other);
    if (!home || home.path === mine.path) continue;
    const isElsewhere = home.host !== hostname();
    if (!isElsewhere && !(await isGone(home.path))) continue;
    const isSame = home.inode !== '' && home.inode === mine.inode;
    const isLikely = !isElsewhere && (isSame || basename(home.path) === basename(mine.path));
    found.push({ file: other, home, isLikely });
  }
  return found;
}

/** Every event of a journal that is not ours, without changing anything; nothing where it cannot be read whole. */
export async function rowsOf(file: string): Promise<Row[] | undefined> {
  const rows: Row[] = [];
  const found = await look(file, { begin: () => void (rows.length = 0), hear: (row) => void rows.push(row) });
  if (found.kind === 'absent') return [];
  if (found.kind !== 'sound') {
    if (found.kind === 'newer') found.db.close();
    return undefined;
  }
  found.db.close();
  return rows;
}

/** A disk that fails or says no is no folder that is gone. */
async function isGone(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR';
  }
}
