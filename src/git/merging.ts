import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Refusal } from '../contract/refusal.ts';
import type { Change } from './changes.ts';
import { readGit, writeGit } from './git.ts';
import { hashIn, type Hash } from './snapshot.ts';

/** A change that is to go into a branch; `files` are exactly those that go. */
export interface Going {
  /** In a shared folder the files stand where they go to already, so that they are taken as they are. */
  readonly where: 'worktree' | 'shared';
  /** The commit that the person's branch stood at when the work began; undefined where there was none. */
  readonly from: string | undefined;
  readonly files: readonly Change[];
  /** What `from` is with these files, where that is known already. */
  readonly tree?: string;
}

/** How it goes into `head`: the tree that would then stand there, or the files in which the two differ. */
export type Merged =
  | { readonly kind: 'clean'; readonly tree: string }
  | { readonly kind: 'conflicts'; readonly files: readonly string[] }
  | { readonly kind: 'unknown'; readonly refusal: Refusal };

/** Merges objects alone: no branch, index or file is touched. Call it inside `oneWriter`. */
export async function mergeTrees(top: string, head: string | undefined, going: Going): Promise<Merged> {
  const onto = going.where === 'shared' ? head : going.from;
  const tree: Hash =
    going.tree === undefined ? await treeWithChanges(top, onto, going.files) : { ok: true, hash: going.tree };
  if (!tree.ok) return { kind: 'unknown', refusal: tree.refusal };
  if (onto === head || head === undefined || onto === undefined) return { kind: 'clean', tree: tree.hash };
  const side = await sameCommitOf(top, tree.hash, onto);
  if (!side.ok) return { kind: 'unknown', refusal: side.refusal };
  return mergeCommits(top, head, side.hash);
}

/** Merges two commits as objects. Call it inside `oneWriter`. */
export async function mergeCommits(top: string, head: string, side: string): Promise<Merged> {
  const flags = ['--write-tree', '-z', '--name-only', '--no-messages'];
  const merged = await writeGit(top, ['merge-tree', ...flags, head, side]);
  if (merged.ok) return { kind: 'clean', tree: merged.text.split('\0')[0]?.trim() ?? '' };
  if (merged.code !== 1) return { kind: 'unknown', refusal: merged.refusal };
  const [, ...files] = merged.text.split('\0').filter((part) => part !== '');
  return { kind: 'conflicts', files };
}

/** The tree of a commit with these files as the change has them. */
async function treeWithChanges(
  top: string,
  commit: string | undefined,
  files: readonly Change[],
): Promise<Hash> {
  return withIndex(async (index) => {
    const read = await writeGit(top, ['read-tree', commit ?? '--empty'], { index });
    if (!read.ok) return read;
    const updated = await writeGit(top, ['update-index', '-z', '--index-info'], {
      index,
      input: entriesOf(files),
    });
    return updated.ok ? hashIn(await writeGit(top, ['write-tree'], { index })) : updated;
  });
}

/** What `update-index --index-info` reads: what goes first, so that a folder can take the place of a file. */
function entriesOf(files: readonly Change[]): string {
  const none = '0'.repeat(40);
  const goes = files.flatMap(({ path, from, how }) =>
    how === 'deleted' ? [path] : from === undefined ? [] : [from],
  );
  const comes = files.filter(({ how, newHash }) => how !== 'deleted' && newHash !== '');
  return [
    ...goes.map((path) => `0 ${none}\t${path}\0`),
    ...comes.map(({ newMode, newHash, path }) => `${newMode} ${newHash}\t${path}\0`),
  ].join('');
}

/** The same commit for the same tree and parent, whenever it is asked for. */
export async function sameCommitOf(top: string, tree: string, parent: string): Promise<Hash> {
  const who = 'Lockkeeper <lockkeeper@lockkeeper.invalid> 0 +0000';
  const text = `tree ${tree}\nparent ${parent}\nauthor ${who}\ncommitter ${who}\n\nchore: what is to be merged\n`;
  return hashIn(await writeGit(top, ['hash-object', '-t', 'commit', '-w', '--stdin'], { input: text }));
}

/** Runs with an index of its own, which goes with it. */
export async function withIndex<T>(run: (index: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-index-'));
  try {
    return await run(join(folder, 'index'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The tree of a commit. */
export async function treeOf(top: string, commit: string): Promise<Hash> {
  return hashIn(await readGit(top, ['rev-parse', '--verify', `${commit}^{tree}`]));
}
