import { basename, dirname, join } from 'node:path';

/** A folder of the workspace under the name by which its files are told apart. */
export interface NamedFolder {
  readonly name: string;
  readonly fsPath: string;
}

/** Each folder under a name that no other has: of two that are called alike, with the folders they lie in. */
export function namedFolders(folders: readonly NamedFolder[]): readonly NamedFolder[] {
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
