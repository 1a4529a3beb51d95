import { access, readFile, realpath } from 'node:fs/promises';
import { basename, join, normalize } from 'node:path';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { gitTrouble, readGit } from './git.ts';

/** A folder inside the working tree of a git repository. Paths are absolute and real. */
export interface Repository {
  /** The root of the working tree. */
  readonly top: string;
  /** From `top` to the folder that was asked about, with `/`; empty where that is the root. */
  readonly prefix: string;
  /** The git folder of this working tree, and the one that all working trees of the repository share. */
  readonly gitDir: string;
  readonly commonDir: string;
  /** Undefined while there is no commit yet. */
  readonly commit: string | undefined;
  /** Undefined while HEAD is detached. */
  readonly branch: string | undefined;
  /** What git is in the middle of. */
  readonly underway: Underway | undefined;
}

export type Underway = 'merge' | 'rebase' | 'cherry-pick' | 'revert' | 'bisect';

/** Either a repository, or why the folder has none that can be used. */
export type Standing =
  | { readonly kind: 'repository'; readonly repository: Repository }
  | { readonly kind: 'none'; readonly why: Refusal };

const underways: readonly (readonly [string, Underway])[] = [
  ['MERGE_HEAD', 'merge'],
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisect'],
];

/** Looks what a folder is to git; it reads only. */
export async function repositoryOf(folder: string): Promise<Standing> {
  const trouble = await gitTrouble(folder);
  if (trouble) return { kind: 'none', why: trouble };
  const answer = await readGit(folder, [
    'rev-parse',
    '--is-bare-repository',
    '--is-inside-work-tree',
    '--path-format=absolute',
    '--show-toplevel',
    '--git-dir',
    '--git-common-dir',
    '--show-prefix',
    // Without a commit it says nothing of it.
    '--revs-only',
    'HEAD^{commit}',
  ]);
  // Outside of a working tree it says no at the first path, and has said the rest by then.
  const [bare, inside, top, gitDir, commonDir, prefix, ...rest] = answer.text.replace(/\n$/, '').split('\n');
  const [commit, ...more] = rest;
  if (inside === 'false') return { kind: 'none', why: bare === 'true' ? bareRepository : insideGit };
  if (!answer.ok) {
    return { kind: 'none', why: /not a git repository/.test(answer.output) ? noRepository : answer.refusal };
  }
  if (top === undefined || gitDir === undefined || commonDir === undefined || more.length > 0) {
    return { kind: 'none', why: brokenName };
  }
  const found = { top, gitDir, commonDir, prefix: prefix?.replace(/\/$/, '') ?? '', commit };
  return { kind: 'repository', repository: await look(found) };
}

async function look(found: Omit<Repository, 'branch' | 'underway'>): Promise<Repository> {
  const real = (path: string): Promise<string> => realpath(normalize(path));
  const [top, gitDir, commonDir] = await Promise.all([
    real(found.top),
    real(found.gitDir),
    real(found.commonDir),
  ]);
  const [branch, underway] = await Promise.all([branchOf(top, gitDir), inTheMiddle(gitDir)]);
  return { ...found, top, gitDir, commonDir, branch, underway };
}

/** Git is asked only where its file does not tell: each of its processes holds up the window that starts it. */
async function branchOf(top: string, gitDir: string): Promise<string | undefined> {
  const head = await readFile(join(gitDir, 'HEAD'), 'utf8').catch(() => '');
  const named = /^ref: refs\/heads\/([^\n]+)\n$/.exec(head)?.[1];
  if (named !== undefined && named !== '.invalid') return named;
  return /^[0-9a-f]+\n$/.test(head) ? undefined : text(top, 'symbolic-ref', '--quiet', '--short', 'HEAD');
}

async function text(top: string, ...args: string[]): Promise<string | undefined> {
  const answer = await readGit(top, args);
  return answer.ok ? answer.text.replace(/\n$/, '') : undefined;
}

async function inTheMiddle(gitDir: string): Promise<Underway | undefined> {
  for (const [file, what] of underways) if (await exists(join(gitDir, file))) return what;
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The root of the working tree that a folder lies in; undefined where it lies in none. */
export async function topOf(folder: string): Promise<string | undefined> {
  const answer = await readGit(folder, ['rev-parse', '--show-toplevel']);
  return answer.ok ? realpath(normalize(answer.text.replace(/\n$/, ''))) : undefined;
}

/** Why no worktree can be made from where the repository stands; undefined where one can. */
export function noWorktreeFrom({ top, commit, underway }: Repository): Refusal | undefined {
  if (commit === undefined) {
    return refusal(
      'no-commit',
      `The repository ${basename(top)} has no commit yet, so a worktree would have nothing to begin from.`,
      'Make the first commit, or set lockkeeper.worktree.mode to shared.',
    );
  }
  if (underway !== undefined) {
    return refusal(
      'git-underway',
      `The repository ${basename(top)} is in the middle of a ${underway}.`,
      `Finish the ${underway} or abort it, then dispatch again.`,
    );
  }
  return undefined;
}

/** What a person should know of a worktree of this repository before a worker finds out. */
export async function worktreeNotes({ top, branch }: Repository): Promise<readonly string[]> {
  const [settings, lfs, submodules] = await Promise.all([
    text(top, 'config', '-z', '--list'),
    readGit(top, ['grep', '-q', '-e', 'filter=lfs', '--', ':(glob)**/.gitattributes']),
    exists(join(top, '.gitmodules')),
  ]);
  const partial =
    /(?:^|\0)(?:remote\.[^\0]*\.promisor\n(?:true|1|yes|on)|extensions\.partialclone\n[^\0]+)(?:\0|$)/i;
  return [
    ...(submodules
      ? [
          'Submodules are empty in a worktree; lockkeeper.worktree.setup can fill them: git submodule update --init.',
        ]
      : []),
    ...(lfs.ok ? ['Files that Git LFS keeps are filled in only where git-lfs is installed.'] : []),
    ...(partial.test(settings ?? '')
      ? ['This is a partial clone: a worktree may fetch what is missing.']
      : []),
    ...(branch === undefined ? ['HEAD is detached: no branch will be there to bring the work to.'] : []),
  ];
}

const noRepository = refusal(
  'no-repository',
  'This folder is in no git repository, so all workers share it.',
  'Make it one with git init and a first commit, or work in the shared folder.',
);
const bareRepository = refusal(
  'bare-repository',
  'This folder is a bare git repository: it holds no files to work on.',
  'Open a working tree of it.',
);
const insideGit = refusal(
  'inside-git',
  'This folder lies inside a git folder.',
  'Open the working tree, not its .git folder.',
);
const brokenName = refusal(
  'unreadable-path',
  'The path of this repository holds a line break.',
  'Rename its folder.',
);
