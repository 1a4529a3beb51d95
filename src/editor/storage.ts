import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Uri } from 'vscode';

export interface Places {
  /** The journal, beside what VS Code keeps for this workspace. */
  readonly file: string;
  /** The copy of the journal's head, kept apart from it. */
  readonly headFile: string;
}

/**
 * Where the journal of this workspace stands. VS Code gives a second live host of one folder a storage folder of
 * its own, with a digit behind (`HASH-1`): without the digit every host of a folder opens the same file.
 */
export function placesOf(storage: Uri, globalStorage: Uri): Places {
  const folder = dirname(storage.fsPath);
  const shared = join(dirname(folder), basename(folder).replace(/^(.+)-\d$/u, '$1'));
  return placesIn(join(shared, basename(storage.fsPath)), globalStorage);
}

/** The same for the journal in this folder of a workspace's storage. */
export function placesIn(own: string, globalStorage: Uri): Places {
  const id = createHash('sha256').update(own).digest('hex').slice(0, 32);
  return { file: join(own, 'journal.db'), headFile: join(globalStorage.fsPath, 'heads', `${id}.json`) };
}
