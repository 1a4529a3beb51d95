import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NamedFolder } from './folders.ts';

/**
 * By what a file on the disk is known to be as it was: what it holds, so that a touch is no write; of a long one, or of
 * one file too many, when it was written, its length, and which file it is.
 */
export type Stamp = string;

/** Bytes, and files, whose content is read. */
const longest = 262_144;
const mostRead = 5_000;
const read = new Map<string, { readonly of: string; readonly stamp: Stamp }>();

/** Undefined where no plain file is. */
export async function stampOf(path: string): Promise<Stamp | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile()) {
    read.delete(path);
    return undefined;
  }
  const of = `${found.mtimeMs} ${found.size} ${found.ino}`;
  const known = read.get(path);
  if (known?.of === of) return known.stamp;
  if (found.size > longest || (!known && read.size >= mostRead)) return of;
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return of;
  const stamp = createHash('sha256').update(bytes).digest('hex');
  read.set(path, { of, stamp });
  return stamp;
}

/** What is never a worker's to change through its task, and would make every look at the disk a long one. */
const passedOver = new Set(['.git', 'node_modules']);

export interface Sweep {
  /** By workspace name. */
  readonly stamps: ReadonlyMap<string, Stamp>;
  /** Whether it was cut short. */
  readonly isPartial: boolean;
}

/**
 * The plain files below these places that are wanted, by name. Links are not followed: what they lead to inside has its
 * own name. At most `most` files are looked at.
 */
export async function sweep(
  folders: readonly NamedFolder[],
  entries: readonly string[],
  isWanted: (name: string) => boolean,
  most: number,
): Promise<Sweep> {
  const stamps = new Map<string, Stamp>();
  let looked = 0;
  const look = async (path: string, name: string): Promise<void> => {
    if (looked >= most) return;
    const listed = await readdir(path, { withFileTypes: true }).catch(() => undefined);
    if (listed === undefined) {
      await note(path, name);
      return;
    }
    for (const entry of listed) {
      const [inner, called] = [join(path, entry.name), name === '' ? entry.name : `${name}/${entry.name}`];
      if (entry.isFile()) await note(inner, called.normalize('NFC'));
      else if (entry.isDirectory() && !passedOver.has(entry.name)) await look(inner, called);
    }
  };
  const note = async (path: string, name: string): Promise<void> => {
    looked += 1;
    if (looked > most || stamps.has(name) || !isWanted(name)) return;
    const stamp = await stampOf(path);
    if (stamp !== undefined) stamps.set(name, stamp);
  };
  for (const start of startsOf(entries, folders)) await look(start.path, start.name);
  return { stamps, isPartial: looked >= most };
}

/** Where entries of SCOPE begin on the disk: as far as they are written without a pattern, no place within another. */
function startsOf(
  entries: readonly string[],
  folders: readonly NamedFolder[],
): readonly { readonly path: string; readonly name: string }[] {
  const prefixes = entries.map((entry) => {
    const parts = entry.split('/').filter((part) => part !== '' && part !== '.');
    const wild = parts.findIndex((part) => /[*?[]/.test(part));
    return parts.slice(0, wild < 0 ? parts.length : wild).join('/');
  });
  const outermost = [...new Set(prefixes)].filter(
    (prefix, _, all) =>
      !all.some((other) => other !== prefix && (other === '' || prefix.startsWith(`${other}/`))),
  );
  const [only] = folders;
  if (folders.length === 1 && only) {
    return outermost.map((name) => ({ path: join(only.fsPath, name), name }));
  }
  return outermost.flatMap((name) =>
    folders.flatMap((folder) => {
      if (name === folder.name || name.startsWith(`${folder.name}/`))
        return [{ path: join(folder.fsPath, name.slice(folder.name.length)), name }];
      return name === '' ? [{ path: folder.fsPath, name: folder.name }] : [];
    }),
  );
}
