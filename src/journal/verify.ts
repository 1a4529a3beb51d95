import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { follows, GENESIS, vouches } from './chain.ts';
import { ROW_COLUMNS, toRow } from './connection.ts';
import type { Head, Reader, Receipt, Row } from './port.ts';

/** As many rows as take a few milliseconds. */
const SLICE = 2_000;

export type Verified = { kind: 'sound'; head: Head } | { kind: 'damaged'; detail: string };

/**
 * The whole file: its pages, the chain of all events, every receipt. The chain and receipts go in slices with a turn
 * between them; rows are only ever added, so no long read transaction is needed. `reader` hears the rows. Throws what
 * SQLite throws.
 */
export async function verifyAll(db: DatabaseSync, reader?: Reader): Promise<Verified> {
  const form = formOf(db);
  if (form !== undefined) return { kind: 'damaged', detail: form };
  reader?.begin();
  let head = GENESIS;
  for (;;) {
    const part = readChain(db, head, SLICE);
    if (reader) for (const row of part.rows) reader.hear(row);
    head = part.head;
    if (part.broken !== undefined) return { kind: 'damaged', detail: part.broken };
    if (part.rows.length < SLICE) break;
    await nextTurn();
  }
  const receipts = await verifyReceipts(db);
  return receipts === undefined ? { kind: 'sound', head } : { kind: 'damaged', detail: receipts };
}

export interface ChainPart {
  rows: Row[];
  head: Head;
  /** What is wrong after `head`. */
  broken?: string;
}

/** Rows after `head` that follow it, up to `limit` (−1: all). */
export function readChain(db: DatabaseSync, head: Head, limit: number): ChainPart {
  const statement = db.prepare(`SELECT ${ROW_COLUMNS} FROM event WHERE seq > ? ORDER BY seq LIMIT ?`);
  statement.setReturnArrays(true);
  const rows: Row[] = [];
  for (const values of statement.all(head.seq, limit)) {
    const row = toRow(values as never);
    if (!follows(head, row))
      return { rows, head, broken: `event ${head.seq + 1} does not follow from the one before` };
    rows.push(row);
    head = { seq: row.seq, hash: row.hash };
  }
  return { rows, head };
}

/** The hash of one row of a file that was verified; undefined where there is none. */
export function hashAt(db: DatabaseSync, seq: number): string | undefined {
  return db.prepare('SELECT hash FROM event WHERE seq = ?').get(seq)?.['hash'] as string | undefined;
}

/** Without it a flipped bit in the list of free pages would let the next write overwrite a page in use. */
function formOf(db: DatabaseSync): string | undefined {
  const check = Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
  return check === 'ok' ? undefined : String(check);
}

async function verifyReceipts(db: DatabaseSync): Promise<string | undefined> {
  const statement = db.prepare(
    'SELECT command, digest, answer, seq, hash FROM receipt WHERE command >= ? ORDER BY command LIMIT ?',
  );
  statement.setReturnArrays(true);
  for (let from = ''; ; await nextTurn()) {
    const part = statement.all(from, SLICE) as unknown as unknown[][];
    for (const [command, digest, answer, seq, own] of part) {
      const receipt = { command, digest, answer } as Receipt;
      if (!vouches(seq, receipt, own))
        return `the receipt of command ${String(command)} does not vouch for itself`;
      from = receipt.command;
    }
    if (part.length < SLICE) return undefined;
  }
}
