import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that are looked at for one question. */
const most = 20_000;
const passedOver = new Set(['.git', 'node_modules']);

/**
 * The other absolute paths below these folders that are the same file: hard links. Whoever writes one writes them all.
 * Undefined where there are more files than can be looked at, and one of them may be such a path.
 */
export async function otherNames(
  path: string,
  folders: readonly string[],
): Promise<readonly string[] | undefined> {
  const own = await stat(path, { bigint: true }).catch(() => undefined);
  if (!own?.isFile() || own.nlink < 2n) return [];
  const found: string[] = [];
  const left = [...folders];
  let looked = 0;
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const place = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!passedOver.has(entry.name)) left.push(place);
        continue;
      }
      if (!entry.isFile()) continue;
      if ((looked += 1) > most) return undefined;
      const other = await lstat(place, { bigint: true }).catch(() => undefined);
      if (other?.ino === own.ino && other.dev === own.dev && place !== path) found.push(place);
    }
  }
  return found;
}
