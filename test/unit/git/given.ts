import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lifeOf, markOf, type ProcessMark } from '../../../src/journal/liveness.ts';
import { repositoryOf, type Repository } from '../../../src/git/repository.ts';
import type { Processes } from '../../../src/git/worktreeRecords.ts';
import type { WorktreeOrder } from '../../../src/git/worktrees.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';

const names = ['HOME', 'XDG_CONFIG_HOME', 'GIT_CONFIG_NOSYSTEM', 'USERPROFILE'];

/** A home folder that no git has seen, and folders beside it, for one file of tests. */
export class Ground {
  readonly #before = new Map(names.map((name) => [name, process.env[name]]));
  #count = 0;
  folder = '';

  async open(): Promise<void> {
    this.folder = await temporaryFolder('git');
    const home = join(this.folder, 'home');
    mkdirSync(home);
    Object.assign(process.env, {
      HOME: home,
      USERPROFILE: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      GIT_CONFIG_NOSYSTEM: '1',
    });
  }

  async close(): Promise<void> {
    for (const [name, value] of this.#before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await removeFolder(this.folder);
  }

  /** A new folder of its own, in which a repository can have neighbours. */
  place(name = 'app'): string {
    const folder = join(this.folder, `p${(this.#count += 1)}`, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** A repository with one commit of these files. */
  repository(files: Readonly<Record<string, string>> = { 'a.txt': 'a\n' }): string {
    const top = this.place();
    begin(top);
    commit(top, files);
    return top;
  }
}

export function git(folder: string, ...args: string[]): string {
  const found = execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  return found.toString('utf8').trimEnd();
}

export function begin(top: string): void {
  git(top, 'init', '--quiet', '--initial-branch=main');
  appendFileSync(join(top, '.git', 'config'), '[user]\nname = Person\nemail = person@example.invalid\n');
}

export function write(top: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
}

export function commit(top: string, files: Readonly<Record<string, string>>): string {
  write(top, files);
  git(top, 'add', '--all');
  git(top, 'commit', '--quiet', '--allow-empty', '--message', 'chore: go on');
  return git(top, 'rev-parse', 'HEAD');
}

export async function look(folder: string): Promise<Repository> {
  const standing = await repositoryOf(folder);
  if (standing.kind === 'none') throw new Error(standing.why.sentence);
  return standing.repository;
}

export const processes: Processes = {
  markOf: (pid) => JSON.stringify({ pid, ...markOf(pid) }),
  isAlive: (mark) => {
    const { pid, ...rest } = JSON.parse(mark) as { pid: number } & ProcessMark;
    return lifeOf(pid, rest) !== 'dead';
  },
};

export async function orderFor(top: string, more: Partial<WorktreeOrder> = {}): Promise<WorktreeOrder> {
  const repository = await look(top);
  return {
    repository,
    owner: 'journal',
    dispatch: 1,
    worker: 'web',
    todo: 7,
    start: repository.commit ?? '',
    fallback: join(dirname(top), 'storage'),
    open: [top],
    link: [],
    processes,
    ...more,
  };
}

/** Everything that a worktree leaves in the repository or beside it; nothing of it is there before and after. */
export function traces(top: string): readonly string[] {
  const listed = (folder: string): string[] => {
    try {
      return readdirSync(folder).map((name) => join(folder, name));
    } catch {
      return [];
    }
  };
  return [
    ...listed(`${top}.worktrees`),
    ...listed(join(top, '.git', 'worktrees')),
    ...listed(join(top, '.git', 'lockkeeper')),
    ...git(top, 'for-each-ref', '--format=%(refname)', 'refs/heads/lockkeeper', 'refs/lockkeeper')
      .split('\n')
      .filter(Boolean),
    ...git(top, 'config', '--local', '--list')
      .split('\n')
      .filter((line) => line.toLowerCase().startsWith('includeif')),
  ];
}
