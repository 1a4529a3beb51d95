import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { folderOf } from '../../core/folders.ts';
import type { NamedFolder } from '../../files/folders.ts';

/** A place in a file as a packet names it: `src/a.ts`, `src/a.ts:12`, of several folders `app/src/a.ts:12:3`. */
export interface NamedFile {
  readonly folder?: string;
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

/** Reads a name; undefined for one that could lead out of the workspace or is no file's. */
export function readName(text: string, folders: readonly string[]): NamedFile | undefined {
  const [, rest = '', line, column] = /^(.*?)(?::(\d{1,7})(?:[:,](\d{1,7}))?)?$/s.exec(text.trim()) ?? [];
  const folder = folders.length > 1 ? folderOf(rest, folders) : undefined;
  const path = folder === undefined ? rest : rest.replace(/^(?:\.\/)+/, '').slice(folder.length + 1) || '.';
  // eslint-disable-next-line no-control-regex -- no file is named with one on purpose
  if (path === '' || /^[/\\~]|[:\\\u0000-\u001f]/.test(path)) return undefined;
  if (path.split('/').includes('..')) return undefined;
  return {
    path,
    ...(folder === undefined ? {} : { folder }),
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(column === undefined ? {} : { column: Number(column) }),
  };
}

/** The real files below `roots` that a name means: none, one, or one in each of several folders. */
export async function filesNamed(
  named: NamedFile,
  roots: readonly NamedFolder[],
): Promise<readonly (NamedFolder & { file: string })[]> {
  const meant = named.folder === undefined ? roots : roots.filter(({ name }) => name === named.folder);
  const found = await Promise.all(
    meant.map(async (root) => {
      const file = await realFile(root.fsPath, named.path);
      return file === undefined ? [] : [{ ...root, file }];
    }),
  );
  return found.flat();
}

/** Undefined where nothing is there, or where a link leads out of the folder. */
async function realFile(folder: string, path: string): Promise<string | undefined> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    return file.startsWith(root.endsWith(sep) ? root : root + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}
