import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { dropBase, recordBase, startOf, type Handling } from './base.ts';
import { readGit } from './git.ts';
import { mappingOf, nameFromTop, type Mapping, type Place, type Root } from './mapping.ts';
import { mendMoved } from './moved.ts';
import { repositoryOf, topOf, worktreeNotes, type Repository } from './repository.ts';
import { readRecords, type WorktreeRecord } from './worktreeRecords.ts';
import { makeWorktree, worktreeOf, type WorktreeOrder } from './worktrees.ts';

/** What a worktree for a dispatch is asked with. Paths of folders need not be real ones. */
export interface DispatchOrder extends Pick<
  WorktreeOrder,
  | 'owner'
  | 'dispatch'
  | 'command'
  | 'taken'
  | 'worker'
  | 'todo'
  | 'fallback'
  | 'processes'
  | 'signal'
  | 'onStep'
> {
  /** The folders of the workspace. */
  readonly folders: readonly Root[];
  /** The names of those that the scope begins in; the first is where the worker starts. */
  readonly scopeFolders: readonly string[];
  /** Whether a name of the workspace is inside the dispatch's area. */
  readonly inArea: (name: string) => boolean;
  readonly handling: Handling;
  /** Ignored paths to link, from the folder. */
  readonly link: readonly string[];
  readonly setup?: Omit<NonNullable<WorktreeOrder['setup']>, 'folder'>;
}

export type Given =
  | {
      readonly ok: true;
      readonly worktree: DispatchWorktree;
      readonly output: string;
    }
  | {
      readonly ok: true;
      readonly worktree: undefined;
      /** Why there can be none, so that all share the folder: the end of a sentence. */
      readonly shares: string;
      readonly output: string;
    }
  | { readonly ok: false; readonly refusal: Refusal; readonly output: string };

export interface DispatchWorktree {
  readonly record: WorktreeRecord;
  readonly repository: Repository;
  /** The counterpart of the folder that the scope begins in. */
  readonly folder: string;
  readonly mapping: Mapping;
  readonly notes: readonly string[];
}

/** With these there is nothing a worktree could be made of, or with; with every other trouble one is missing. */
const shared: Readonly<Record<string, string>> = {
  'no-repository': 'it lies in no git repository',
  'bare-repository': 'its repository is a bare one',
  'no-commit': 'its repository has no commit yet',
  'not-tracked': 'no commit of its repository holds a file of it',
  'git-missing': 'git is not found on this machine',
  'git-too-old': 'the git of this machine is older than 2.38',
};

/** The worktree of a dispatch: the one it has, or a new one from a base that is recorded for it. */
export async function worktreeFor(order: DispatchOrder): Promise<Given> {
  const { owner, dispatch, handling } = order;
  const no = (why: Refusal, output = ''): Given => ({ ok: false, refusal: why, output });
  const shares = (why: string): Given => ({ ok: true, worktree: undefined, shares: why, output: '' });
  const places = await placesOf(order.folders);
  const start = places.find(({ name }) => name === order.scopeFolders[0]) ?? places[0];
  if (!start) return shares('it is not there');
  const standing = await repositoryOf(start.fsPath);
  if (standing.kind === 'none') {
    const why = shared[standing.why.code];
    return why === undefined ? no(standing.why) : shares(why);
  }
  const { repository } = standing;
  const { top, commonDir, prefix } = repository;
  const own = order.command === undefined ? await worktreeOf(commonDir, owner, dispatch) : undefined;
  const hindrance = own ? undefined : await nothingToCheckOut(repository);
  if (hindrance !== undefined) return shares(hindrance);
  const stranger = places.find(({ name, top: own }) => order.scopeFolders.includes(name) && own !== top);
  if (stranger) return no(twoRepositories(start.name, stranger.name));

  const main = mappingOf(top, top, places);
  const inArea = (path: string): boolean => {
    const name = nameFromTop(main, path);
    return name !== undefined && order.inArea(name);
  };
  const id = `${createHash('sha256').update(owner).digest('hex').slice(0, 8)}-${dispatch}-${process.pid}`;
  const recorded = own ? undefined : await recordBase(repository, inArea, id);
  if (recorded && !recorded.ok) return no(recorded.refusal);
  const begin = recorded ? startOf(recorded.base, handling) : { ok: true as const, commit: own?.base ?? '' };
  if (!begin.ok) {
    if (recorded) await dropBase(repository, recorded.base);
    return no(begin.refusal);
  }
  const below = (path: string): string => (prefix === '' ? path : `${prefix}/${path}`);
  const { setup, ...rest } = order;
  const made = await makeWorktree({
    ...rest,
    repository,
    start: begin.commit,
    ...(repository.commit === undefined ? {} : { from: repository.commit }),
    open: places.map(({ fsPath }) => fsPath),
    link: order.link.map(below),
    ...(setup ? { setup: { ...setup, folder: prefix } } : {}),
  });
  // By now its own reference holds it.
  if (recorded) await dropBase(repository, recorded.base);
  if (!made.ok) return no(made.refusal, made.output);
  const { path } = made.worktree;
  return {
    ok: true,
    output: made.output,
    worktree: {
      record: made.worktree,
      repository,
      folder: join(path, ...prefix.split('/')),
      mapping: mappingOf(path, top, places),
      notes: await worktreeNotes(repository),
    },
  };
}

/** A folder that no commit holds would not be in a worktree. */
async function nothingToCheckOut({ top, prefix, commit }: Repository): Promise<string | undefined> {
  if (commit === undefined) return shared['no-commit'];
  if (prefix === '') return undefined;
  const held = await readGit(top, ['cat-file', '-e', `${commit}:${prefix}`]);
  return held.ok ? undefined : shared['not-tracked'];
}

/** Where the folders of a workspace are to git. It holds until other folders are open, or a repository is made. */
export interface Survey {
  readonly places: readonly Place[];
  /** Each once. */
  readonly repositories: readonly Pick<Repository, 'top' | 'commonDir'>[];
}

export async function survey(folders: readonly Root[]): Promise<Survey> {
  const places = await placesOf(folders);
  const found = new Map<string, Pick<Repository, 'top' | 'commonDir'>>();
  for (const { fsPath } of places) {
    const standing = await repositoryOf(fsPath);
    if (standing.kind === 'none') continue;
    const { top, commonDir } = standing.repository;
    if (!found.has(top)) await mendMoved(top, commonDir);
    found.set(top, { top, commonDir });
  }
  return { places, repositories: [...found.values()] };
}

/** A worktree that a dispatch of this journal has, and how its paths map. */
export interface Known {
  readonly record: WorktreeRecord;
  /** The root of the working tree that the person has open. */
  readonly top: string;
  readonly commonDir: string;
  readonly mapping: Mapping;
}

/**
 * Reads the records alone. A worker that waits for a task has it before its worktree is written down as kept: one whose
 * dispatch came about counts as that.
 */
export async function worktreesOf(
  owner: string,
  { places, repositories }: Survey,
  cameAbout: (waiting: WorktreeRecord) => boolean | undefined = () => false,
): Promise<readonly Known[]> {
  const isThere = (one: WorktreeRecord): boolean =>
    one.state === 'ready' || (one.state === 'waiting' && cameAbout(one) === true);
  const isTwice = (one: WorktreeRecord, all: readonly WorktreeRecord[]): boolean =>
    one.state === 'waiting' &&
    all.some(
      (other) =>
        other.state === 'ready' &&
        other.owner === owner &&
        other.dispatch === one.dispatch &&
        other.command === one.command,
    );
  const found = repositories.map(async ({ top, commonDir }) =>
    (await readRecords(commonDir))
      .filter((record, _, all) => record.owner === owner && isThere(record) && !isTwice(record, all))
      .sort((one, other) => Number(one.state === 'ready') - Number(other.state === 'ready'))
      .map((record) => ({ record, top, commonDir, mapping: mappingOf(record.path, top, places) })),
  );
  const all = (await Promise.all(found)).flat();
  return all.filter((one, at) => all.findIndex(({ record }) => record.path === one.record.path) === at);
}

async function placesOf(folders: readonly Root[]): Promise<readonly Place[]> {
  const places = folders.map(async ({ name, fsPath }) => {
    const real = await realpath(fsPath).catch(() => undefined);
    return real === undefined ? [] : [{ name, fsPath: real, top: await topOf(real) }];
  });
  return (await Promise.all(places)).flat();
}

/** What a result changes is measured in one repository. */
export function twoRepositories(one: string, other: string): Refusal {
  return refusal(
    'two-repositories',
    `The scope lies in ${one} and in ${other}, which are not one repository; a result is measured in one.`,
    'Split the TODO, so that each part lies in one of them.',
  );
}
