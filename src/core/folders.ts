import type { Flaw } from '../contract/packets.ts';

/** The workspace folder that a file's name begins with, of several; `api` and `api/src/a.ts` are both of `api`. */
export function folderOf(name: string, folders: readonly string[]): string | undefined {
  const plain = name.replace(/^(?:\.\/)+/, '');
  const found = folders.filter((folder) => plain === folder || plain.startsWith(`${folder}/`));
  return found.sort((left, right) => right.length - left.length)[0];
}

/** Whether a name leaves open in which of several folders it is. In one folder no name says it. */
export function isFolderless(name: string, folders: readonly string[]): boolean {
  return folders.length > 1 && folderOf(name, folders) === undefined;
}

/** The same path in the first folder, as an example, and the sentence that asks for it. */
export function folderWanted(
  field: string,
  name: string,
  folders: readonly string[],
): { readonly why: string; readonly better: string } {
  const path = name.replace(/^(?:\.?\/)+/, '');
  return {
    why: `This workspace has the folders ${folders.join(', ')}; each name in ${field} begins with its folder.`,
    better: `${folders[0] ?? ''}/${path}`,
  };
}

/** The files of a question or a result that could be in any of several folders. */
export function folderFlaws(files: readonly string[], folders: readonly string[]): readonly Flaw[] {
  const isNone = (file: string): boolean => /^\W*(?:none|nothing|n\/a)?\W*$/i.test(file);
  return files
    .filter((file) => !isNone(file) && isFolderless(file, folders))
    .slice(0, 20)
    .map((words) => ({ field: 'FILES', words, ...folderWanted('FILES', words, folders) }));
}

/** Where a worker is told to look: the folders of the workspace, and the one that its scope begins in. */
export function placesOf(
  scope: readonly string[],
  folders: readonly string[] = [],
): { readonly folders: readonly string[]; readonly start: string } | undefined {
  const named = scope.map((entry) => folderOf(entry, folders)).find((folder) => folder !== undefined);
  return folders.length > 1 && named !== undefined ? { folders, start: named } : undefined;
}
