import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative } from 'node:path';

export interface Search {
  /** As in PATH. */
  readonly path: string;
  /** Folders whose programs are not taken: what lies in a project is not what the person installed. */
  readonly apart: readonly string[];
  /** The endings of programs, as in PATHEXT; none but on Windows. */
  readonly endings?: readonly string[];
}

/** The program of this name that the person installed, found without a shell; undefined where there is none. */
export function programNamed(name: string, { path, apart, endings = [''] }: Search): string | undefined {
  const folders = path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !apart.some((one) => isWithin(folder, one)));
  const files = folders.flatMap((folder) => endings.map((ending) => join(folder, `${name}${ending}`)));
  return files.find(isProgram);
}

function isWithin(folder: string, outer: string): boolean {
  const way = relative(outer, folder);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
