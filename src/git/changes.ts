import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Refusal } from '../contract/refusal.ts';
import { oneWriter, readGit } from './git.ts';
import { treeOfAll } from './snapshot.ts';

/** One file that differs between base and worktree; paths are from the root of the repository. */
export interface Change {
  readonly path: string;
  /** Where it was before, of a renamed file. */
  readonly from?: string;
  readonly how: 'added' | 'changed' | 'deleted' | 'renamed' | 'another kind';
  readonly kind: 'file' | 'symlink' | 'submodule';
  /** Octal modes as git writes them; `000000` where there is no file. */
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldHash: string;
  readonly newHash: string;
  readonly binary: boolean;
  /** Lines; undefined of a binary file. */
  readonly added?: number;
  readonly removed?: number;
  /** A submodule whose own files are changed or new: what a commit of it would not hold. */
  readonly unsaved?: true;
}

export interface Changes {
  readonly base: string;
  /** The hash of exactly what stands in the worktree, ignored files aside. */
  readonly tree: string;
  readonly files: readonly Change[];
}

type Read<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly refusal: Refusal };

/**
 * What a worktree changed against its base: committed there or not, untracked files included. `index` is one
 * of our own that is kept between calls: what the worker marks in its own index hides nothing.
 */
export async function changesIn(worktree: {
  readonly path: string;
  readonly commonDir: string;
  readonly base: string;
  readonly index: string;
}): Promise<Read<{ changes: Changes }>> {
  const { path, base } = worktree;
  const tree = await oneWriter(worktree.commonDir, () => treeOfAll(path, worktree.index));
  if (!tree.ok) return tree;
  const compared = await between(path, base, tree.hash);
  if (!compared.ok) return compared;
  const { files } = compared;
  const unsaved = await unsavedSubmodules(path, files);
  if (!unsaved.ok) return unsaved;
  return { ok: true, changes: { base, tree: tree.hash, files: withUnsaved(files, unsaved.found) } };
}

/** What differs between two trees that git knows. */
export async function between(
  path: string,
  base: string,
  tree: string,
): Promise<Read<{ files: readonly Change[] }>> {
  const answer = await readGit(path, [
    'diff-tree',
    '-r',
    '-z',
    '--raw',
    '--numstat',
    '--no-abbrev',
    '--find-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--no-relative',
    '--ignore-submodules=none',
    base,
    tree,
  ]);
  return answer.ok ? { ok: true, files: read(answer.text) } : answer;
}

/** Reads `diff-tree --raw --numstat -z`: first every raw entry, then the line counts in the same order. */
function read(text: string): readonly Change[] {
  const tokens = text.split('\0');
  const raws: Omit<Change, 'binary'>[] = [];
  const counts = new Map<string, { added?: number; removed?: number; binary: boolean }>();
  for (let at = 0; at < tokens.length - 1;) {
    const token = tokens[at] ?? '';
    if (token.startsWith(':')) {
      const [oldMode = '', newMode = '', oldHash = '', newHash = '', letter = ''] = token.slice(1).split(' ');
      const renamed = /^[RC]/.test(letter);
      const from = renamed ? { from: tokens[at + 1] ?? '' } : {};
      const path = tokens[at + (renamed ? 2 : 1)] ?? '';
      const kind = kindOf(newMode === '000000' ? oldMode : newMode);
      raws.push({ path, ...from, how: howOf(letter), kind, oldMode, newMode, oldHash, newHash });
      at += renamed ? 3 : 2;
    } else {
      const [added = '', removed = '', path = ''] = token.split('\t');
      const binary = added === '-';
      const lines = binary ? {} : { added: Number(added), removed: Number(removed) };
      counts.set(path === '' ? (tokens[at + 2] ?? '') : token.slice(added.length + removed.length + 2), {
        ...lines,
        binary,
      });
      at += path === '' ? 3 : 1;
    }
  }
  return raws.map((raw) => ({ ...raw, binary: false, ...counts.get(raw.path) }));
}

function howOf(letter: string): Change['how'] {
  const hows: Record<string, Change['how']> = {
    A: 'added',
    D: 'deleted',
    R: 'renamed',
    T: 'another kind',
  };
  return hows[letter[0] ?? ''] ?? 'changed';
}

function kindOf(mode: string): Change['kind'] {
  return mode === '120000' ? 'symlink' : mode === '160000' ? 'submodule' : 'file';
}

/** Submodules in whose own working tree something is not committed. */
async function unsavedSubmodules(
  path: string,
  files: readonly Change[],
): Promise<Read<{ found: readonly string[] }>> {
  const listed = await lstat(join(path, '.gitmodules')).catch(() => undefined);
  if (!listed && !files.some(({ kind }) => kind === 'submodule')) return { ok: true, found: [] };
  const status = await readGit(path, [
    'status',
    '--porcelain=v2',
    '-z',
    '--untracked-files=no',
    '--no-renames',
    '--ignore-submodules=none',
  ]);
  if (!status.ok) return status;
  const found = status.text.split('\0').flatMap((line) => {
    const fields = line.split(' ');
    return fields[0] === '1' && /^S.(?:M.|.U)$/.test(fields[2] ?? '') ? [fields.slice(8).join(' ')] : [];
  });
  return { ok: true, found };
}

function withUnsaved(files: readonly Change[], unsaved: readonly string[]): readonly Change[] {
  const marked = files.map((file) =>
    unsaved.includes(file.path) ? { ...file, unsaved: true as const } : file,
  );
  const rest = unsaved.filter((path) => !files.some((file) => file.path === path));
  return [
    ...marked,
    ...rest.map((path): Change => ({
      path,
      how: 'changed',
      kind: 'submodule',
      oldMode: '160000',
      newMode: '160000',
      oldHash: '',
      newHash: '',
      binary: false,
      unsaved: true,
    })),
  ];
}
