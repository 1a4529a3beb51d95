import { lstat, readFile, readlink, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { readGit, writeGit } from './git.ts';
import { withIndex } from './merging.ts';

/** Files that go from what they are in one tree to what they are in another; null is the empty one. */
export interface Paths {
  readonly top: string;
  readonly paths: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
}

const aFolder = 'a folder';

/** What a tree holds at some paths, by hash. */
export async function blobsIn(
  top: string,
  tree: string | null,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (tree === null || paths.length === 0) return new Map();
  const answer = await readGit(top, ['ls-tree', '-r', '-z', '--full-tree', tree]);
  const wanted = new Set(paths);
  const lines = answer.ok ? answer.text.split('\0') : [];
  return new Map(
    lines.flatMap((line) => {
      const [facts = '', path = ''] = [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)];
      const [, kind = '', hash = ''] = facts.split(' ');
      // A submodule is a folder on the disk, whatever it stands at.
      return wanted.has(path) ? [[path, kind === 'commit' ? aFolder : hash] as const] : [];
    }),
  );
}

/** What git would store for each file as it stands; none for what is not there. */
export async function blobsOnDisk(
  top: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const plain: string[] = [];
  for (const path of paths) {
    const file = join(top, ...path.split('/'));
    const stat = await lstat(file).catch(() => undefined);
    if (stat?.isSymbolicLink()) {
      const answer = await readGit(top, ['hash-object', '--stdin'], { input: await readlink(file) });
      if (answer.ok) found.set(path, answer.text.trim());
    } else if (stat?.isFile()) {
      if (!path.includes('\n')) plain.push(path);
    } else if (stat) found.set(path, aFolder);
  }
  if (plain.length > 0) {
    const input = plain.map((path) => `${path}\n`).join('');
    const answer = await readGit(top, ['hash-object', '--stdin-paths'], { input });
    const hashes = answer.ok ? answer.text.split('\n') : [];
    for (const [at, path] of plain.entries()) found.set(path, hashes[at] ?? '');
  }
  return found;
}

/**
 * Puts files from one tree to another; those that are neither stay, and are named, unless `even` they go. Of `ours` one
 * that is cut short goes too.
 */
export async function restoreFiles(
  { top, paths, from, to }: Paths,
  even: boolean,
  ours: readonly string[] = [],
): Promise<Refusal | undefined> {
  const [before, after, now] = await Promise.all([
    blobsIn(top, from, paths),
    blobsIn(top, to, paths),
    blobsOnDisk(top, paths),
  ]);
  const isAt = (path: string, at: ReadonlyMap<string, string>): boolean => at.get(path) === now.get(path);
  const strangers: string[] = [];
  for (const path of even ? [] : paths.filter((one) => !isAt(one, before) && !isAt(one, after)))
    if (!ours.includes(path) || !(await isTorn(top, path, [from, to]))) strangers.push(path);
  const moving = paths.filter((path) => !strangers.includes(path) && (even || !isAt(path, after)));
  for (const path of moving.filter((one) => !after.has(one))) {
    await rm(join(top, ...path.split('/')), { force: true });
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      const gone = await rmdir(join(top, folder)).then(
        () => true,
        () => false,
      );
      if (!gone) break;
    }
  }
  const written = moving.filter((path) => after.has(path));
  if (to !== null && written.length > 0) {
    const answer = await withIndex(async (index) => {
      const read = await writeGit(top, ['read-tree', to], { index });
      if (!read.ok) return read;
      const input = written.map((path) => `${path}\0`).join('');
      return writeGit(top, ['checkout-index', '--force', '-z', '--stdin'], { index, input });
    });
    if (!answer.ok) return answer.refusal;
  }
  if (strangers.length === 0) return undefined;
  return refusal(
    'changed-since',
    `${strangers.slice(0, 3).join(', ')}${strangers.length > 3 ? ` and ${strangers.length - 3} more` : ''} changed meanwhile and stays as it is.`,
    'Look at git diff, and take back what should not be there.',
  );
}

/** Whether a file is the beginning of what git puts there, and no more: git leaves it so where the disk is full. */
async function isTorn(top: string, path: string, trees: readonly (string | null)[]): Promise<boolean> {
  const held = await readFile(join(top, ...path.split('/')), 'latin1').catch(() => undefined);
  if (held === undefined) return false;
  for (const tree of trees) {
    if (tree === null) continue;
    const whole = await readGit(top, ['cat-file', '--filters', `${tree}:${path}`], { isBytes: true });
    if (whole.ok && whole.text.startsWith(held)) return true;
  }
  return false;
}
