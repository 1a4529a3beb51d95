import { copyFile, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { oneWriter, readGit, writeGit } from './git.ts';
import { hide } from './hiding.ts';
import { linkable, makeLinks, type Link } from './links.ts';
import { worktreesFolder } from './places.ts';
import { noWorktreeFrom, type Repository } from './repository.ts';
import { runSetup } from './setup.ts';
import { unmake } from './unmaking.ts';
import { freeName, slugOf, type WorktreeName } from './worktreeNames.ts';
import {
  filesOf,
  baseRef,
  readRecords,
  reserve,
  writeRecord,
  type Processes,
  type WorktreeRecord,
} from './worktreeRecords.ts';

/** What a worktree is made of, for one dispatch. */
export interface WorktreeOrder {
  readonly repository: Repository;
  /** The journal that the dispatch stands in. */
  readonly owner: string;
  readonly dispatch: number;
  /** Where the dispatch is not true yet: the command that may make it so. The worktree then waits to be kept. */
  readonly command?: string;
  readonly worker: string;
  readonly todo: number;
  /** Names that others of this journal have, in whatever repository: a name stands for one. */
  readonly taken?: readonly string[];
  /** The commit it begins from. */
  readonly start: string;
  /** The commit the person's branch stands at, where it begins from one that holds more. */
  readonly from?: string;
  /** Where worktrees go when the folder beside the repository will not do. */
  readonly fallback: string;
  /** Real paths of the folders that are open. */
  readonly open: readonly string[];
  /** Ignored paths to link, from the root of the repository. */
  readonly link: readonly string[];
  /** Run once in `folder` (from the root of the worktree); `env` is its whole environment. */
  readonly setup?: {
    readonly argv: readonly string[];
    readonly folder: string;
    readonly env: Readonly<Record<string, string>>;
    readonly milliseconds: number;
  };
  readonly processes: Processes;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: Step) => void;
}

export type Step = 'recorded' | 'added' | 'indexed' | 'hidden' | 'linked' | 'set up';

export type Made =
  | {
      readonly ok: true;
      readonly worktree: WorktreeRecord;
      /** What the setup wrote; empty where none was run. */
      readonly output: string;
    }
  | { readonly ok: false; readonly refusal: Refusal; readonly output: string };

/**
 * Makes the worktree of a dispatch, or finds the one it has. A record beside it is written first, so that an
 * interrupted making is found; whatever goes wrong here is taken back, and the answer says what it was.
 */
export async function makeWorktree(order: WorktreeOrder): Promise<Made> {
  const { repository, owner, dispatch, processes, signal } = order;
  const { top, commonDir } = repository;
  const no = (why: Refusal, output = ''): Made => ({ ok: false, refusal: why, output });
  const own = order.command === undefined ? await worktreeOf(commonDir, owner, dispatch) : undefined;
  if (own && (await isThere(own.path))) return { ok: true, worktree: own, output: '' };
  const hindered = own ? undefined : noWorktreeFrom(repository);
  if (hindered) return no(hindered);
  const links = await linkable(top, order.link);
  if (!links.ok) return no(links.refusal);

  const me = processes.markOf(process.pid);
  let record: WorktreeRecord;
  try {
    const named = own ? { ...own, newBranch: false } : await nameFor(order);
    if ('code' in named) return no(named);
    record = { ...named, state: 'making', makers: [me], links: links.links.map(({ path }) => path) };
    await writeRecord(commonDir, record);
  } catch (error) {
    return no(cannotWrite(error));
  }
  order.onStep?.('recorded');
  const started = (pid: number): Promise<void> => {
    record = { ...record, makers: [me, processes.markOf(pid)] };
    return writeRecord(commonDir, record);
  };
  const giveUp = async (why: Refusal, output = ''): Promise<Made> => {
    const left = await unmake(top, commonDir, record);
    return no(left ? { ...why, next: `${why.next} ${left.sentence}` } : why, output);
  };
  try {
    const hinderance = await oneWriter(commonDir, () => build(order, record, links.links, started));
    if (hinderance) return await giveUp(hinderance);
    const setup = order.setup;
    let output = '';
    if (setup && setup.argv.length > 0) {
      const starting: Promise<void>[] = [];
      const ran = await runSetup({
        ...setup,
        folder: join(record.path, ...setup.folder.split('/')),
        ...(signal ? { signal } : {}),
        onStart: (pid) => starting.push(started(pid)),
      });
      await Promise.all(starting);
      output = ran.output;
      if (ran.refusal) return await giveUp(ran.refusal, output);
    }
    order.onStep?.('set up');
    record =
      order.command === undefined
        ? { ...record, state: 'ready', makers: [] }
        : { ...record, state: 'waiting', makers: [me], command: order.command };
    await writeRecord(commonDir, record);
    return { ok: true, worktree: record, output };
  } catch (error) {
    return giveUp(cannotWrite(error));
  }
}

/** The worktree of a dispatch, where it has one that is ready. */
export async function worktreeOf(
  commonDir: string,
  owner: string,
  dispatch: number,
): Promise<WorktreeRecord | undefined> {
  const records = await readRecords(commonDir);
  return records.find((one) => one.owner === owner && one.dispatch === dispatch && one.state === 'ready');
}

async function nameFor(
  order: WorktreeOrder,
): Promise<Omit<WorktreeRecord, 'state' | 'makers' | 'links'> | Refusal> {
  const { repository, owner, dispatch, worker, todo, start, open, fallback } = order;
  const { top, commonDir } = repository;
  const hasBranch = async (name: string): Promise<boolean> =>
    (await readGit(top, ['show-ref', '--verify', '--quiet', `refs/heads/${name}`])).ok;
  for (const above of ['lockkeeper', `lockkeeper/${slugOf(worker)}`]) {
    if (!(await hasBranch(above))) continue;
    return refusal(
      'branch-in-the-way',
      `A branch named ${above} is there, so git can make none below it.`,
      `Rename it: git branch -m ${above} and another name.`,
    );
  }
  const folder = await worktreesFolder(repository, open, fallback);
  const isFree = async ({ id, branch }: WorktreeName): Promise<boolean> =>
    order.taken?.includes(id) !== true &&
    !(await isThere(join(folder, id))) &&
    !(await isThere(join(commonDir, 'worktrees', id))) &&
    !(await hasBranch(branch)) &&
    (await reserve(commonDir, id));
  const { id, branch } = await freeName(worker, todo, isFree);
  return {
    version: 1,
    id,
    owner,
    dispatch,
    worker,
    todo,
    path: join(folder, id),
    branch,
    base: start,
    from: order.from,
    onto: repository.branch ?? null,
    newBranch: true,
    admin: id,
  };
}

async function build(
  { repository, signal, onStep }: WorktreeOrder,
  record: WorktreeRecord,
  links: readonly Link[],
  started: (pid: number) => Promise<void>,
): Promise<Refusal | undefined> {
  const { commonDir, top } = repository;
  const { path, branch, newBranch, id, base } = record;
  await mkdir(dirname(path), { recursive: true });
  const starting: Promise<void>[] = [];
  const what = newBranch ? ['--no-track', '-b', branch, path, base] : ['--force', path, branch];
  const added = await writeGit(top, ['worktree', 'add', ...what], {
    onStart: (pid) => starting.push(started(pid)),
    ...(signal ? { signal } : {}),
  });
  await Promise.all(starting);
  if (!added.ok) return added.refusal;
  const admin = await readGit(path, ['rev-parse', '--absolute-git-dir']);
  if (!admin.ok) return admin.refusal;
  const hidden = { path, commonDir, id, admin: basename(admin.text.trim()) };
  if (hidden.admin !== record.admin) {
    return refusal('git-failed', `Git named the worktree ${hidden.admin}, not ${id}.`, 'Dispatch again.');
  }
  const held = await writeGit(top, ['update-ref', baseRef(id), base]);
  if (!held.ok) return held.refusal;
  onStep?.('added');
  // Taken before anybody works there: nothing is marked in it, and what git knows of the files is in it.
  await copyFile(join(admin.text.trim(), 'index'), filesOf(commonDir, id).index);
  onStep?.('indexed');
  const hiding = await hide(
    hidden,
    links.map((link) => link.path),
  );
  if (hiding) return hiding;
  onStep?.('hidden');
  const linking = await makeLinks(path, links);
  if (!linking) onStep?.('linked');
  return linking;
}

function cannotWrite(error: unknown): Refusal {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? refusal('disk-full', 'The disk is full.', 'Make room and dispatch again.')
    : refusal(
        'worktree-failed',
        `The worktree could not be made: ${message}`,
        'Mend what it names and dispatch again.',
      );
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
