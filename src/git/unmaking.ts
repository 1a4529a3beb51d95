import { lstat, readFile, realpath, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { oneWriter, readGit, writeGit } from './git.ts';
import { stopHiding } from './hiding.ts';
import { unlinkAll } from './links.ts';
import { treeOfAll } from './snapshot.ts';
import {
  baseRef,
  filesOf,
  forget,
  keepWorktree,
  readRecords,
  writeRecord,
  type Processes,
  type WorktreeRecord,
} from './worktreeRecords.ts';

/**
 * Takes a worktree away: links first, then its folder and what git knows of it, what hides in it, the branch
 * where that was made with it and has nothing of its own, and the record last. Gives what is still there.
 */
export function unmake(top: string, commonDir: string, record: WorktreeRecord): Promise<Refusal | undefined> {
  return oneWriter(commonDir, async () => {
    const { path, id, admin, branch, base } = record;
    try {
      await unlinkAll(path, record.links);
      const standing = await standingOf(path, commonDir, admin);
      if (standing === 'another') return left(`${path} is no longer what Lockkeeper made, and stays.`);
      if (standing === 'ours') {
        // What cannot be removed in git's own way is an unfinished one.
        await writeGit(top, ['worktree', 'remove', '--force', '--force', path]);
        await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      }
      await removeAdmin(commonDir, admin, path);
      const shown = await stopHiding(top, { path, commonDir, id, admin });
      if (shown) return shown;
      if (record.newBranch) {
        const ref = `refs/heads/${branch}`;
        const there = await readGit(top, ['rev-parse', '--quiet', '--verify', ref]);
        // One that moved on holds work, and stays.
        if (there.ok && there.text.trim() === base) {
          const dropped = await writeGit(top, ['update-ref', '-d', ref, base]);
          if (!dropped.ok) return dropped.refusal;
        }
      }
      await writeGit(top, ['update-ref', '-d', baseRef(id)]);
      await forget(commonDir, id);
      // A worktree that was to stand again on its branch: the dispatch keeps that branch.
      if (record.state === 'making' && !record.newBranch)
        await writeRecord(commonDir, { ...record, state: 'ready', makers: [] });
      await rmdir(dirname(path)).catch(() => undefined);
      return undefined;
    } catch (error) {
      return left(
        `${path} could not be removed whole: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  });
}

/**
 * What was left half made or half removed by a process that is gone is taken away; gives what would not go. One that
 * waits for its dispatch is kept where `cameAbout` says that the command was accepted, and left where that is unknown.
 */
export async function cleanUp(
  top: string,
  commonDir: string,
  processes: Processes,
  cameAbout: (waiting: WorktreeRecord) => boolean | undefined = () => undefined,
): Promise<{ readonly removed: readonly string[]; readonly left: readonly Refusal[] }> {
  const removed: string[] = [];
  const stays: Refusal[] = [];
  for (const record of await readRecords(commonDir)) {
    if (record.state === 'ready' || record.makers.some((mark) => processes.isAlive(mark))) continue;
    const stands = record.state === 'waiting' ? cameAbout(record) : false;
    // The same command, given again after the window had died, made the one that its worker got.
    const isTwice = (one: WorktreeRecord): boolean =>
      one.state === 'ready' &&
      one.owner === record.owner &&
      one.dispatch === record.dispatch &&
      one.command === record.command;
    if (stands === true && !(await readRecords(commonDir)).some(isTwice)) {
      await keepWorktree(commonDir, record);
      continue;
    }
    if (stands === undefined) continue;
    const why = await unmake(top, commonDir, record);
    if (why) stays.push(why);
    else removed.push(record.path);
  }
  return { removed, left: stays };
}

/** What would be lost with a worktree. */
export interface Unmerged {
  /** Files that are not committed there. */
  readonly files: number;
  /** Commits that stand on no other branch. */
  readonly commits: number;
}

export async function unmergedIn(
  record: WorktreeRecord,
): Promise<{ ok: true; unmerged: Unmerged } | { ok: false; refusal: Refusal }> {
  const { path, branch, base } = record;
  if (!(await lstat(path).catch(() => undefined))) return { ok: true, unmerged: { files: 0, commits: 0 } };
  const status = await readGit(path, [
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=all',
    '--no-renames',
  ]);
  if (!status.ok) return status;
  const others = ['--not', base, `--exclude=${branch}`, '--branches', '--remotes'];
  const commits = await readGit(path, ['rev-list', '--count', 'HEAD', `refs/heads/${branch}`, ...others]);
  if (!commits.ok) return commits;
  const files = status.text.split('\0').length - 1;
  return { ok: true, unmerged: { files, commits: Number(commits.text) } };
}

/**
 * Removes a worktree. With unmerged work only where `even` says that the person was asked and said yes; then
 * what is not committed is lost, and the branch stays.
 */
export async function removeWorktree(
  top: string,
  commonDir: string,
  record: WorktreeRecord,
  processes: Processes,
  even = false,
): Promise<Refusal | undefined> {
  const found = await unmergedIn(record);
  if (!found.ok && !even) return found.refusal;
  const { files, commits } = found.ok ? found.unmerged : { files: 0, commits: 1 };
  if (files + commits > 0 && !even) {
    return refusal(
      'unmerged-work',
      `The worktree ${record.id} holds work that is nowhere else: ${files} files not committed, ${commits} commits on ${record.branch}.`,
      'Merge it, or remove the worktree with the work in it.',
    );
  }
  // Merged as it is, or without a commit of its own, the branch has nothing that another one lacks.
  const head = await readGit(top, ['rev-parse', '--quiet', '--verify', `refs/heads/${record.branch}`]);
  const going: WorktreeRecord = {
    ...record,
    state: 'removing',
    makers: [processes.markOf(process.pid)],
    ...(commits === 0 && head.ok ? { newBranch: true, base: head.text.trim() } : { newBranch: false }),
  };
  await writeRecord(commonDir, going);
  return unmake(top, commonDir, going);
}

/**
 * Removes a worktree whose whole content, `tree`, stands on the person's branch by now; its own branch goes with it.
 * Where it holds anything else it stays.
 */
export async function removeMerged(
  top: string,
  commonDir: string,
  record: WorktreeRecord,
  processes: Processes,
  tree: string,
): Promise<Refusal | undefined> {
  const { path, branch, id } = record;
  const now = await oneWriter(commonDir, () => treeOfAll(path, filesOf(commonDir, id).index));
  if (!now.ok) return now.refusal;
  const on = await readGit(path, ['symbolic-ref', '--quiet', 'HEAD']);
  const head = await readGit(path, ['rev-parse', '--quiet', '--verify', 'HEAD']);
  if (now.hash !== tree) {
    return refusal(
      'unmerged-work',
      `The worktree ${id} has changed since its work was approved, and stays.`,
      'Look at what is new there, then remove it with Lockkeeper: Remove a Worktree.',
    );
  }
  const isOwn = on.ok && head.ok && on.text.trim() === `refs/heads/${branch}`;
  const going: WorktreeRecord = {
    ...record,
    state: 'removing',
    makers: [processes.markOf(process.pid)],
    ...(isOwn ? { newBranch: true, base: head.text.trim() } : { newBranch: false }),
  };
  await writeRecord(commonDir, going);
  return unmake(top, commonDir, going);
}

/** Whether the folder is the worktree we made, or what an interrupted git left of it. */
async function standingOf(
  path: string,
  commonDir: string,
  admin: string,
): Promise<'none' | 'ours' | 'another'> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return 'none';
  if (!found.isDirectory()) return 'another';
  const pointer = await lstat(join(path, '.git')).catch(() => undefined);
  if (!pointer) return 'ours';
  if (!pointer.isFile()) return 'another';
  const text = (await readFile(join(path, '.git'), 'utf8')).replace(/^gitdir: /, '').trim();
  if (text === '') return 'ours';
  const to = resolve(path, text);
  const folder = await realpath(dirname(dirname(to))).catch(() => undefined);
  return folder === commonDir && basename(to) === admin ? 'ours' : 'another';
}

/** What git keeps of a worktree, where a killed git left it half written. */
async function removeAdmin(commonDir: string, admin: string, path: string): Promise<void> {
  const folder = join(commonDir, 'worktrees', admin);
  const points = await readFile(join(folder, 'gitdir'), 'utf8').catch(() => '');
  if (points.trim() !== '' && dirname(points.trim()) !== path) return;
  await rm(folder, { recursive: true, force: true });
  await rmdir(dirname(folder)).catch(() => undefined);
}

function left(sentence: string): Refusal {
  return refusal('worktree-left', sentence, 'Close what uses it; it is tried again at the next start.');
}
