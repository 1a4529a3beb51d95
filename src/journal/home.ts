import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';

/** What a journal belongs to: the folder, or the workspace file, that its window has open. */
export interface Home {
  /** Absolute path on the machine that `host` names. */
  path: string;
  host: string;
  /** Its number in the file system, which a rename leaves as it is; '' where it cannot be told. */
  inode: string;
}

/** This path as a home, as it stands now. */
export function homeAt(path: string): Home {
  return { path, host: hostname(), inode: inodeOf(path) };
}

/**
 * Writes down beside the journal what it belongs to. VS Code's own record of that lies elsewhere, and a remote
 * extension host has none. Throws what the file system throws.
 */
export function keepHome(file: string, home: Home): void {
  const text = `${JSON.stringify(home)}\n`;
  const record = recordOf(file);
  const next = `${record}.${process.pid}.new`;
  if (textOf(record) === text) return;
  writeFileSync(next, text);
  renameSync(next, record);
}

/** What the journal was last opened for; nothing where that is not written down. */
export function readHome(file: string): Home | undefined {
  try {
    const { path, host, inode } = JSON.parse(textOf(recordOf(file)) ?? '') as Record<string, unknown>;
    if (typeof path !== 'string' || typeof host !== 'string' || typeof inode !== 'string') return undefined;
    return { path, host, inode };
  } catch {
    return undefined;
  }
}

function recordOf(file: string): string {
  return join(dirname(file), 'home.json');
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function inodeOf(path: string): string {
  try {
    return String(statSync(path, { bigint: true }).ino);
  } catch {
    return '';
  }
}
