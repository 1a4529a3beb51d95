import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { GENESIS } from './chain.ts';
import { connectToWrite, kindOfError } from './connection.ts';
import { migrate } from './migrations.ts';
import type { Fault, Head, Row } from './port.ts';
import type { KeptReceipt } from './salvage.ts';
import { abandon, insertReceipts, insertRows, prepare } from './writing.ts';

const PATIENCE_MS = 10_000;
const ASK_AGAIN_MS = 25;

/**
 * Runs `work` while no other process makes, mends or replaces the file. The lock is SQLite's own on an empty file
 * beside it: the system drops it with the process. Undefined when another holds it for longer than ten seconds.
 */
export async function alone<T>(file: string, work: () => Promise<T>): Promise<T | undefined> {
  const lock = new DatabaseSync(`${file}.lock`, { timeout: 0 });
  try {
    for (let waited = 0; ; waited += ASK_AGAIN_MS) {
      try {
        lock.exec('BEGIN EXCLUSIVE');
        break;
      } catch (error) {
        if (kindOfError(error) !== 'busy') throw error;
        if (waited >= PATIENCE_MS) return undefined;
        await pause(ASK_AGAIN_MS);
      }
    }
    return await work();
  } finally {
    lock.close();
  }
}

/** Writes a whole history beside `file` and puts it in its place, where nothing may be. */
export function place(
  file: string,
  rows: readonly Row[],
  receipts: readonly KeptReceipt[],
  fault: Fault,
): Head {
  const fresh = `${file}.new`;
  for (const name of [fresh, `${fresh}-wal`, `${fresh}-shm`]) rmSync(name, { force: true });
  fault('open:create');
  const db = connectToWrite(fresh);
  let head = GENESIS;
  try {
    db.exec('BEGIN IMMEDIATE');
    migrate(db, 0);
    const statements = prepare(db);
    head = insertRows(statements, GENESIS, rows, () => undefined);
    for (const receipt of receipts) insertReceipts(statements, receipt.seq, [receipt], () => undefined);
    db.exec('COMMIT');
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    abandon(db);
    throw error;
  } finally {
    db.close();
  }
  fault('open:place');
  renameSync(fresh, file);
  syncFolder(dirname(file));
  return head;
}

export interface Mended {
  head: Head;
  keptAs: string;
  /** The last `seq` the damaged file once had, as far as it can be told. */
  seen: number;
}

/**
 * Moves the damaged file aside, then reads from it, so that nothing a live writer still adds to it is missed: that
 * writer finds its file gone before it acknowledges. A note beside it lets the next opening finish what a crash cut
 * short. `promised` is known to have been committed. Must run `alone`, with no connection of ours to the file.
 */
export async function mend(file: string, promised: Head | undefined, fault: Fault): Promise<Mended> {
  // Read from the disk only where something is broken.
  const { salvage, salvageTail } = await import('./salvage.ts');
  const noted = isMending(file) ? Number.parseInt(readFileSync(noteOf(file), 'latin1'), 10) : 0;
  const number = noted || nextNumber(file);
  const aside = `${file}.damaged-${number}`;
  fault('repair:set-aside');
  writeFileSync(noteOf(file), String(number));
  // Already there, it was moved before a crash; what is in its place now is ours and is made again.
  if (!existsSync(aside)) {
    // The write-ahead file goes first: a fresh file must never meet an old one.
    move(`${file}-wal`, `${aside}-wal`);
    fault('repair:moved-wal');
    move(`${file}-shm`, `${aside}-shm`);
    if (existsSync(file)) move(file, aside);
    else writeFileSync(aside, '');
    syncFolder(dirname(file));
  }
  fault('repair:moved-file');
  const { rows, receipts, seen } = salvage(aside);
  const last = rows.at(-1) ?? GENESIS;
  const tail = promised && promised.seq > last.seq ? salvageTail(`${aside}-wal`, last, promised) : undefined;
  fault('repair:salvaged');
  const head = place(file, [...rows, ...(tail?.rows ?? [])], [...receipts, ...(tail?.receipts ?? [])], fault);
  fault('repair:placed');
  rmSync(noteOf(file), { force: true });
  return { head, keptAs: aside, seen };
}

/** Was a mending begun and not finished? Nobody may open the file then, except to mend it. */
export function isMending(file: string): boolean {
  return existsSync(noteOf(file));
}

function noteOf(file: string): string {
  return `${file}.mending`;
}

/** Keeps a write-ahead file that SQLite is going to overwrite. Answers where, or nothing when there is none. */
export function copyTail(file: string): string | undefined {
  if (!existsSync(`${file}-wal`)) return undefined;
  const copy = `${file}.damaged-${nextNumber(file)}.wal-copy`;
  copyFileSync(`${file}-wal`, copy);
  return copy;
}

/** The next free number of a file that is kept beside `file` under this word. */
export function nextNumber(file: string, word = 'damaged'): number {
  const prefix = `${basename(file)}.${word}-`;
  const numbers = readdirSync(dirname(file))
    .filter((name) => name.startsWith(prefix))
    .map((name) => Number.parseInt(name.slice(prefix.length), 10));
  return Math.max(0, ...numbers.filter(Number.isSafeInteger)) + 1;
}

/** Nothing that was set aside is ever overwritten. */
export function move(from: string, to: string): void {
  if (!existsSync(from)) return;
  if (existsSync(to)) throw new Error(`${to} is there already`);
  renameSync(from, to);
}

/** Windows has no such thing and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(join(folder, '.'), 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
