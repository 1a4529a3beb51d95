import { refusal, type Refusal } from '../contract/refusal.ts';
import { oneWriter, readGit, writeGit, type GitAnswer } from './git.ts';
import { askHooks, tellHooks } from './hooks.ts';
import {
  entriesOf,
  forgetLanding,
  isOver,
  keepRoom,
  pathsBetween,
  stageFrom,
  takeBack,
  writeLanding,
  type Landing,
} from './landing.ts';
import { withIndex } from './merging.ts';
import type { Repository } from './repository.ts';
import { blobsIn, blobsOnDisk, restoreFiles } from './restoring.ts';

/** An approved change, merged already, that is to stand on the person's branch. */
export interface LandOrder {
  readonly repository: Repository;
  readonly owner: string;
  readonly command: string;
  readonly dispatch: number;
  readonly maker: string;
  readonly where: 'worktree' | 'shared';
  /** What was merged onto the commit that HEAD stands at. */
  readonly tree: string;
  /** What the work began from, and the commit the branch stood at then. */
  readonly base: string;
  readonly from: string | undefined;
  /** What the commit says, trailers and all. */
  readonly message: string;
  readonly how: 'commit' | 'stage';
  readonly signal?: AbortSignal;
  /** Hears where it is, so that a test can end it there. */
  readonly onStep?: (step: 'recorded' | 'moved' | 'asked' | 'committed' | 'done') => void;
}

export type Landed =
  | {
      readonly ok: true;
      /** None where it was staged, or nothing was left to commit. */
      readonly commit: string | undefined;
      readonly landing: Landing;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** The change stands on the person's branch, in the index and the files, or nothing has changed. */
export function land(order: LandOrder): Promise<Landed> {
  const { commonDir } = order.repository;
  return oneWriter(commonDir, async () => {
    const hindered = hinderance(order.repository);
    if (hindered) return { ok: false, refusal: hindered };
    const begun = await begin(order);
    if (!begun.ok) return begun;
    let { landing } = begun;
    const back = async (why: Refusal, even = false): Promise<Landed> => {
      const left = await takeBack(commonDir, landing, even);
      // What is in the way is named already.
      const isNamed = left === undefined || (isOver(left) && why.code === 'uncommitted-in-way');
      return { ok: false, refusal: isNamed ? why : withLeft(why, left) };
    };
    try {
      await writeLanding(commonDir, landing);
      await keepRoom(commonDir, landing, order.repository.gitDir);
      order.onStep?.('recorded');
      const moved = await move(landing, begun.paths);
      if (moved) return await back(moved);
      order.onStep?.('moved');
      if (order.how === 'stage' || begun.isEmpty) return { ok: true, commit: undefined, landing };
      const made = await withIndex(async (index) => {
        const shown = { ...order.repository, index, ...(order.signal ? { signal: order.signal } : {}) };
        return commitTree(shown, order, landing, begun.paths, async (commit) => {
          landing = { ...landing, commit };
          await writeLanding(commonDir, landing);
        });
      });
      if (!made.ok) return await back(made.refusal, made.hooks);
      order.onStep?.('done');
      return { ok: true, commit: made.commit, landing };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return back(
        code === 'ENOSPC' || code === 'EDQUOT'
          ? refusal('disk-full', 'The disk is full.', 'Make room, then do it again.')
          : refusal('merge-failed', `The change could not be merged: ${message}`, 'Approve again.'),
      );
    }
  });
}

/** It stands: what would have undone it goes. */
export function settle(commonDir: string, landing: Landing): Promise<void> {
  return oneWriter(commonDir, () => forgetLanding(commonDir, landing));
}

/** It is taken back whole, or what is left of it is told. */
export function unland(commonDir: string, landing: Landing): Promise<Refusal | undefined> {
  return oneWriter(commonDir, () => takeBack(commonDir, landing));
}

function withLeft(why: Refusal, left: Refusal): Refusal {
  const later = isOver(left)
    ? `${left.sentence} ${left.next}`
    : `What was begun stands there still, because of this: ${left.sentence} It is taken back before the next approval, and when this window is loaded again.`;
  return { ...why, next: `${why.next} ${later}` };
}

function hinderance({ underway, branch }: Repository): Refusal | undefined {
  if (underway !== undefined) {
    return refusal(
      'git-underway',
      `The repository is in the middle of a ${underway}.`,
      `Finish the ${underway} or abort it, then approve again.`,
    );
  }
  if (branch !== undefined) return undefined;
  return refusal(
    'detached',
    'HEAD is on no branch, so there is none to bring the change to.',
    'Check a branch out, then approve again.',
  );
}

async function begin(order: LandOrder): Promise<
  | {
      readonly ok: true;
      readonly landing: Landing;
      readonly paths: readonly string[];
      readonly isEmpty: boolean;
    }
  | { readonly ok: false; readonly refusal: Refusal }
> {
  const { repository, owner, command, dispatch, maker, where, tree, base, from } = order;
  const { top, branch } = repository;
  const before = repository.commit ?? null;
  const head = await readGit(top, ['rev-parse', '--quiet', '--verify', 'HEAD']);
  if ((head.ok ? head.text.trim() : null) !== before) {
    const why = refusal('branch-moved', 'The branch has moved on just now.', 'Approve again.');
    return { ok: false, refusal: why };
  }
  const between = await pathsBetween(top, before, tree);
  if (!between.ok) return between;
  const { paths } = between;
  const entries = await entriesOf(top, paths);
  if (!entries.ok) return entries;
  const carried = where === 'shared' || from === undefined ? [] : await carriedIn(top, { base, from, paths });
  if (!Array.isArray(carried)) return { ok: false, refusal: carried };
  const [held, now] = await Promise.all([blobsIn(top, before, paths), blobsOnDisk(top, paths)]);
  const clean = paths.filter((path) => carried.includes(path) || held.get(path) === now.get(path));
  return {
    ok: true,
    paths,
    isEmpty: paths.length === 0,
    landing: {
      version: 1,
      id: `${command
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 60)}-${dispatch}`,
      owner,
      command,
      dispatch,
      maker,
      top,
      where,
      ref: `refs/heads/${branch ?? ''}`,
      before,
      tree,
      entries: entries.entries,
      carried,
      base,
      clean: where === 'shared' ? [] : clean,
    },
  };
}

/** Files that hold what was carried into the base, exactly: the change holds that too. */
async function carriedIn(
  top: string,
  { base, from, paths }: { base: string; from: string; paths: readonly string[] },
): Promise<string[] | Refusal> {
  if (base === from) return [];
  const between = await pathsBetween(top, from, base);
  if (!between.ok) return between.refusal;
  const both = between.paths.filter((path) => paths.includes(path));
  const [held, now] = [await blobsIn(top, base, both), await blobsOnDisk(top, both)];
  return both.filter((path) => held.get(path) === now.get(path));
}

/** Index and files go to the tree; in a shared folder the files are there. */
async function move(
  { top, before, tree, where, carried, base }: Landing,
  paths: readonly string[],
): Promise<Refusal | undefined> {
  if (where === 'shared') return stageFrom(top, tree, paths);
  if (carried.length > 0) {
    const aside =
      (await restoreFiles({ top, paths: carried, from: base, to: before }, false)) ??
      (await stageFrom(top, before, carried));
    if (aside) return aside;
  }
  await writeGit(top, ['update-index', '-q', '--refresh']);
  const read = await writeGit(top, ['read-tree', '-m', '-u', before ?? '--empty', tree]);
  return read.ok ? undefined : inTheWay(read);
}

function inTheWay(answer: Extract<GitAnswer, { ok: false }>): Refusal {
  const named =
    /Entry '(.+)' not uptodate|Entry '(.+)' would be overwritten|working tree file '(.+)' would be/.exec(
      answer.output,
    );
  const path = named?.slice(1).find(Boolean);
  if (path === undefined) return answer.refusal;
  return refusal(
    'uncommitted-in-way',
    `${path} has changes of yours that are not committed, and the approved change is about the same file.`,
    'Commit them or put them aside (git stash), then approve again.',
  );
}

/** Asks the hooks, makes the commit, and moves the branch to it. */
async function commitTree(
  shown: Parameters<typeof askHooks>[0] & Pick<Repository, 'commonDir'>,
  { message, onStep }: LandOrder,
  { top, tree, ref, before }: Landing,
  paths: readonly string[],
  made: (commit: string) => Promise<void>,
): Promise<{ ok: true; commit: string } | { ok: false; refusal: Refusal; hooks: boolean }> {
  const { index } = shown;
  const no = (why: Refusal, hooks = false) => ({ ok: false as const, refusal: why, hooks });
  const read = await writeGit(top, ['read-tree', tree], { index });
  if (!read.ok) return no(read.refusal);
  await writeGit(top, ['update-index', '-q', '--refresh'], { index });
  const asked = await askHooks(shown, message);
  const changed = await changedBy(top, index, tree, paths);
  if (changed.length > 0) {
    return no(
      refusal(
        'hook-changed',
        `A hook of the repository changes ${changed.slice(0, 3).join(', ')}, so that the commit would not be what was shown.`,
        'Reject the result, so that the worker does what the hook does, or mend the hook.',
      ),
      true,
    );
  }
  if (!asked.ok) return no(asked.refusal);
  onStep?.('asked');
  const signs = await readGit(top, ['config', '--type=bool', '--get', 'commit.gpgsign']);
  const commit = await writeGit(
    top,
    [
      'commit-tree',
      signs.ok && signs.text.trim() === 'true' ? '-S' : '--no-gpg-sign',
      ...(before === null ? [] : ['-p', before]),
      tree,
    ],
    { input: asked.message },
  );
  if (!commit.ok) return no(commit.refusal);
  const hash = commit.text.trim();
  await made(hash);
  onStep?.('committed');
  const subject = `commit: ${asked.message.split('\n')[0] ?? ''}`;
  const moved = await writeGit(top, [
    'update-ref',
    '-m',
    subject,
    ref,
    hash,
    before ?? '0'.repeat(hash.length),
  ]);
  if (!moved.ok) return no(moved.refusal);
  await tellHooks(shown);
  return { ok: true, commit: hash };
}

/** What hooks changed of what they were asked about, in its index or on the disk. */
async function changedBy(
  top: string,
  index: string,
  tree: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  const staged = await readGit(top, ['diff-index', '--cached', '-z', '--no-renames', '--name-only', tree], {
    index,
  });
  const [held, now] = [await blobsIn(top, tree, paths), await blobsOnDisk(top, paths)];
  const onDisk = paths.filter((path) => held.get(path) !== now.get(path));
  const inIndex = staged.ok ? staged.text.split('\0').filter((path) => path !== '') : [];
  return [...new Set([...inIndex, ...onDisk])];
}
