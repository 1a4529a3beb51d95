import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { environment } from '../../running/environment.ts';
import { openFolders } from '../openFolders.ts';
import { setting } from '../settings.ts';

/** What the person set for worktrees. A setting is whatever somebody wrote; what it cannot be counts as not set. */
export interface WorktreeSettings {
  readonly mode: 'worktree' | 'shared';
  readonly uncommitted: 'ask' | 'carry' | 'refuse';
  readonly link: readonly string[];
  readonly setup: readonly string[];
  readonly setupMilliseconds: number;
  /** What becomes of an approved change on the person's branch. */
  readonly approved: 'commit' | 'stage';
  /** The environment of the setup. */
  readonly env: Readonly<Record<string, string>>;
}

export function worktreeSettings(): WorktreeSettings {
  const uncommitted = setting('lockkeeper.worktree.uncommitted');
  const minutes = setting('lockkeeper.worktree.setupMinutes');
  return {
    mode: mode(),
    uncommitted: uncommitted === 'carry' || uncommitted === 'refuse' ? uncommitted : 'ask',
    link: texts(setting('lockkeeper.worktree.link')),
    setup: texts(setting('lockkeeper.worktree.setup')),
    setupMilliseconds: 60_000 * (typeof minutes === 'number' && minutes >= 1 ? Math.min(minutes, 120) : 10),
    approved: setting('lockkeeper.approval.commit') === 'stage' ? 'stage' : 'commit',
    env: environment(),
  };
}

/**
 * Whether every folder that is open lies in a repository with a commit, and dispatches from it get worktrees. It is
 * asked with every command, so git is not; what git says against it a dispatch finds out.
 */
export function hasWorktrees(): boolean {
  return mode() === 'worktree' && openFolders().every(({ fsPath }) => isInRepository(fsPath));
}

function isInRepository(folder: string): boolean {
  const git = join(folder, '.git');
  if (existsSync(git)) return hasCommit(git);
  return dirname(folder) !== folder && isInRepository(dirname(folder));
}

/** By the files of the git folder, or of the one that this file names. */
function hasCommit(git: string): boolean {
  try {
    const isFile = statSync(git).isFile();
    const own = isFile
      ? resolve(
          git,
          '..',
          readFileSync(git, 'utf8')
            .replace(/^gitdir: /, '')
            .trim(),
        )
      : git;
    const shared = join(own, 'commondir');
    const common = existsSync(shared) ? resolve(own, readFileSync(shared, 'utf8').trim()) : own;
    const branch = /^ref: (.+)\n$/.exec(readFileSync(join(own, 'HEAD'), 'utf8'))?.[1];
    if (branch === undefined || existsSync(join(common, branch)) || existsSync(join(common, 'reftable')))
      return true;
    return readFileSync(join(common, 'packed-refs'), 'utf8').includes(` ${branch}\n`);
  } catch {
    return false;
  }
}

function mode(): WorktreeSettings['mode'] {
  return setting('lockkeeper.worktree.mode') === 'shared' ? 'shared' : 'worktree';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((one): one is string => typeof one === 'string' && one !== '')
    : [];
}
