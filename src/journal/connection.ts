import { DatabaseSync } from 'node:sqlite';
import type { SQLOutputValue } from 'node:sqlite';
import type { Row } from './port.ts';

/** A long wait here would stop the whole extension host. */
const BUSY_MS = 50;

/** Older versions can corrupt a write-ahead file when two processes checkpoint and write at once. */
const LEAST_SQLITE = '3.51.3';

export function sqliteIsGoodEnough(version: string): boolean {
  const have = version.split('.').map(Number);
  for (const [index, least] of LEAST_SQLITE.split('.').map(Number).entries()) {
    const part = have[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

export function sqliteVersion(): string {
  const db = new DatabaseSync(':memory:');
  try {
    return String(db.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  } finally {
    db.close();
  }
}

/** For looking: its closing neither checkpoints nor deletes a write-ahead file. */
export function connectToRead(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS, defensive: true });
  return configured(db, 'PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON');
}

export function connectToWrite(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: BUSY_MS, defensive: true });
  return configured(
    db,
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
     PRAGMA wal_autocheckpoint = 0; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON`,
  );
}

function configured(db: DatabaseSync, pragmas: string): DatabaseSync {
  try {
    db.exec(pragmas);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export const ROW_COLUMNS = 'seq, orchestration, at, actor, type, version, body, command, hash';

/** In the order of `ROW_COLUMNS`. The types are the schema's word, which the chain check does not trust. */
export function toRow(values: readonly SQLOutputValue[]): Row {
  const [seq, orchestration, at, actor, type, version, body, command, hash] = values;
  return { orchestration, at, actor, type, version, body, command, seq, hash } as Row;
}

export type ErrorKind = 'busy' | 'full' | 'damaged' | 'read-only' | 'cannot-open' | 'io';

/** What an error from SQLite or the file system means here. Everything unknown counts as `io`: it fences. */
export function kindOfError(error: unknown): ErrorKind {
  const { errcode, code } = error as { errcode?: number; code?: string };
  switch ((errcode ?? 0) & 0xff) {
    case 5:
    case 6:
      return 'busy';
    case 13:
      return 'full';
    // 1 is a schema that no longer has our columns; 20 a value of the wrong type.
    case 1:
    case 11:
    case 20:
    case 26:
      return 'damaged';
    case 8:
      return 'read-only';
    case 3:
    case 14:
    case 23:
      return 'cannot-open';
  }
  // node:sqlite's word for an integer beyond 2^53, which we never write.
  if (code === 'ERR_OUT_OF_RANGE') return 'damaged';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'cannot-open';
  return 'io';
}

export function wordsOf(error: unknown): string {
  const { errcode, code, message } = error as { errcode?: number; code?: string; message?: string };
  return [message ?? String(error), errcode ?? code].filter((part) => part !== undefined).join(' · ');
}
