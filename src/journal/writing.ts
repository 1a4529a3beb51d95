import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { hashReceipt, hashRow } from './chain.ts';
import { ROW_COLUMNS } from './connection.ts';
import type { Fault, Head, NewRow, Receipt } from './port.ts';

/** Prepared once for a connection: preparing them for each append would cost a third of it. */
export interface Statements {
  last: StatementSync;
  hashAt: StatementSync;
  row: StatementSync;
  receipt: StatementSync;
  readReceipt: StatementSync;
  dataVersion: StatementSync;
}

export function prepare(db: DatabaseSync): Statements {
  return {
    last: db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1'),
    hashAt: db.prepare('SELECT hash FROM event WHERE seq = ?'),
    row: db.prepare(`INSERT INTO event (${ROW_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    receipt: db.prepare(
      'INSERT INTO receipt (command, digest, answer, seq, hash) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    readReceipt: db.prepare('SELECT command, digest, answer, seq, hash FROM receipt WHERE command = ?'),
    dataVersion: db.prepare('PRAGMA data_version'),
  };
}

/** Inside the caller's transaction. */
export function insertRows(
  { row: insert }: Statements,
  head: Head,
  rows: readonly NewRow[],
  fault: Fault,
): Head {
  for (const row of rows) {
    fault('append:row');
    const seq = head.seq + 1;
    const hash = hashRow(head.hash, seq, row);
    insert.run(seq, row.orchestration, row.at, row.actor, row.type, row.version, row.body, row.command, hash);
    head = { seq, hash };
  }
  return head;
}

/** Inside the caller's transaction. False when one of the commands already has a receipt. */
export function insertReceipts(
  { receipt: insert }: Statements,
  seq: number,
  receipts: readonly Receipt[],
  fault: Fault,
): boolean {
  for (const receipt of receipts) {
    fault('append:receipt');
    const { command, digest, answer } = receipt;
    if (insert.run(command, digest, answer, seq, hashReceipt(seq, receipt)).changes === 0) return false;
  }
  return true;
}

/** Ends a transaction that an error has left open, as far as that is still possible. */
export function abandon(db: DatabaseSync): void {
  try {
    if (db.isTransaction) db.exec('ROLLBACK');
  } catch {
    // What failed first is what counts.
  }
}
