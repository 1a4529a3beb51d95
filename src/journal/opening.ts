import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GENESIS } from './chain.ts';
import { connectToWrite, kindOfError, sqliteIsGoodEnough, sqliteVersion, wordsOf } from './connection.ts';
import { readHeadCopy, replaceHeadCopy } from './headCopy.ts';
import { BUSY_PAUSE_MS, BUSY_ROUNDS, look } from './look.ts';
import type { Finding } from './look.ts';
import { migrate, schemaState } from './migrations.ts';
import type { Fault, Head, Notice, Reader, Standing, Unavailable } from './port.ts';
import { alone, copyTail, isMending, mend, place } from './repair.ts';
import type { Mended } from './repair.ts';
import { hashAt } from './verify.ts';
import { behind, notice, reasonOf, tell, unavailable } from './wording.ts';
import { abandon } from './writing.ts';

export interface Opened {
  standing: Standing;
  /** Absent when not even reading is possible. */
  db?: DatabaseSync;
  /** Which file the connection is on; another one under the same name is not ours. */
  identity: string;
  head: Head;
}

/** One opening: where, and what it met. */
export interface Attempt {
  file: string;
  headFile: string;
  fault: Fault;
  /** Take a file that is behind or another one as it is. */
  accept: boolean;
  /** What this process has seen; stands in for a missing head copy. */
  known: Head | undefined;
  notices: Notice[];
  reader?: Reader | undefined;
}

/** A mended or fresh file is looked at again; more rounds than these mean that something else keeps changing it. */
const ROUNDS = 5;

/** Looks first, through a connection that cannot change anything, and writes only to what was found right. */
export async function openFile(attempt: Attempt): Promise<Opened> {
  try {
    mkdirSync(dirname(attempt.file), { recursive: true });
    for (let round = 0; round < ROUNDS; round++) {
      const opened = await openOnce(attempt);
      if (opened !== 'again') return opened;
    }
    return shut(unavailable('in-repair', 'the file keeps changing'));
  } catch (error) {
    return shut(reasonOf(error, attempt.file));
  }
}

async function openOnce(attempt: Attempt): Promise<Opened | 'again'> {
  const { file, headFile, fault, notices } = attempt;
  // Read before the file: other writers only ever move the file ahead of it.
  const promised = promisedHead(attempt);
  const found = await look(file, attempt.reader);
  if (found.kind === 'unusable') return shut(found.reason);
  if (found.kind === 'newer') return readOnly(found, unavailable('newer-schema'));
  if (!sqliteIsGoodEnough(sqliteVersion()))
    return readOnly(found, unavailable('old-sqlite', sqliteVersion()));
  if (found.kind === 'damaged') return repair(attempt);

  const head = found.kind === 'sound' ? found.head : GENESIS;
  const missing = promised.seq - head.seq;
  const isOther = found.kind === 'sound' && !contains(found, promised) && missing <= 0;
  if (missing > 0 && existsSync(`${file}-wal`) && (await hasTail(`${file}-wal`, head, promised))) {
    if (found.kind === 'sound') found.db.close();
    return repair(attempt);
  }
  if (missing > 0 || isOther) {
    const dropped = isOther ? undefined : { from: head.seq + 1, to: promised.seq };
    if (!attempt.accept) {
      tell(notices, notice(isOther ? 'replaced' : 'rolled-back', { dropped }));
      return readOnly(found, isOther ? unavailable('replaced') : behind(missing));
    }
    tell(notices, notice('accepted', { dropped, keptAs: copyTail(file) }));
    replaceHeadCopy(headFile, head, fault);
  }
  return found.kind === 'absent' ? create(attempt) : connect(attempt, found);
}

async function hasTail(walFile: string, head: Head, promised: Head): Promise<boolean> {
  const { salvageTail } = await import('./salvage.ts');
  return salvageTail(walFile, head, promised) !== undefined;
}

function promisedHead({ headFile, known, notices }: Attempt): Head {
  const copy = readHeadCopy(headFile);
  if (typeof copy === 'object') return copy;
  if (copy === 'unreadable') tell(notices, notice('head-copy-unreadable'));
  return known ?? GENESIS;
}

function contains({ db }: { db: DatabaseSync }, head: Head): boolean {
  return head.seq === 0 || hashAt(db, head.seq) === head.hash;
}

async function create({ file, fault }: Attempt): Promise<Opened | 'again'> {
  const done = await alone(file, () => {
    const isThere = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
    if (!isThere && !isMending(file)) place(file, [], [], fault);
    return Promise.resolve('again' as const);
  });
  return done ?? shut(unavailable('in-repair'));
}

/** Afterwards the file is looked at again. `isWhole` tells whether another window has mended it while we waited. */
async function repair(attempt: Attempt, isWhole = isSoundUpTo): Promise<Opened | 'again'> {
  const { file, headFile, fault, notices } = attempt;
  const done = await alone(file, async () => {
    // Whoever mended it meanwhile has said anew how far it goes.
    const promised = promisedHead(attempt);
    if (await isWhole(file, promised)) return 'again' as const;
    const mended = await tryToMend(file, promised, fault);
    if ('code' in mended) return shut(mended);
    const { head, keptAs, seen } = mended;
    const to = Math.max(promised.seq, seen);
    const dropped = to > head.seq ? { from: head.seq + 1, to } : undefined;
    tell(notices, notice('set-aside', { keptAs, dropped }));
    replaceHeadCopy(headFile, head, fault);
    attempt.known = undefined;
    return 'again' as const;
  });
  return done ?? shut(unavailable('in-repair'));
}

/** Windows moves no file that another process has open. */
async function tryToMend(file: string, promised: Head, fault: Fault): Promise<Mended | Unavailable> {
  try {
    return await mend(file, promised, fault);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EBUSY' || code === 'EPERM' || code === 'EACCES')
      return unavailable('damaged', wordsOf(error));
    throw error;
  }
}

async function isSoundUpTo(file: string, promised: Head): Promise<boolean> {
  const found = await look(file);
  if (found.kind === 'sound' || found.kind === 'newer') found.db.close();
  return found.kind === 'sound'
    ? found.head.seq >= promised.seq
    : found.kind === 'newer' || found.kind === 'unusable';
}

async function connect(attempt: Attempt, found: Finding & { kind: 'sound' }): Promise<Opened | 'again'> {
  const { file, fault } = attempt;
  for (let round = 0; ; round++) {
    try {
      const identity = identityOf(file);
      fault('open:connect');
      const db = begin(file);
      const isSame = identityOf(file) === identity && schemaState(db).kind === 'current';
      found.db.close();
      if (isSame) return { standing: { kind: 'open' }, db, identity, head: found.head };
      db.close();
      return 'again';
    } catch (error) {
      const kind = kindOfError(error);
      if (kind === 'busy' && round < BUSY_ROUNDS) {
        await pause(BUSY_PAUSE_MS);
      } else if (kind === 'damaged' || (kind === 'read-only' && mayWrite(file))) {
        found.db.close();
        return repair(attempt, canBegin);
      } else {
        return readOnly(found, reasonOf(error, file, 'not-writable'));
      }
    }
  }
}

/** A writing connection, migrated if need be. */
function begin(file: string): DatabaseSync {
  const db = connectToWrite(file);
  try {
    if (schemaState(db).kind === 'older') {
      db.exec('BEGIN IMMEDIATE');
      const schema = schemaState(db);
      if (schema.kind === 'older') migrate(db, schema.version);
      db.exec('COMMIT');
    }
    probe(db);
    return db;
  } catch (error) {
    abandon(db);
    db.close();
    throw error;
  }
}

/** Changes nothing. BEGIN IMMEDIATE would not do: on a read-only file SQLite quietly begins to read instead. */
function probe(db: DatabaseSync): void {
  try {
    db.exec('DELETE FROM lease WHERE 0');
  } catch (error) {
    // Another writer holds the file at this moment, so it can be written.
    if (kindOfError(error) !== 'busy') throw error;
  }
}

function canBegin(file: string): Promise<boolean> {
  try {
    begin(file).close();
    return Promise.resolve(true);
  } catch (error) {
    return Promise.resolve(!['damaged', 'read-only'].includes(kindOfError(error)));
  }
}

/** One flipped bit in the file makes SQLite call it read-only; then the system still lets us write. */
function mayWrite(file: string): boolean {
  try {
    for (const path of [dirname(file), file, `${file}-wal`, `${file}-shm`]) {
      if (existsSync(path)) accessSync(path, constants.W_OK);
    }
    return true;
  } catch {
    return false;
  }
}

export function identityOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.dev}:${stat.ino}` : 'none';
}

function shut(reason: Unavailable): Opened {
  return { standing: { kind: 'read-only', reason }, identity: 'none', head: GENESIS };
}

function readOnly(found: Finding, reason: Unavailable): Opened {
  if (found.kind !== 'sound' && found.kind !== 'newer') return shut(reason);
  const { db, head } = found;
  return { standing: { kind: 'read-only', reason }, db, identity: 'none', head };
}
