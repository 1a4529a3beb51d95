import type { Refusal } from '../contract/refusal.ts';
import { readGit, writeGit } from './git.ts';
import { sameCommitOf } from './merging.ts';

/** What a worktree is compared with, and the commit of the person's branch that this stands on. */
export interface Begun {
  readonly base: string;
  readonly from: string | undefined;
}

/**
 * Where the worker has merged the person's branch in since, or has put its work on top of it, what it took up there is
 * no change of its own: its work begins at the newest commit of that branch which its own holds. What was carried into
 * the base is carried on, as far as that merges; otherwise all stays as it began. Call it inside `oneWriter`.
 */
export async function takenUp(
  worktree: string,
  { base, from }: Begun,
  head: string | undefined,
): Promise<({ readonly ok: true } & Begun) | { readonly ok: false; readonly refusal: Refusal }> {
  const begun = { ok: true, base, from } as const;
  if (from === undefined || head === undefined || head === from) return begun;
  const met = await readGit(worktree, ['merge-base', 'HEAD', head]);
  const onto = met.ok ? met.text.trim() : from;
  if (onto === from) return begun;
  const later = await readGit(worktree, ['merge-base', '--is-ancestor', from, onto]);
  if (!later.ok) return begun;
  if (base === from) return { ok: true, base: onto, from: onto };
  const carried = await writeGit(worktree, ['merge-tree', '--write-tree', '--no-messages', '-z', onto, base]);
  if (!carried.ok) return begun;
  const moved = await sameCommitOf(worktree, carried.text.split('\0')[0]?.trim() ?? '', onto);
  return moved.ok ? { ok: true, base: moved.hash, from: onto } : moved;
}
