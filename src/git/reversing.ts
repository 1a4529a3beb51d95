import { readGit, writeGit } from './git.ts';

/**
 * The tree of `head` without what `commit` changed, or undefined where later changes stand in the way, or the commit is
 * not in it. The merge base of head and a commit on top of `commit` with the tree from before it is `commit` itself.
 */
export async function reverseOf(top: string, head: string, commit: string): Promise<string | undefined> {
  const within = await readGit(top, ['merge-base', '--is-ancestor', commit, head]);
  const before = await readGit(top, ['rev-parse', '--verify', '--quiet', `${commit}^^{tree}`]);
  if (!within.ok || !before.ok) return undefined;
  const who = 'Lockkeeper <lockkeeper@lockkeeper.invalid> 0 +0000';
  const input = `tree ${before.text.trim()}\nparent ${commit}\nauthor ${who}\ncommitter ${who}\n\nchore: what was before\n`;
  const side = await writeGit(top, ['hash-object', '-t', 'commit', '-w', '--stdin'], { input });
  if (!side.ok) return undefined;
  const flags = ['--write-tree', '-z', '--name-only', '--no-messages'];
  const merged = await writeGit(top, ['merge-tree', ...flags, head, side.text.trim()]);
  return merged.ok ? merged.text.split('\0')[0]?.trim() : undefined;
}
