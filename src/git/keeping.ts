import type { Refusal } from '../contract/refusal.ts';
import { oneWriter, readGit, writeGit } from './git.ts';
import { commitOf, hashIn } from './snapshot.ts';
import type { WorktreeRecord } from './worktreeRecords.ts';

/**
 * Puts what is not committed in a worktree on its branch, so that a withdrawn dispatch loses nothing. Work that
 * stands on another branch or on none is kept on one of ours beside it. Gives the branch that holds the work.
 */
export function keepWork(
  commonDir: string,
  { path, branch }: WorktreeRecord,
  message: string,
): Promise<{ ok: true; branch: string; commit: string } | { ok: false; refusal: Refusal }> {
  return oneWriter(commonDir, async () => {
    const added = await writeGit(path, ['-c', 'advice.addEmbeddedRepo=false', 'add', '--all']);
    if (!added.ok) return added;
    const [tree, before, head, on] = [
      hashIn(await writeGit(path, ['write-tree'])),
      hashIn(await readGit(path, ['rev-parse', 'HEAD^{tree}'])),
      hashIn(await readGit(path, ['rev-parse', 'HEAD'])),
      await readGit(path, ['symbolic-ref', '--quiet', 'HEAD']),
    ];
    if (!tree.ok) return tree;
    if (!before.ok) return before;
    if (!head.ok) return head;
    let commit = head.hash;
    if (tree.hash !== before.hash) {
      const made = await commitOf(path, tree.hash, head.hash, message);
      if (!made.ok) return made;
      commit = made.hash;
      const moved = await writeGit(path, ['update-ref', '-m', 'lockkeeper: kept', 'HEAD', commit, head.hash]);
      if (!moved.ok) return moved;
    }
    if (on.ok && on.text.trim() === `refs/heads/${branch}`) return { ok: true, branch, commit };
    for (let turn = 1; ; turn += 1) {
      const beside = `${branch}-kept${turn === 1 ? '' : `-${turn}`}`;
      const ref = `refs/heads/${beside}`;
      const taken = await readGit(path, ['rev-parse', '--quiet', '--verify', ref]);
      if (taken.ok && taken.text.trim() !== commit) continue;
      const named = await writeGit(path, ['update-ref', ref, commit]);
      return named.ok ? { ok: true, branch: beside, commit } : named;
    }
  });
}
