import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { refusal, type Refusal } from '../contract/refusal.ts';
import type { FreshGround } from '../running/series.ts';
import { oneWriter, readGit } from './git.ts';
import { groundAt, standing, type GroundOrder } from './ground.ts';
import { rootsOf } from './mapping.ts';
import { repositoryOf } from './repository.ts';
import { commitOf, treeOfAll, type Hash } from './snapshot.ts';
import { unmake } from './unmaking.ts';
import { filesOf } from './worktreeRecords.ts';
import { makeWorktree, type WorktreeOrder } from './worktrees.ts';

type FreshOrder = GroundOrder &
  Pick<WorktreeOrder, 'fallback' | 'processes' | 'todo'> & {
    readonly signal: AbortSignal;
    readonly link: readonly string[];
    readonly setup?: Omit<NonNullable<WorktreeOrder['setup']>, 'folder'>;
  };

/**
 * A worktree of its own for one run: what the person has committed, with the change of a dispatch merged onto it. Its
 * record waits for a command that never comes about, so that one whose process died is taken away at the next start.
 */
export async function freshGround(order: FreshOrder): Promise<FreshGround | Refusal> {
  const found = await standing(order);
  if ('code' in found) return found;
  const start = order.folders.find(({ name }) => name === order.start) ?? order.folders[0];
  const here = await repositoryOf(start?.fsPath ?? '');
  if (here.kind === 'none') return here.why;
  const { repository } = here;
  const { top, commonDir, prefix, commit: head } = repository;
  if (head === undefined) {
    return refusal('no-commit', 'There is no commit to put the change on.', 'Make a first commit.');
  }
  const tree = await oneWriter(commonDir, () => treeOfAll(found.top, found.index));
  if (!tree.ok) return tree.refusal;
  const commit = await oneWriter(commonDir, () => onHead(top, head, tree.hash, found.base));
  if (!commit.ok) return commit.refusal;
  const { setup, link, owner, fallback, processes, todo, signal } = order;
  const below = (path: string): string => (prefix === '' ? path : `${prefix}/${path}`);
  const made = await makeWorktree({
    repository,
    owner,
    dispatch: 0,
    command: `review-hard ${randomUUID()}`,
    worker: 'review',
    todo,
    start: commit.hash,
    fallback,
    open: order.folders.map(({ fsPath }) => fsPath),
    link: link.map(below),
    processes,
    signal,
    ...(setup && setup.argv.length > 0 ? { setup: { ...setup, folder: prefix } } : {}),
  });
  if (!made.ok) return made.refusal;
  const { path, id } = made.worktree;
  return {
    ...groundAt(path, join(path, ...prefix.split('/')), commonDir, filesOf(commonDir, id).index),
    change: tree.hash,
    remove: () => unmake(top, commonDir, made.worktree),
  };
}

/** A commit of the change on top of head; where the folder is shared, all that stands there is on it already. */
async function onHead(top: string, head: string, tree: string, base: string | undefined): Promise<Hash> {
  const message = 'chore: the change under review, on top of head';
  if (base === undefined) return commitOf(top, tree, head, message);
  const change = await commitOf(top, tree, base, message);
  if (!change.ok) return change;
  const merged = await readGit(top, [
    'merge-tree',
    '--write-tree',
    '--name-only',
    '-z',
    '--no-messages',
    head,
    change.hash,
  ]);
  if (merged.ok) return commitOf(top, merged.text.replace(/\0.*$/s, ''), head, message);
  if (merged.code !== 1) return merged;
  const names = merged.text
    .split('\0')
    .slice(1)
    .filter((name) => name !== '');
  return {
    ok: false,
    refusal: refusal(
      'merge-conflicts',
      `The change does not merge into what you have committed: ${names.slice(0, 5).join(', ')}.`,
      'Reject the result, so that its worker takes up what is new.',
    ),
  };
}
