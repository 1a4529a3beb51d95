import type { Change } from './changes.ts';

/** A change under the workspace's own names; undefined where no folder of the workspace shows the file. */
export interface NamedChange {
  readonly change: Change;
  readonly name: string | undefined;
  readonly from?: string | undefined;
}

export function namedChanges(
  files: readonly Change[],
  nameOf: (pathFromTop: string) => string | undefined,
): readonly NamedChange[] {
  return files.map((change) => ({
    change,
    name: nameOf(change.path),
    ...(change.from === undefined ? {} : { from: nameOf(change.from) }),
  }));
}

/**
 * What changed beyond the scope. A rename takes the old file away, so both of its names count; what has no
 * name in the workspace lies in no scope.
 */
export function outsideScope(
  changes: readonly NamedChange[],
  inScope: (name: string) => boolean,
): readonly NamedChange[] {
  const isOut = (name: string | undefined): boolean => name === undefined || !inScope(name);
  return changes.filter(
    ({ change, name, from }) => isOut(name) || (change.from !== undefined && isOut(from)),
  );
}

/** The real changes beside a result's own list of files. */
export interface Comparison {
  /** Changed, and not in the list. */
  readonly unsaid: readonly NamedChange[];
  /** In the list, and not changed. */
  readonly unchanged: readonly string[];
}

/**
 * `sameFile` makes two spellings of one name equal (Unicode form, case where the file system is blind to it).
 * A folder in the list, with a `/` at its end, speaks for what is below it.
 */
export function compareWithResult(
  changes: readonly NamedChange[],
  files: readonly string[],
  sameFile: (name: string) => string = (name) => name.normalize('NFC'),
): Comparison {
  const said = files.map((file) => sameFile(file.replace(/^(?:\.\/)+/, '')));
  const isFolder = (entry: string): boolean => entry.endsWith('/');
  const [exact, folders] = [new Set(said), said.filter(isFolder)];
  const named = changes.map(({ name, from }) =>
    [name, from].filter((one) => one !== undefined).map(sameFile),
  );
  const every = new Set(named.flat());
  const all = [...every];
  const below = (folder: string): boolean => all.some((name) => name.startsWith(folder));
  const isSaid = (name: string): boolean =>
    exact.has(name) || folders.some((folder) => name.startsWith(folder));
  return {
    unsaid: changes.filter((_, at) => named[at]?.some(isSaid) !== true),
    unchanged: files.filter((_, at) => {
      const entry = said[at] ?? '';
      return !every.has(entry) && !(isFolder(entry) && below(entry));
    }),
  };
}
