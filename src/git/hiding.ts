import { readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { Refusal } from '../contract/refusal.ts';
import { readGit, writeGit } from './git.ts';
import { filesOf } from './worktreeRecords.ts';

/**
 * What is hidden in one worktree and nowhere else. `info/exclude` is shared by all working trees of a
 * repository, and `extensions.worktreeConfig` would shut out programs that do not know it; so the shared
 * configuration includes a file of ours for this one worktree, and that names an excludes file: the
 * person's own one, and our lines after it.
 */
export interface Hidden {
  readonly path: string;
  readonly commonDir: string;
  readonly id: string;
  readonly admin: string;
}

function sectionOf({ admin }: Hidden): string {
  return `includeIf.gitdir:./worktrees/${admin}`;
}

/**
 * Hides these paths (from the root of the worktree) besides what is hidden there; again where the repository has got
 * another place. Call it inside `oneWriter`.
 */
export async function hide(hidden: Hidden, paths: readonly string[]): Promise<Refusal | undefined> {
  const files = filesOf(hidden.commonDir, hidden.id);
  const before = await readFile(files.hidden, 'utf8').catch(() => personsOwn(hidden.path));
  const lines = before.split('\n');
  const more = paths.map((path) => `/${escaped(path)}`).filter((line) => !lines.includes(line));
  await writeFile(
    files.hidden,
    [before.replace(/\n$/, ''), ...more].filter((line) => line !== '').join('\n') + '\n',
  );
  const settings: readonly (readonly string[])[] = [
    ['--file', files.config, 'core.excludesFile', files.hidden],
    ['--local', `${sectionOf(hidden)}.path`, `lockkeeper/${basename(files.config)}`],
  ];
  for (const setting of settings) {
    const answer = await writeGit(hidden.path, ['config', ...setting]);
    if (!answer.ok) return answer.refusal;
  }
  return undefined;
}

/** Takes our section out of the shared configuration. Call it inside `oneWriter`. */
export async function stopHiding(top: string, hidden: Hidden): Promise<Refusal | undefined> {
  const known = await readGit(top, ['config', '--local', '--get', `${sectionOf(hidden)}.path`]);
  if (!known.ok) return undefined;
  const answer = await writeGit(top, ['config', '--local', '--remove-section', sectionOf(hidden)]);
  return answer.ok ? undefined : answer.refusal;
}

async function personsOwn(folder: string): Promise<string> {
  const named = await readGit(folder, ['config', '--type=path', '--get', 'core.excludesFile']);
  const home = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
  const file = named.ok ? named.text.trim() : join(home, 'git', 'ignore');
  return readFile(file, 'utf8').catch(() => '');
}

function escaped(path: string): string {
  return path.replace(/[\\*?[\]#! ]/g, (letter) => `\\${letter}`);
}
