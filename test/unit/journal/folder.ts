import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Journal, JournalOptions, NewRow, Receipt } from '../../../src/journal/port.ts';
import { openJournal } from '../../../src/journal/sqlite.ts';

export interface Folder {
  path: string;
  file: string;
  headFile: string;
}

const made: string[] = [];
const open = new Set<Journal>();

export function newFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'journal-'));
  made.push(path);
  return within(path);
}

/** The same files in a folder of their own. No journal of this process may be open on them. */
export function copyOf(folder: Folder): Folder {
  const copy = newFolder();
  cpSync(folder.path, copy.path, { recursive: true });
  return copy;
}

function within(path: string): Folder {
  return { path, file: join(path, 'workspace', 'journal.sqlite'), headFile: join(path, 'global', 'head') };
}

export async function openIn(folder: Folder, options: Partial<JournalOptions> = {}): Promise<Journal> {
  const journal = await openJournal({ file: folder.file, headFile: folder.headFile, ...options });
  open.add(journal);
  return journal;
}

/** For `afterEach`: closes what was opened, removes what was made. */
export function sweep(): void {
  for (const journal of open) journal.close();
  open.clear();
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
}

export function newRow(command: string, text = `text of ${command}`): NewRow {
  const body = JSON.stringify({ text });
  return {
    orchestration: 1,
    at: 1_800_000_000_000,
    actor: 'user',
    type: 'todo.added',
    version: 1,
    body,
    command,
  };
}

export function receiptOf(command: string): Receipt {
  return { command, digest: `digest of ${command}`, answer: `answer to ${command}` };
}

/** Appends one row with its receipt for each command, and throws when one is not kept. */
export function appendAll(
  journal: Journal,
  commands: readonly string[],
  text?: (command: string) => string,
): void {
  for (const command of commands) {
    const outcome = journal.append(journal.head(), [newRow(command, text?.(command))], [receiptOf(command)]);
    if (outcome.kind !== 'kept') throw new Error(JSON.stringify(outcome));
  }
}

export function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}
