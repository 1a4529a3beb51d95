import type { DatabaseSync } from 'node:sqlite';
import { GENESIS } from './chain.ts';
import type { Fault, Head, NewRow, Receipt, Unavailable } from './port.ts';
import { unavailable } from './wording.ts';
import { insertReceipts, insertRows } from './writing.ts';
import type { Statements } from './writing.ts';

/** As SQLite does it by itself, where it would keep a failing one to itself. */
const CHECKPOINT_PAGES = 1_000;

export interface Target {
  db: DatabaseSync;
  statements: Statements;
  /** Is the file still the one that was opened? */
  isOurs: () => boolean;
  fault: Fault;
}

/** The head as the file has it, unverified. */
export function lastHead(statements: Statements): Head {
  return (statements.last.get() as Head | undefined) ?? GENESIS;
}

/**
 * One transaction. `head` is what this connection has verified. On 'moved' nothing is left open; on anything else
 * but a head, and on an error, the caller abandons the transaction.
 */
export function appendTo(
  { db, statements, isOurs, fault }: Target,
  { head, expectedHead }: { head: Head; expectedHead: number },
  rows: readonly NewRow[],
  receipts: readonly Receipt[],
): Head | 'moved' | Unavailable {
  fault('append:begin');
  db.exec('BEGIN IMMEDIATE');
  fault('append:begun');
  if (!isOurs()) return unavailable('replaced');
  const last = lastHead(statements);
  if (last.seq < head.seq) return unavailable('rolled-back');
  if (last.seq === head.seq && last.hash !== head.hash) return unavailable('replaced');
  const isFirst = last.seq === head.seq && last.seq === expectedHead;
  const next = isFirst ? insertRows(statements, head, rows, fault) : head;
  if (!isFirst || !insertReceipts(statements, next.seq, receipts, fault)) {
    db.exec('ROLLBACK');
    return 'moved';
  }
  fault('append:commit');
  db.exec('COMMIT');
  fault('append:committed');
  // Whoever set the file aside meanwhile may have read it before this commit.
  return isOurs() ? next : unavailable('replaced');
}

export interface Checkpoints {
  /** Call after each commit with about how many pages it wrote. Throws what a due checkpoint throws. */
  wrote(db: DatabaseSync, pages: number): void;
}

export function countCheckpoints(fault: Fault): Checkpoints {
  let pages = 0;
  return {
    wrote(db, more) {
      pages += more;
      if (pages < CHECKPOINT_PAGES) return;
      pages = 0;
      fault('checkpoint');
      db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    },
  };
}

export function pagesOf(rows: readonly NewRow[], receipts: readonly Receipt[]): number {
  const characters = rows.reduce((sum, { body }) => sum + body.length, 0);
  return receipts.reduce((sum, { answer }) => sum + 1 + answer.length / 4096, 1 + characters / 4096);
}
