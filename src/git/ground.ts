import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Refusal } from '../contract/refusal.ts';
import type { Ground } from '../running/series.ts';
import { survey, worktreesOf } from './dispatchWorktree.ts';
import { oneWriter, readGit } from './git.ts';
import { rootsOf, type Root } from './mapping.ts';
import { repositoryOf } from './repository.ts';
import { treeOfAll } from './snapshot.ts';
import { filesOf } from './worktreeRecords.ts';

export interface GroundOrder {
  /** The journal that the dispatch stands in. */
  readonly owner: string;
  readonly dispatch: number;
  /** The folders of the workspace. */
  readonly folders: readonly Root[];
  /** The name of the one that its scope begins in. */
  readonly start: string | undefined;
  /** Where an index of ours of a shared folder is kept. */
  readonly index: string;
}

/** Where the VERIFY of a dispatch is run: in its worktree, or in the folder that all share. */
export async function groundOf(order: GroundOrder): Promise<Ground | Refusal> {
  const { owner, dispatch, folders, index } = order;
  const known = await worktreesOf(owner, await survey(folders));
  const own = known.find(({ record }) => record.dispatch === dispatch);
  if (own) {
    const { record, commonDir, mapping } = own;
    const folder = rootsOf(mapping).find(({ name }) => name === order.start)?.fsPath ?? record.path;
    return groundAt(record.path, folder, commonDir, filesOf(commonDir, record.id).index);
  }
  const start = folders.find(({ name }) => name === order.start) ?? folders[0];
  const standing = await repositoryOf(start?.fsPath ?? '');
  if (standing.kind === 'none') return unmeasured(standing.why);
  const { top, commonDir, gitDir } = standing.repository;
  // What git knows of the files already need not be read again.
  await copyFile(join(gitDir, 'index'), index).catch(() => undefined);
  return groundAt(top, start?.fsPath ?? top, commonDir, index);
}

export function groundAt(top: string, folder: string, commonDir: string, index: string): Ground {
  return {
    folder,
    tree: () => oneWriter(commonDir, () => treeOfAll(top, index)),
    changed: async (before, after) => {
      const answer = await readGit(top, ['diff-tree', '-r', '-z', '--name-only', before, after]);
      return answer.ok ? answer.text.split('\0').filter((path) => path !== '') : [];
    },
  };
}

function unmeasured(why: Refusal): Refusal {
  if (why.code !== 'no-repository') return why;
  return {
    code: 'tree-unknown',
    sentence: 'This folder is in no git repository, so nobody can tell on what VERIFY was run.',
    next: 'Make it one with git init, and commit what is there.',
  };
}
