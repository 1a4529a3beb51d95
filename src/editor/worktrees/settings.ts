import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { SettingId } from '../ids.ts';
import { openFolders } from '../openFolders.ts';
import { environment } from '../terminals.ts';

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
    mode: setting('lockkeeper.worktree.mode') === 'worktree' ? 'worktree' : 'shared',
    uncommitted: uncommitted === 'carry' || uncommitted === 'refuse' ? uncommitted : 'ask',
    link: texts(setting('lockkeeper.worktree.link')),
    setup: texts(setting('lockkeeper.worktree.setup')),
    setupMilliseconds: 60_000 * (typeof minutes === 'number' && minutes >= 1 ? Math.min(minutes, 120) : 10),
    approved: setting('lockkeeper.approval.commit') === 'stage' ? 'stage' : 'commit',
    env: environment(),
  };
}

/** Whether every folder that is open lies in a repository, and dispatches from it get worktrees. */
export function hasWorktrees(): boolean {
  return (
    worktreeSettings().mode === 'worktree' && openFolders().every(({ fsPath }) => isInRepository(fsPath))
  );
}

function isInRepository(folder: string): boolean {
  return existsSync(join(folder, '.git')) || (dirname(folder) !== folder && isInRepository(dirname(folder)));
}

function setting(id: SettingId): unknown {
  return vscode.workspace.getConfiguration().get(id);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((one): one is string => typeof one === 'string' && one !== '')
    : [];
}
