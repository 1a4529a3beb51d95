import { readGit } from './git.ts';

/**
 * The paths from the root of a worktree that are not as its base has them, committed there or not; what git ignores
 * aside. It only reads, so it may be asked at any time; undefined where git does not answer. `index` is ours, as in
 * `changesIn`.
 */
export async function touchedIn(worktree: {
  readonly path: string;
  readonly base: string;
  readonly index: string;
}): Promise<readonly string[] | undefined> {
  const { path, base, index } = worktree;
  const plain = ['--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv'];
  const [known, fresh] = await Promise.all([
    readGit(path, ['diff', ...plain, base, '--'], { index }),
    readGit(path, ['ls-files', '-z', '--others', '--exclude-standard'], { index }),
  ]);
  if (!known.ok || !fresh.ok) return undefined;
  return [...new Set(`${known.text}${fresh.text}`.split('\0'))].filter((one) => one !== '');
}
