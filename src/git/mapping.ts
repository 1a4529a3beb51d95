import { isAbsolute, join, relative, sep } from 'node:path';

/** A folder of the workspace under the name by which its files are told apart; its path is a real one. */
export interface Root {
  readonly name: string;
  readonly fsPath: string;
}

/** A folder of the workspace, and the root of the repository it lies in, where it lies in one. */
export interface Place extends Root {
  readonly top: string | undefined;
}

/** How the paths of one worktree and the names of the workspace belong together. */
export interface Mapping {
  /** The root of the worktree. */
  readonly worktree: string;
  readonly folders: readonly {
    readonly name: string;
    /** From the root of the repository to the folder, with `/`; empty where it is the root. */
    readonly prefix: string;
  }[];
  /** Whether names begin with their folder: the workspace has several, of this repository or not. */
  readonly named: boolean;
}

/**
 * Maps a worktree of the repository at `top` to the folders of the workspace that lie in that repository. A
 * folder in another repository has no counterpart there: its files keep their own names, and a file of the
 * worktree that no folder shows has none. Paths are real ones.
 */
export function mappingOf(worktree: string, top: string, folders: readonly Place[]): Mapping {
  const inside = folders.flatMap(({ name, fsPath, top: own }) => {
    const prefix = own === top ? below(top, fsPath) : undefined;
    return prefix === undefined ? [] : [{ name, prefix }];
  });
  return { worktree, folders: inside, named: folders.length > 1 };
}

/** The counterparts in the worktree of the workspace's folders, as further roots under the same names. */
export function rootsOf({ worktree, folders }: Mapping): readonly Root[] {
  return folders.map(({ name, prefix }) => ({ name, fsPath: join(worktree, ...prefix.split('/')) }));
}

/** The workspace's name of a path that git gives from the root of the repository; undefined where no folder shows it. */
export function nameFromTop({ folders, named }: Mapping, path: string): string | undefined {
  const holding = folders
    .filter(({ prefix }) => isBelow(path, prefix))
    .sort((left, right) => right.prefix.length - left.prefix.length)[0];
  if (!holding) return undefined;
  const rest = restOf(path, holding.prefix);
  return (named ? `${holding.name}/${rest}` : rest).normalize('NFC');
}

/** A path from the root of the repository as each folder of the workspace that shows it has it. */
export function pathsInFolders({ folders }: Mapping, path: string): readonly string[] {
  return folders.filter(({ prefix }) => isBelow(path, prefix)).map(({ prefix }) => restOf(path, prefix));
}

const isBelow = (path: string, prefix: string): boolean => prefix === '' || path.startsWith(`${prefix}/`);
const restOf = (path: string, prefix: string): string =>
  prefix === '' ? path : path.slice(prefix.length + 1);

/** The workspace's name of a real path in the worktree; undefined for one outside it, or that no folder shows. */
export function nameOf(mapping: Mapping, path: string): string | undefined {
  const fromTop = below(mapping.worktree, path);
  return fromTop === undefined || fromTop === '' ? undefined : nameFromTop(mapping, fromTop);
}

/** Where the file of that name lies, from the root of the repository; undefined where it has no counterpart there. */
export function topPathOf({ folders, named }: Mapping, name: string): string | undefined {
  const holding = named
    ? folders
        .filter((folder) => name.startsWith(`${folder.name}/`))
        .sort((left, right) => right.name.length - left.name.length)[0]
    : folders[0];
  if (!holding) return undefined;
  const rest = named ? name.slice(holding.name.length + 1) : name;
  if (isAbsolute(rest) || rest.split(/[\\/]/).includes('..')) return undefined;
  return holding.prefix === '' ? rest : `${holding.prefix}/${rest}`;
}

/** From `folder` to `path` with `/`, empty where they are the same; undefined where it lies outside. */
function below(folder: string, path: string): string | undefined {
  const way = relative(folder, path);
  if (isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`)) return undefined;
  return way.split(sep).join('/');
}
