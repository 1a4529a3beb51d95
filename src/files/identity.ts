import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { folderOf } from '../core/folders.ts';
import { folded, isCaseBlind, isSame, spelledOnDisk } from './caseBlind.ts';
import type { NamedFolder } from './folders.ts';
import { formFault } from './forms.ts';
import { realest } from './real.ts';

/**
 * Which file of the workspace a path means: its one name (relative to its folder with `/`, in a workspace of several
 * folders begun with the folder's name, NFC, case as on the disk); the sentence why it is refused; or the real place
 * of what lies outside.
 */
export type Identity =
  { readonly name: string } | { readonly refused: string } | { readonly outside: string };

export interface Reading {
  /** An absolute folder that a relative path starts from; without it a relative path is a workspace name. */
  readonly from?: string;
  readonly isCaseBlind?: (folder: string) => Promise<boolean>;
  /** Where else the folders stand, under the same names: their counterparts in worktrees. */
  readonly counterparts?: readonly NamedFolder[];
}

/** A folder of the workspace, and where it really is. */
interface Root extends NamedFolder {
  readonly real: string;
}

/** The one name of the file at a path, whether or not it is there yet. Never throws. */
export async function nameOf(
  path: string,
  folders: readonly NamedFolder[],
  reading: Reading = {},
): Promise<Identity> {
  const fault = formFault(path);
  if (fault !== undefined) return { refused: fault };
  const start = isAbsolute(path) ? path : startOf(path, folders, reading.from);
  const placed = start === undefined ? undefined : formFault(resolve(start));
  if (placed !== undefined) return { refused: placed };
  if (start === undefined) return { refused: `“${path}” does not begin with a folder of this workspace.` };
  try {
    return await identify(start, folders, reading);
  } catch (error) {
    return {
      refused: `The path cannot be followed: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** Not normalized: `..` after a link means another place to the disk than to whoever only reads it. */
function startOf(path: string, folders: readonly NamedFolder[], from?: string): string | undefined {
  if (from !== undefined) return `${from}/${path}`;
  const [only] = folders;
  if (folders.length === 1 && only) return `${only.fsPath}/${path}`;
  const named = folderNamed(path, folders);
  return named && `${named.folder.fsPath}/${named.rest}`;
}

/** The folder that a name begins with, of several, and what comes after it. */
function folderNamed(
  name: string,
  folders: readonly NamedFolder[],
): { readonly folder: NamedFolder; readonly rest: string } | undefined {
  const own = folderOf(
    name,
    folders.map((folder) => folder.name),
  );
  const folder = folders.find((one) => one.name === own);
  return folder && { folder, rest: name.replace(/^(?:\.\/)+/, '').slice(folder.name.length + 1) };
}

async function identify(
  path: string,
  folders: readonly NamedFolder[],
  { isCaseBlind: isBlind = isCaseBlind, counterparts = [] }: Reading,
): Promise<Identity> {
  const roots = await rootsOf([...folders, ...counterparts]);
  const read = resolve(path);
  const real = await realest(path);
  const climbs = path.split(/[/\\]/).includes('..');
  if (climbs && (await realest(read)) !== real) {
    return { refused: '“..” after a link can mean two places. Write the path without it.' };
  }
  const inside = await rootAbove(real, roots);
  if (inside === undefined) {
    if (climbs) return { refused: '“..” leads out of the workspace. Write the path without it.' };
    const looksInside = roots.some((root) => below(read, root.fsPath) ?? below(read, root.real));
    return looksInside ? { refused: 'A link on the way leads out of the workspace.' } : { outside: real };
  }
  const { root, parts } = inside;
  if (parts.length === 0) return { refused: 'This is a whole folder of the workspace.' };
  const blind = await isBlind(root.real);
  const spelled = blind ? await spelledOnDisk(root.real, parts, true) : parts;
  const name = [...(folders.length > 1 ? [root.name] : []), ...spelled].join('/');
  return { name: name.normalize('NFC') };
}

async function rootsOf(folders: readonly NamedFolder[]): Promise<readonly Root[]> {
  const roots = folders.map(async (folder) => {
    const real = await realpath(folder.fsPath).catch(() => undefined);
    return real === undefined ? [] : [{ ...folder, real }];
  });
  return (await Promise.all(roots)).flat();
}

/**
 * The outermost of the folders that a real path lies in, and the way down from there: where one folder really lies in
 * another, what covers the outer one covers its files too.
 */
async function rootAbove(
  real: string,
  roots: readonly Root[],
): Promise<{ readonly root: Root; readonly parts: readonly string[] } | undefined> {
  const outermostFirst = [...roots].sort((left, right) => left.real.length - right.real.length);
  for (const root of outermostFirst) {
    const parts = below(real, root.real) ?? (await belowSpelledOtherwise(real, root.real));
    if (parts) return { root, parts };
  }
  return undefined;
}

function below(path: string, folder: string): readonly string[] | undefined {
  if (path === folder) return [];
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
    ? relative(folder, path).split(sep)
    : undefined;
}

/** A disk that folds case leads to the folder under other spellings too; it says itself whether this is one. */
async function belowSpelledOtherwise(path: string, folder: string): Promise<readonly string[] | undefined> {
  const depth = folder.split(sep).length;
  const parts = path.split(sep);
  const above = parts.slice(0, depth).join(sep);
  const isAlike = above !== folder && folded(above, true) === folded(folder, true);
  return isAlike && (await isSame(above, folder)) ? parts.slice(depth) : undefined;
}

/** The absolute path of the file with a name, spelled as on the disk where it is there; or why there is none. */
export async function pathOf(
  name: string,
  folders: readonly NamedFolder[],
  reading: Pick<Reading, 'isCaseBlind'> = {},
): Promise<{ readonly path: string } | { readonly refused: string }> {
  if (isAbsolute(name)) return { refused: 'A workspace name is not absolute.' };
  const identity = await nameOf(name, folders, reading);
  if ('refused' in identity) return identity;
  if ('outside' in identity) return { refused: 'This is outside of the workspace.' };
  const [only] = folders;
  const place =
    folders.length === 1 && only
      ? { folder: only, rest: identity.name }
      : folderNamed(identity.name, folders);
  if (!place) return { refused: 'The name does not begin with a folder of this workspace.' };
  const { folder, rest } = place;
  const blind = await (reading.isCaseBlind ?? isCaseBlind)(folder.fsPath);
  return { path: join(folder.fsPath, ...(await spelledOnDisk(folder.fsPath, rest.split('/'), blind))) };
}
