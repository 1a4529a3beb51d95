import { accessSync, constants, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { GENESIS } from './chain.ts';
import { connectToRead, kindOfError, wordsOf } from './connection.ts';
import { schemaState } from './migrations.ts';
import type { Head, Reader, Unavailable } from './port.ts';
import { isMending } from './repair.ts';
import { readChain } from './verify.ts';
import { verifyFile } from './verifyFile.ts';
import { reasonOf, unavailable } from './wording.ts';

export const BUSY_ROUNDS = 200;
export const BUSY_PAUSE_MS = 25;

export type Finding =
  /** No file, or an empty one. */
  | { kind: 'absent' }
  | { kind: 'damaged'; detail: string }
  | { kind: 'unusable'; reason: Unavailable }
  /** `db` is a connection that can only read. */
  | { kind: 'newer'; db: DatabaseSync; head: Head }
  | { kind: 'sound'; db: DatabaseSync; head: Head };

/** Verifies the whole file without changing anything, and waits for others that hold it for a moment. */
export async function look(file: string, reader?: Reader): Promise<Finding> {
  for (let round = 0; ; round++) {
    if (isMending(file)) return { kind: 'damaged', detail: 'the mending was cut short' };
    let db: DatabaseSync | undefined;
    try {
      const there = outside(file);
      if (there) return there;
      db = connectToRead(file);
      const found = await inside(file, db, reader);
      if (found.kind === 'damaged') db.close();
      return found;
    } catch (error) {
      db?.close();
      const kind = kindOfError(error);
      if (kind === 'damaged') return { kind: 'damaged', detail: wordsOf(error) };
      if (kind !== 'busy' || round >= BUSY_ROUNDS) return { kind: 'unusable', reason: reasonOf(error, file) };
      await pause(BUSY_PAUSE_MS);
    }
  }
}

/** What needs no connection to be seen; nothing when there is a file that may be read. */
function outside(file: string): Finding | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat && !stat.isFile())
    return { kind: 'unusable', reason: unavailable('unreadable', `${file} is not a file`) };
  if (stat && stat.size > 0) {
    accessSync(file, constants.R_OK);
    return undefined;
  }
  // SQLite would delete a write-ahead file beside an empty file.
  const tail = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return tail > 0 ? { kind: 'damaged', detail: 'only the write-ahead file is there' } : { kind: 'absent' };
}

async function inside(file: string, db: DatabaseSync, reader: Reader | undefined): Promise<Finding> {
  const schema = schemaState(db);
  if (schema.kind === 'damaged') return schema;
  if (schema.kind === 'newer') return { kind: 'newer', db, head: headWeKnow(db) };
  // A file is complete before it gets its name, so one without our tables fails here, and rightly.
  const verified = await verifyFile(file, db, reader);
  return verified.kind === 'damaged' ? verified : { ...verified, db };
}

/** A newer version may have changed the rows beyond our understanding; then there is nothing to show. */
function headWeKnow(db: DatabaseSync): Head {
  try {
    return readChain(db, GENESIS, -1).head;
  } catch {
    return GENESIS;
  }
}
