import { lstat, mkdir, realpath, rmdir, stat, symlink, unlink } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { readGit } from './git.ts';

/** A path to link, from the root of the repository, and whether it is a folder. */
export interface Link {
  readonly path: string;
  readonly target: string;
  readonly isFolder: boolean;
}

/**
 * Which of the paths that the person wants linked (from the root of the repository) can be: they are ignored,
 * hold nothing that git tracks, and lie inside the repository in truth. What is not there is left out.
 */
export async function linkable(
  top: string,
  wanted: readonly string[],
): Promise<{ ok: true; links: readonly Link[] } | { ok: false; refusal: Refusal }> {
  const links: Link[] = [];
  for (const one of wanted) {
    const path = posix.normalize(one.replaceAll('\\', '/')).replace(/^\.\/|\/+$/g, '');
    const parts = path.split('/');
    if (path === '' || path === '.' || /^(?:\/|[a-z]:|~)/i.test(path) || parts.includes('..')) {
      return no(one, 'it is no path below the repository');
    }
    if (parts.some((part) => part.toLowerCase() === '.git')) return no(one, 'it is git’s own');
    const source = join(top, ...parts);
    const found = await stat(source).catch(() => undefined);
    if (!found) continue;
    const target = await realpath(source);
    const way = relative(top, target);
    if (way === '' || way.startsWith(`..${sep}`) || way === '..') {
      return no(one, 'it leads out of the repository');
    }
    // What git tracks, or tracks something in, it does not ignore.
    const ignored = await readGit(top, ['check-ignore', '--quiet', '-z', '--stdin'], { input: `${path}\0` });
    if (!ignored.ok && ignored.code !== 1) return ignored;
    if (!ignored.ok) return no(one, 'git does not ignore it');
    links.push({ path, target, isFolder: found.isDirectory() });
  }
  return { ok: true, links };
}

function no(path: string, why: string): { ok: false; refusal: Refusal } {
  return {
    ok: false,
    refusal: refusal(
      'not-linkable',
      `${path} cannot be linked into a worktree: ${why}.`,
      'Take it out of lockkeeper.worktree.link, or add it to .gitignore.',
    ),
  };
}

/** Makes the links; a junction on Windows, which needs no right of its own. What stands there already stays. */
export async function makeLinks(worktree: string, links: readonly Link[]): Promise<Refusal | undefined> {
  for (const { path, target, isFolder } of links) {
    const at = join(worktree, ...path.split('/'));
    if (await lstat(at).catch(() => undefined)) continue;
    try {
      await mkdir(dirname(at), { recursive: true });
      await symlink(target, at, isFolder ? 'junction' : 'file');
    } catch (error) {
      return refusal(
        'not-linkable',
        `${path} could not be linked into the worktree: ${error instanceof Error ? error.message : ''}`,
        'Take it out of lockkeeper.worktree.link, or let lockkeeper.worktree.setup make it.',
      );
    }
  }
  return undefined;
}

/** Takes the links away before anything removes the worktree, so that nothing follows them. */
export async function unlinkAll(worktree: string, links: readonly string[]): Promise<void> {
  for (const path of links) {
    const at = join(worktree, ...path.split('/'));
    if (!(await lstat(at).catch(() => undefined))?.isSymbolicLink()) continue;
    await unlink(at).catch(() => rmdir(at));
  }
}
