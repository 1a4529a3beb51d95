import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Refusal } from '../contract/refusal.ts';
import { between, type Change } from './changes.ts';
import { foundAt } from './hiding.ts';
import { writeWhole } from './recordFiles.ts';
import { treeOfTexts } from './snapshot.ts';
import { filesOf } from './worktreeRecords.ts';

const record = z.object({
  version: z.literal(1),
  files: z.record(z.string(), z.array(z.nullable(z.string()))),
});

/**
 * How each hidden file that Lockkeeper wrote in a worktree may read, by its path from the root; null where it is not
 * there. The last is the newest: there are more while one is being written.
 */
export type HiddenTexts = ReadonlyMap<string, readonly (string | null)[]>;

export interface HiddenAt {
  readonly path: string;
  readonly commonDir: string;
  readonly id: string;
}

/** Rejects where it cannot be read: it says what is watched. */
export async function readHiddenTexts({ commonDir, id }: Omit<HiddenAt, 'path'>): Promise<HiddenTexts> {
  const { texts } = filesOf(commonDir, id);
  const text = await readFile(texts, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return new Map(text === undefined ? [] : Object.entries(record.parse(JSON.parse(text)).files));
}

/** Call it inside `oneWriter`. */
export async function writeHiddenTexts(
  { commonDir, id }: Omit<HiddenAt, 'path'>,
  all: HiddenTexts,
): Promise<void> {
  const { texts } = filesOf(commonDir, id);
  if (all.size === 0) await rm(texts, { force: true });
  else await writeWhole(texts, { version: 1, files: Object.fromEntries(all) });
}

/** The hidden files that do not read as Lockkeeper left them. It only reads, so it may be asked at any time. */
export async function strayedIn(hidden: HiddenAt): Promise<readonly string[]> {
  const strayed: string[] = [];
  for (const [path, known] of await readHiddenTexts(hidden))
    if (!(await reads(hidden.path, path, known))) strayed.push(path);
  return strayed;
}

/** The same as a change from what Lockkeeper left there, which no commit ever has. Call it inside `oneWriter`. */
export async function strayedChanges(hidden: HiddenAt): Promise<
  | {
      readonly ok: true;
      readonly base: string;
      readonly tree: string;
      readonly files: readonly Change[];
    }
  | { readonly ok: false; readonly refusal: Refusal }
> {
  const known = await readHiddenTexts(hidden);
  const [before, now] = [new Map<string, string>(), new Map<string, string>()];
  const strayed = await strayedIn(hidden);
  for (const path of strayed) {
    const left = known.get(path)?.at(-1) ?? null;
    if (left !== null) before.set(path, left);
    const text = await textOf(hidden.path, path);
    if (text !== undefined) now.set(path, text);
  }
  const [base, tree] = [await treeOfTexts(hidden.path, before), await treeOfTexts(hidden.path, now)];
  if (!base.ok) return base;
  if (!tree.ok) return tree;
  const read = await between(hidden.path, base.hash, tree.hash);
  if (!read.ok) return read;
  const shown = new Map(read.files.flatMap((file) => [[file.path, file] as const]));
  const files = strayed.map((path) => shown.get(path) ?? unshown(path));
  return { ok: true, base: base.hash, tree: tree.hash, files };
}

/** Longer than any file of an agent's configuration is. */
const mostShown = 1_000_000;

async function textOf(worktree: string, path: string): Promise<string | undefined> {
  if ((await foundAt(worktree, path)) !== 'file') return undefined;
  const at = join(worktree, ...path.split('/'));
  return (await stat(at)).size > mostShown ? undefined : readFile(at, 'utf8');
}

async function reads(worktree: string, path: string, known: readonly (string | null)[]): Promise<boolean> {
  const found = await foundAt(worktree, path);
  if (found === 'else') return false;
  if (found === 'nothing') return known.includes(null);
  const at = join(worktree, ...path.split('/'));
  const texts = known.flatMap((text) => (text === null ? [] : [Buffer.from(text)]));
  const { size } = await stat(at);
  if (!texts.some(({ length }) => length === size)) return false;
  const bytes = await readFile(at);
  return texts.some((text) => text.equals(bytes));
}

/** A link, a folder, or bytes that are no other text. */
const unshown = (path: string): Change => ({
  path,
  how: 'another kind',
  kind: 'file',
  oldMode: '100644',
  newMode: '100644',
  oldHash: '',
  newHash: '',
  binary: false,
});
