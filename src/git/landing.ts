import { randomBytes } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { readGit, writeGit } from './git.ts';
import { withIndex } from './merging.ts';
import { readWhole, recordFolder, writeWhole } from './recordFiles.ts';
import { restoreFiles, type Paths } from './restoring.ts';

const record = z.object({
  version: z.literal(1),
  id: z.string().check(z.regex(/^[a-z0-9-]+$/)),
  /** Whose it is: the journal it belongs to. */
  owner: z.string(),
  /** The command that approves; whether it came about, the journal knows. */
  command: z.string(),
  dispatch: z.int(),
  maker: z.string(),
  top: z.string(),
  where: z.enum(['worktree', 'shared']),
  /** What HEAD named, and the commit it stood at; null where there was none yet. */
  ref: z.string(),
  before: z.nullable(z.string()),
  /** The tree that is to stand there, and the commit once it is made. */
  tree: z.string(),
  commit: z.optional(z.string()),
  /** Of the files that are taken: the person's index before, as `update-index --index-info` reads it. */
  entries: z.string(),
  /** Files that held what was carried into the base, and the commit that still holds it. */
  carried: z.array(z.string()),
  base: z.string(),
  /** Files that stood as `before` has them: what is cut short there is a write that found no room. */
  clean: z.optional(z.array(z.string())),
});

/** A change on its way into the person's branch. It is written before anything moves, and goes last. */
export type Landing = z.output<typeof record>;

const ending = '.landing';
const fileOf = (commonDir: string, id: string): string => join(recordFolder(commonDir), `${id}${ending}`);

/** On the disk when it resolves. */
export function writeLanding(commonDir: string, landing: Landing): Promise<void> {
  return writeWhole(fileOf(commonDir, landing.id), landing);
}

export function landings(commonDir: string): Promise<readonly Landing[]> {
  return readWhole(commonDir, ending, record);
}

/**
 * Keeps as much of the disk as taking it back would need, so that a disk that is full by then is no hindrance.
 * Rejects with ENOSPC where there is not so much.
 */
export async function keepRoom(commonDir: string, landing: Landing, gitDir: string): Promise<void> {
  const { top, before, tree, where, carried, base } = landing;
  const index = await stat(join(gitDir, 'index')).catch(() => undefined);
  const [from, to] = where === 'shared' ? [before, tree] : [tree, before];
  let bytes = smallFiles + 3 * (index?.size ?? 0) + (await sizesIn(top, from, to));
  if (carried.length > 0) bytes += await sizesIn(top, before, base);
  const handle = await open(roomOf(commonDir, landing), 'w');
  try {
    // What can be packed keeps no room.
    const some = randomBytes(Math.min(bytes, 1 << 20));
    for (; bytes > 0; bytes -= some.length) await handle.write(some, 0, Math.min(bytes, some.length));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Locks, references, records, and an index of ours for a moment. */
const smallFiles = 1 << 18;

const roomOf = (commonDir: string, { id }: Landing): string => `${fileOf(commonDir, id)}.room`;

/** In bytes, of what `to` holds where it differs from `from`. */
async function sizesIn(top: string, from: string | null, to: string | null): Promise<number> {
  if (to === null) return 0;
  const between = await pathsBetween(top, from, to);
  const listed = await readGit(top, ['ls-tree', '-r', '-l', '-z', '--full-tree', to]);
  if (!between.ok || !listed.ok) return 0;
  const paths = new Set(between.paths);
  return listed.text.split('\0').reduce((sum, line) => {
    const [facts = '', path = ''] = [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)];
    return paths.has(path) ? sum + page + (Number(facts.split(/ +/)[3]) || 0) : sum;
  }, 0);
}

/** What a small file takes of most disks. */
const page = 4096;

export async function forgetLanding(commonDir: string, landing: Landing): Promise<void> {
  const { id } = landing;
  await rm(roomOf(commonDir, landing), { force: true });
  await rm(`${fileOf(commonDir, id)}.new`, { force: true });
  await rm(fileOf(commonDir, id), { force: true });
}

/** The paths in which two trees differ, from the root of the repository. */
export async function pathsBetween(
  top: string,
  before: string | null,
  after: string,
): Promise<{ ok: true; paths: readonly string[] } | { ok: false; refusal: Refusal }> {
  const from = before ?? (await emptyTree(top));
  const answer = await readGit(top, ['diff-tree', '-r', '-z', '--no-renames', '--name-only', from, after]);
  return answer.ok ? { ok: true, paths: answer.text.split('\0').filter((path) => path !== '') } : answer;
}

async function emptyTree(top: string): Promise<string> {
  const made = await writeGit(top, ['mktree']);
  return made.ok ? made.text.trim() : '';
}

/**
 * Puts branch, index and files back to where they were. `even` files that are no longer what the landing put there go
 * back too: a hook of it changed them. What somebody else did since stays, and is named. Where git itself fails at it,
 * it is on the record still, and can be tried again.
 */
export async function takeBack(
  commonDir: string,
  landing: Landing,
  even = false,
): Promise<Refusal | undefined> {
  const { top, ref, before, commit, tree, where, entries, carried, base, clean } = landing;
  await rm(roomOf(commonDir, landing), { force: true });
  const at = await readGit(top, ['rev-parse', '--quiet', '--verify', ref]);
  const now = at.ok ? at.text.trim() : null;
  if (now !== before) {
    if (commit === undefined || now !== commit) {
      await forgetLanding(commonDir, landing);
      return movedOn(landing);
    }
    const moved = await writeGit(
      top,
      before === null
        ? ['update-ref', '-d', ref, commit]
        : ['update-ref', '-m', 'lockkeeper: taken back', ref, before, commit],
    );
    if (!moved.ok) return moved.refusal;
  }
  const changed = await pathsBetween(top, before, tree);
  if (!changed.ok) return changed.refusal;
  const between: Paths = { top, paths: changed.paths, from: tree, to: before };
  const indexed = await putEntries(between, entries);
  if (indexed) return indexed;
  const moves: [Paths, boolean][] =
    where === 'worktree'
      ? [
          [between, even],
          ...(carried.length > 0
            ? [[{ top, paths: carried, from: before, to: base }, false] as [Paths, boolean]]
            : []),
        ]
      : even
        ? [[{ ...between, to: tree }, true]]
        : [];
  const left: Refusal[] = [];
  for (const [paths, all] of moves) {
    const why = await restoreFiles(paths, all, clean);
    if (why && !isOver(why)) return why;
    if (why) left.push(why);
  }
  await writeGit(top, ['update-index', '-q', '--refresh']);
  await forgetLanding(commonDir, landing);
  return left[0];
}

/** Whether nothing more can be done about what is left: somebody else went on from there. */
export function isOver({ code }: Refusal): boolean {
  return code === 'changed-since' || code === 'branch-moved';
}

/** The person's index of these paths as it was; what was changed in it since stays. */
async function putEntries({ top, paths, from }: Paths, entries: string): Promise<Refusal | undefined> {
  const ours = await stagedAs(top, from, paths);
  const none = '0'.repeat(40);
  const before = new Map(
    entries
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => [line.slice(line.indexOf('\t') + 1), line] as const),
  );
  const input = paths
    .filter((path) => ours.has(path))
    .map((path) => `${before.get(path) ?? `0 ${none}\t${path}`}\0`);
  if (input.length === 0) return undefined;
  const goes = input.filter((line) => line.startsWith('0 '));
  const answer = await writeGit(top, ['update-index', '-z', '--index-info'], {
    input: [...goes, ...input.filter((line) => !line.startsWith('0 '))].join(''),
  });
  return answer.ok ? undefined : answer.refusal;
}

/** Those of the paths that stand in the person's index as in that tree. */
async function stagedAs(
  top: string,
  tree: string | null,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  const other = await readGit(top, [
    'diff-index',
    '--cached',
    '-z',
    '--no-renames',
    '--name-only',
    tree ?? (await emptyTree(top)),
  ]);
  const differs = new Set(other.ok ? other.text.split('\0') : paths);
  return new Set(paths.filter((path) => !differs.has(path)));
}

/** The person's index of these paths, as it is read in again. */
export async function entriesOf(
  top: string,
  paths: readonly string[],
): Promise<{ ok: true; entries: string } | { ok: false; refusal: Refusal }> {
  const answer = await readGit(top, ['ls-files', '--stage', '-z']);
  if (!answer.ok) return answer;
  const wanted = new Set(paths);
  const lines = answer.text.split('\0').filter((line) => wanted.has(line.slice(line.indexOf('\t') + 1)));
  return { ok: true, entries: lines.map((line) => `${line}\0`).join('') };
}

/** Entries of a tree into the person's index; its other entries and all files stay. */
export async function stageFrom(
  top: string,
  tree: string | null,
  paths: readonly string[],
): Promise<Refusal | undefined> {
  const none = '0'.repeat(40);
  const input = await withIndex(async (index) => {
    const read = await writeGit(top, ['read-tree', tree ?? '--empty'], { index });
    return read.ok ? readGit(top, ['ls-files', '--stage', '-z'], { index }) : read;
  });
  if (!input.ok) return input.refusal;
  const lines = new Map(input.text.split('\0').map((line) => [line.slice(line.indexOf('\t') + 1), line]));
  const goes = paths.filter((path) => !lines.has(path)).map((path) => `0 ${none}\t${path}\0`);
  const comes = paths.flatMap((path) => (lines.has(path) ? [`${lines.get(path) ?? ''}\0`] : []));
  const answer = await writeGit(top, ['update-index', '-z', '--index-info'], {
    input: [...goes, ...comes].join(''),
  });
  return answer.ok ? undefined : answer.refusal;
}

function movedOn({ ref, commit }: Landing): Refusal {
  return refusal(
    'branch-moved',
    `${ref.replace(/^refs\/heads\//, '')} has moved on since an approved change was put on it.`,
    commit === undefined
      ? 'Look at git status.'
      : `Take it back yourself: git revert ${commit.slice(0, 12)}.`,
  );
}
