import { readGit } from './git.ts';
import { mergeCommits, sameCommitOf, type Merged } from './merging.ts';

/**
 * How `head` is without what `commit` changed; undefined where the commit is not in it. The merge base of head and a
 * commit on top of `commit` with the tree from before it is `commit` itself.
 */
export async function reverseOf(top: string, head: string, commit: string): Promise<Merged | undefined> {
  const within = await readGit(top, ['merge-base', '--is-ancestor', commit, head]);
  const before = await readGit(top, ['rev-parse', '--verify', '--quiet', `${commit}^^{tree}`]);
  if (!within.ok || !before.ok) return undefined;
  const side = await sameCommitOf(top, before.text.trim(), commit);
  return side.ok ? mergeCommits(top, head, side.hash) : { kind: 'unknown', refusal: side.refusal };
}
