import { refusal, type Refusal } from '../contract/refusal.ts';
import { oneWriter, readGit, writeGit } from './git.ts';
import type { Repository } from './repository.ts';
import { commitOf, treeWith } from './snapshot.ts';

/** A file that differs from HEAD, by its path from the root of the repository. */
export interface Uncommitted {
  readonly path: string;
  readonly state: 'changed' | 'new' | 'gone' | 'in conflict' | 'repository of its own';
}

/** What a dispatch began from. */
export interface Base {
  /** HEAD; undefined where there was no commit yet. */
  readonly commit: string | undefined;
  readonly branch: string | undefined;
  /** What was uncommitted inside the area. */
  readonly uncommitted: readonly Uncommitted[];
  /** A commit on top of `commit` that holds the content of `uncommitted`, where there was any. */
  readonly kept: string | undefined;
  /** The reference that keeps `kept` from being collected. */
  readonly ref: string | undefined;
}

/** What becomes of uncommitted work inside the area: the person commits first, or it goes into the base, or no dispatch. */
export type Handling = 'commit' | 'carry' | 'refuse';

/** What is uncommitted where `inArea` says yes to a path from the root of the repository. */
async function uncommittedIn(
  { top }: Repository,
  inArea: (path: string) => boolean,
): Promise<{ ok: true; files: readonly Uncommitted[] } | { ok: false; refusal: Refusal }> {
  const answer = await readGit(top, [
    'status',
    '--porcelain=v2',
    '-z',
    '--untracked-files=all',
    '--no-renames',
    '--ignore-submodules=none',
  ]);
  if (!answer.ok) return answer;
  const found = new Map<string, Uncommitted>();
  for (const file of answer.text.split('\0').flatMap(statusOf)) {
    // Taken out of the index, but still there: listed as gone and as new.
    const twice = found.has(file.path);
    if (inArea(file.path)) found.set(file.path, twice ? { ...file, state: 'changed' } : file);
  }
  return { ok: true, files: [...found.values()] };
}

function statusOf(line: string): readonly Uncommitted[] {
  const kind = line[0];
  // An untracked folder is listed whole only where it is a repository of its own.
  if (kind === '?') {
    const path = line.slice(2);
    return path.endsWith('/')
      ? [{ path: path.slice(0, -1), state: 'repository of its own' }]
      : [{ path, state: 'new' }];
  }
  const before = kind === '1' ? 8 : kind === 'u' ? 10 : undefined;
  if (before === undefined) return [];
  const fields = line.split(' ');
  const path = fields.slice(before).join(' ');
  if (kind === 'u') return [{ path, state: 'in conflict' }];
  const inTree = fields[5] === '000000' ? 'gone' : 'changed';
  return [{ path, state: inTree === 'gone' ? 'gone' : fields[3] === '000000' ? 'new' : 'changed' }];
}

/**
 * Records where a dispatch begins: HEAD, and the content of what is uncommitted inside its area, as objects
 * under a reference of ours (`id` names it, a path of plain letters). Index and files stay as they are.
 */
export async function recordBase(
  repository: Repository,
  inArea: (path: string) => boolean,
  id: string,
): Promise<{ ok: true; base: Base } | { ok: false; refusal: Refusal }> {
  const { top, commit, branch } = repository;
  const found = await uncommittedIn(repository, inArea);
  if (!found.ok) return found;
  const uncommitted = found.files;
  const paths = uncommitted.filter(({ state }) => state !== 'repository of its own').map(({ path }) => path);
  if (paths.length === 0) {
    return { ok: true, base: { commit, branch, uncommitted, kept: undefined, ref: undefined } };
  }
  return oneWriter(repository.commonDir, async () => {
    const tree = await treeWith(top, commit, paths);
    if (!tree.ok) return tree;
    const kept = await commitOf(
      top,
      tree.hash,
      commit,
      `chore: what was not committed yet\n\n${paths.length} files, as they were when the work was handed out.`,
    );
    if (!kept.ok) return kept;
    const ref = `refs/lockkeeper/base/${id}`;
    const named = await writeGit(top, ['update-ref', ref, kept.hash]);
    if (!named.ok) return named;
    return { ok: true, base: { commit, branch, uncommitted, kept: kept.hash, ref } };
  });
}

/** Lets go of what `recordBase` kept, once nothing is compared with it any more. */
export async function dropBase(repository: Repository, { ref }: Base): Promise<Refusal | undefined> {
  if (ref === undefined) return undefined;
  const dropped = await oneWriter(repository.commonDir, () =>
    writeGit(repository.top, ['update-ref', '-d', ref]),
  );
  return dropped.ok ? undefined : dropped.refusal;
}

/** The commit a worktree begins from, or why it cannot begin, with what is to be decided. */
export function startOf(
  base: Base,
  handling: Handling,
): { ok: true; commit: string } | { ok: false; refusal: Refusal } {
  const conflicted = base.uncommitted.filter(({ state }) => state === 'in conflict');
  if (conflicted.length > 0) {
    const next = 'Resolve the conflict and commit, then dispatch again.';
    return { ok: false, refusal: refusal('in-conflict', `${listed(conflicted)} in conflict.`, next) };
  }
  if (base.commit === undefined) {
    return {
      ok: false,
      refusal: refusal('no-commit', 'The repository has no commit yet.', 'Make the first commit.'),
    };
  }
  if (base.uncommitted.length === 0) return { ok: true, commit: base.commit };
  if (handling === 'carry' && base.kept !== undefined) return { ok: true, commit: base.kept };
  return {
    ok: false,
    refusal: refusal(
      'uncommitted-in-scope',
      `${listed(base.uncommitted)} not committed and would not be in the worker's worktree.`,
      handling === 'commit'
        ? 'Commit them, then dispatch again.'
        : 'Commit them, carry them into the base, or take them out of the scope.',
    ),
  };
}

function listed(files: readonly Uncommitted[]): string {
  const [first, second] = files.map(({ path }) => path);
  if (files.length === 1) return `${first ?? ''} is`;
  return files.length === 2
    ? `${first ?? ''} and ${second ?? ''} are`
    : `${first ?? ''} and ${files.length - 1} more files are`;
}
