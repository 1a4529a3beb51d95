import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const probed = new Map<string, Promise<boolean>>();

/** Whether `a.ts` and `A.ts` are one file in this folder. Asked of the disk once, by looking; nothing is written. */
export function isCaseBlind(folder: string): Promise<boolean> {
  let known = probed.get(folder);
  if (known === undefined) {
    known = probe(folder);
    probed.set(folder, known);
  }
  return known;
}

async function probe(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch((): string[] => []);
  const telling = entries.find((name) => swapped(name) !== name && !entries.includes(swapped(name)));
  if (telling !== undefined) return isSame(join(folder, telling), join(folder, swapped(telling)));
  const own = basename(folder);
  if (swapped(own) !== own) return isSame(folder, join(dirname(folder), swapped(own)));
  return process.platform === 'win32' || process.platform === 'darwin';
}

/** Letters of the other case, where that is one letter too: `ß` would become two. */
function swapped(name: string): string {
  const other = (letter: string): string => {
    const turned = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
    return turned.length === letter.length ? turned : letter;
  };
  return name.replace(/[a-z]/gi, other);
}

/** Whether two paths lead to one thing that is there. */
export async function isSame(left: string, right: string): Promise<boolean> {
  try {
    const [one, other] = await Promise.all([lstat(left), lstat(right)]);
    return one.ino === other.ino && one.dev === other.dev;
  } catch {
    return false;
  }
}

/** What two spellings of one name have in common: Unicode NFC, and where the disk folds case, one case. */
export function folded(name: string, isBlind: boolean): string {
  const composed = name.normalize('NFC');
  return isBlind ? composed.toUpperCase().toLowerCase() : composed;
}

/** The parts of a path as they are spelled on the disk, as far as they are there; what is new keeps its spelling. */
export async function spelledOnDisk(
  root: string,
  parts: readonly string[],
  isBlind: boolean,
): Promise<readonly string[]> {
  const spelled: string[] = [];
  for (const part of parts) {
    const entries = await readdir(join(root, ...spelled)).catch((): string[] => []);
    const wanted = folded(part, isBlind);
    const found = entries.includes(part) ? part : entries.find((entry) => folded(entry, isBlind) === wanted);
    spelled.push(found ?? part);
  }
  return spelled;
}
