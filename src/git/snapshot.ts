import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Refusal } from '../contract/refusal.ts';
import { writeGit, type GitAnswer } from './git.ts';

export type Hash =
  { readonly ok: true; readonly hash: string } | { readonly ok: false; readonly refusal: Refusal };

export function hashIn(answer: GitAnswer): Hash {
  return answer.ok ? { ok: true, hash: answer.text.trim() } : answer;
}

/** The tree of everything that is not ignored in the working tree, written with an index that is kept for it. */
export async function treeOfAll(top: string, index: string): Promise<Hash> {
  const added = await writeGit(top, ['-c', 'advice.addEmbeddedRepo=false', 'add', '--all'], { index });
  return added.ok ? hashIn(await writeGit(top, ['write-tree'], { index })) : added;
}

/**
 * The tree of a commit with these paths (from the top) as they are in the working tree: changed, new or gone.
 * Neither the person's index nor a file is touched.
 */
export async function treeWith(
  top: string,
  commit: string | undefined,
  paths: readonly string[],
): Promise<Hash> {
  return withOwnIndex(async (index) => {
    const read = await writeGit(top, ['read-tree', commit ?? '--empty'], { index });
    if (!read.ok) return read;
    const input = paths.map((path) => `${path}\0`).join('');
    const put = ['update-index', '-z', '--add', '--remove', '--replace', '--stdin'];
    const updated = await writeGit(top, put, { index, input });
    return updated.ok ? hashIn(await writeGit(top, ['write-tree'], { index })) : updated;
  });
}

async function withOwnIndex(made: (index: string) => Promise<Hash>): Promise<Hash> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-index-'));
  try {
    return await made(join(folder, 'index'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The tree of these texts alone, by their paths from the top, byte for byte. */
export async function treeOfTexts(top: string, texts: ReadonlyMap<string, string>): Promise<Hash> {
  const lines: string[] = [];
  for (const [path, input] of texts) {
    const blob = hashIn(await writeGit(top, ['hash-object', '-w', '--no-filters', '--stdin'], { input }));
    if (!blob.ok) return blob;
    lines.push(`100644 ${blob.hash}\t${path}\0`);
  }
  return withOwnIndex(async (index) => {
    const put = await writeGit(top, ['update-index', '-z', '--index-info'], {
      index,
      input: lines.join(''),
    });
    return put.ok ? hashIn(await writeGit(top, ['write-tree'], { index })) : put;
  });
}

/** A commit of that tree, in Lockkeeper's name, on no branch. */
export async function commitOf(
  top: string,
  tree: string,
  parent: string | undefined,
  message: string,
): Promise<Hash> {
  const onto = parent === undefined ? [] : ['-p', parent];
  return hashIn(
    await writeGit(top, ['commit-tree', '--no-gpg-sign', ...onto, tree], {
      input: `${message}\n`,
      asLockkeeper: true,
    }),
  );
}
