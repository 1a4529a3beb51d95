import { basename, dirname, join, relative, sep } from 'node:path';

/** A folder of the workspace under the name by which its files are told apart. */
export interface NamedFolder {
  readonly name: string;
  readonly fsPath: string;
}

/**
 * Each folder under a name that no other has: of two that are called alike, with the folders they lie in. A folder
 * that lies in another one is named as a place in that, so that its files have one name and a scope of the outer
 * folder covers them.
 */
export function namedFolders(folders: readonly NamedFolder[]): readonly NamedFolder[] {
  const outermost = folders.filter((folder) => !folders.some((other) => liesIn(folder, other)));
  const apart = toldApart(outermost);
  return folders.map((folder) => {
    const outer = apart.find(({ fsPath }) => fsPath === folder.fsPath || liesIn(folder, { fsPath }));
    if (!outer) return folder;
    const below = relative(outer.fsPath, folder.fsPath);
    return {
      name: below === '' ? outer.name : `${outer.name}/${below.split(sep).join('/')}`,
      fsPath: folder.fsPath,
    };
  });
}

type Place = Pick<NamedFolder, 'fsPath'>;

function liesIn({ fsPath }: Place, outer: Place): boolean {
  return (
    fsPath !== outer.fsPath &&
    fsPath.startsWith(outer.fsPath.endsWith(sep) ? outer.fsPath : outer.fsPath + sep)
  );
}

function toldApart(folders: readonly NamedFolder[]): readonly NamedFolder[] {
  return folders.map(({ name, fsPath }) => {
    const rivals = folders.filter((other) => other.name === name && other.fsPath !== fsPath);
    let own = name;
    let above = dirname(fsPath);
    const isTaken = (): boolean => rivals.some((rival) => `/${rival.fsPath}`.endsWith(`/${own}`));
    while (rivals.length > 0 && (own === name || isTaken()) && above !== dirname(above)) {
      own = join(basename(above), own).replaceAll('\\', '/');
      above = dirname(above);
    }
    return { name: own, fsPath };
  });
}
