import { lstat, readFile, realpath, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
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

/** Shows these paths again, unless the project or the person ignores them. Call it inside `oneWriter`. */
export async function unhide(
  { commonDir, id }: Pick<Hidden, 'commonDir' | 'id'>,
  paths: readonly string[],
): Promise<void> {
  const { hidden } = filesOf(commonDir, id);
  const shown = new Set(paths.map((path) => `/${escaped(path)}`));
  const lines = (await readFile(hidden, 'utf8')).split('\n');
  await writeFile(hidden, lines.filter((line) => !shown.has(line)).join('\n'));
}

/**
 * Hides these paths before something of ours is written there, and gives those that are hidden then. What the work has,
 * or had when it began, stays in sight, and so does what a link leads out to. Call it inside `oneWriter`.
 */
export async function hideOurs(
  hidden: Hidden & { readonly base: string },
  paths: readonly string[],
): Promise<{ ok: true; hidden: readonly string[] } | { ok: false; refusal: Refusal }> {
  const { path, commonDir, id, base } = hidden;
  if (paths.length === 0) return { ok: true, hidden: [] };
  const known = new Set<string>();
  for (const [ask, index] of [
    [['ls-tree', '-r', '--full-tree', '--name-only', '-z', base], undefined],
    [['ls-files', '-z'], undefined],
    [['ls-files', '-z'], filesOf(commonDir, id).index],
  ] as const) {
    const options = index === undefined ? {} : { index };
    const answer = await readGit(path, ['--literal-pathspecs', ...ask, '--', ...paths], options);
    if (!answer.ok) return answer;
    for (const one of answer.text.split('\0')) known.add(one);
  }
  const free: string[] = [];
  for (const one of paths) {
    const isKnown = [...known].some((other) => other === one || other.startsWith(`${one}/`));
    if (!isKnown && (await isOurPlace(path, one))) free.push(one);
  }
  const why = free.length > 0 ? await hide(hidden, free) : undefined;
  if (why) return { ok: false, refusal: why };
  const found: string[] = [];
  // A project may have said of a file that it is never ignored.
  for (const one of free) if (await isIgnored(path, one)) found.push(one);
  return { ok: true, hidden: found };
}

/** Nothing is there, or what nobody's change holds; and no link leads elsewhere. */
async function isOurPlace(worktree: string, path: string): Promise<boolean> {
  const found = await foundAt(worktree, path);
  return found === 'nothing' || (found === 'file' && (await isIgnored(worktree, path)));
}

/** What is at a path of a worktree; `else` too where a link leads there. */
export async function foundAt(worktree: string, path: string): Promise<'nothing' | 'file' | 'else'> {
  const at = join(worktree, ...path.split('/'));
  const above = await realpath(dirname(at)).catch(() => undefined);
  if (above === undefined) return (await leadsNowhere(worktree, dirname(path))) ? 'else' : 'nothing';
  if (above !== join(await realpath(worktree), ...dirname(path).split('/'))) return 'else';
  const found = await lstat(at).catch(() => undefined);
  return !found ? 'nothing' : found.isFile() ? 'file' : 'else';
}

/** Whether there is a link on the way to a folder that is not there: it may come to lead somewhere. */
async function leadsNowhere(worktree: string, folder: string): Promise<boolean> {
  const parts = folder.split('/');
  const ways = parts.map((_, i) => join(worktree, ...parts.slice(0, i + 1)));
  const found = await Promise.all(ways.map((way) => lstat(way).catch(() => undefined)));
  return found.some((one) => one?.isSymbolicLink());
}

/** What is tracked is not, nor what lies beyond a link. */
async function isIgnored(worktree: string, path: string): Promise<boolean> {
  const asked = ['check-ignore', '--quiet', '-z', '--stdin'];
  return (await readGit(worktree, asked, { input: `${path}\0` })).ok;
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
