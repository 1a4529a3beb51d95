import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { refusal, type Refusal } from '../contract/refusal.ts';
import type { FreshGround } from '../running/series.ts';
import { oneWriter } from './git.ts';
import { groundAt } from './ground.ts';
import { commitOf } from './snapshot.ts';
import { unmake } from './unmaking.ts';
import { filesOf } from './worktreeRecords.ts';
import { makeWorktree, type WorktreeOrder } from './worktrees.ts';

type FreshOrder = Pick<
  WorktreeOrder,
  'repository' | 'owner' | 'todo' | 'fallback' | 'open' | 'processes' | 'signal'
> & {
  /** The change by the tree that it was measured as, and what it makes of the person's branch. */
  readonly change: string;
  readonly merged: string;
  /** Ignored paths to link, from the folder. */
  readonly link: readonly string[];
  readonly setup: Omit<NonNullable<WorktreeOrder['setup']>, 'folder'>;
};

/**
 * A worktree of its own for one run: what the person has committed, with a change merged onto it. Its record waits for
 * a command that never comes about, so that one whose process died is taken away at the next start.
 */
export async function freshGround(order: FreshOrder): Promise<FreshGround | Refusal> {
  const { change, merged, link, setup, ...rest } = order;
  const { top, commonDir, prefix, commit: head } = order.repository;
  if (head === undefined)
    return refusal('no-commit', 'There is no commit to put the change on.', 'Make a first commit.');
  const message = 'chore: the change under review, on top of head';
  const commit = await oneWriter(commonDir, () => commitOf(top, merged, head, message));
  if (!commit.ok) return commit.refusal;
  const made = await makeWorktree({
    ...rest,
    dispatch: 0,
    command: `review-hard ${randomUUID()}`,
    worker: 'review',
    start: commit.hash,
    link: link.map((path) => (prefix === '' ? path : `${prefix}/${path}`)),
    ...(setup.argv.length > 0 ? { setup: { ...setup, folder: prefix } } : {}),
  });
  if (!made.ok) return made.refusal;
  const { path, id } = made.worktree;
  return {
    ...groundAt(path, join(path, ...prefix.split('/')), commonDir, filesOf(commonDir, id).index),
    change,
    remove: () => unmake(top, commonDir, made.worktree),
  };
}
