import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { readGit } from './git.ts';
import type { Repository } from './repository.ts';

/**
 * The folder for a repository's worktrees: `<repo>.worktrees` beside it, or one below `fallback` where that
 * cannot be written, or lies inside an open folder or another repository, whose watchers and status would see it.
 */
export async function worktreesFolder(
  { top, commonDir }: Repository,
  open: readonly string[],
  fallback: string,
): Promise<string> {
  const parent = dirname(top);
  const beside = `${top}.worktrees`;
  if (parent !== top && !open.some((folder) => isBelow(folder, beside)) && (await mayMake(beside))) {
    const inside = await readGit(parent, ['rev-parse', '--is-inside-work-tree']);
    if (!inside.ok || inside.text.trim() !== 'true') return beside;
  }
  const mark = createHash('sha256').update(commonDir).digest('hex').slice(0, 8);
  return join(await nearestReal(fallback), `${basename(top)}-${mark}`);
}

async function mayMake(folder: string): Promise<boolean> {
  const writable = (path: string): Promise<void> => access(path, constants.W_OK | constants.X_OK);
  return writable(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' &&
      writable(dirname(folder)).then(
        () => true,
        () => false,
      ),
  );
}

/** A path whose deepest existing folder is made real: git writes down the real one. */
async function nearestReal(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  if (real !== undefined || dirname(path) === path) return real ?? path;
  return join(await nearestReal(dirname(path)), basename(path));
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && way !== path;
}
