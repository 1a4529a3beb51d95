import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { Refusal } from '../contract/refusal.ts';
import { oneWriter, writeGit } from './git.ts';
import { readWhole, recordFolder, writeWhole } from './recordFiles.ts';
import type { Repository } from './repository.ts';
import { commitOf, treeOfAll } from './snapshot.ts';
import { baseRef, filesOf } from './worktreeRecords.ts';

const record = z.object({
  version: z.literal(1),
  id: z.string().check(z.regex(/^[a-z0-9-]+$/)),
  /** Whose it is: the journal it belongs to. */
  owner: z.string(),
  dispatch: z.int(),
  /** The command that brings the dispatch about; whether it did, the journal knows. */
  command: z.string(),
  maker: z.string(),
  /** A commit of all that stood there, ignored files aside; on top of HEAD, where there was one. */
  base: z.string(),
  /** The work is measured in another repository, and what changed in this one is none of it. */
  beside: z.optional(z.literal(true)),
});

/** What a folder that several share held when a dispatch began in it. */
export type SharedBase = z.output<typeof record>;

const ending = '.base';
const fileOf = (commonDir: string, id: string): string => join(recordFolder(commonDir), `${id}${ending}`);

/** The index in which the folder is compared with that base; taken before the worker came, as in a worktree. */
export function indexOf(commonDir: string, { id }: Pick<SharedBase, 'id'>): string {
  return filesOf(commonDir, id).index;
}

/** Writes down what a shared folder holds, as objects under a reference of ours; its files and index stay as they are. */
export function recordSharedBase(
  { top, commonDir, gitDir, commit }: Repository,
  what: Omit<SharedBase, 'version' | 'base'>,
): Promise<{ ok: true; shared: SharedBase } | { ok: false; refusal: Refusal }> {
  return oneWriter(commonDir, async () => {
    const index = indexOf(commonDir, what);
    await mkdir(dirname(index), { recursive: true });
    await copyFile(join(gitDir, 'index'), index).catch(() => undefined);
    const drop = async <T>(no: T): Promise<T> => {
      await rm(index, { force: true });
      return no;
    };
    const tree = await treeOfAll(top, index);
    if (!tree.ok) return drop(tree);
    const base = await commitOf(
      top,
      tree.hash,
      commit,
      'chore: what the folder held when the work was handed out',
    );
    if (!base.ok) return drop(base);
    const held = await writeGit(top, ['update-ref', baseRef(what.id), base.hash]);
    if (!held.ok) return drop(held);
    const shared: SharedBase = { ...what, version: 1, base: base.hash };
    await writeWhole(fileOf(commonDir, what.id), shared);
    return { ok: true, shared };
  });
}

export function sharedBases(commonDir: string): Promise<readonly SharedBase[]> {
  return readWhole(commonDir, ending, record);
}

/** Lets go of it, once nothing is compared with it any more. */
export function dropSharedBase(top: string, commonDir: string, { id }: SharedBase): Promise<void> {
  return oneWriter(commonDir, async () => {
    await writeGit(top, ['update-ref', '-d', baseRef(id)]);
    await rm(indexOf(commonDir, { id }), { force: true });
    await rm(`${fileOf(commonDir, id)}.new`, { force: true });
    await rm(fileOf(commonDir, id), { force: true });
  });
}
