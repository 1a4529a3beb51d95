import { existsSync } from 'node:fs';
import { follows, GENESIS, vouches } from './chain.ts';
import { openPages, readFrames } from './pages.ts';
import type { Pages } from './pages.ts';
import { recordsOf } from './records.ts';
import type { Stored } from './records.ts';
import type { Head, Receipt, Row } from './port.ts';

export interface KeptReceipt extends Receipt {
  seq: number;
}

export interface Salvaged {
  /** From the first event on, in order, each following from the one before. */
  rows: Row[];
  receipts: KeptReceipt[];
  /** How far the history once went, by the records that can be read; 0 when none can. */
  seen: number;
}

interface Found {
  rows: Map<number, Row[]>;
  receipts: Map<string, KeptReceipt>;
}

/**
 * Reads records straight from the pages, without SQLite: one bad byte in the first page or high up in a tree
 * would keep SQLite from everything below it. What is found proves itself by the chain, wherever it was found.
 * Only for files that no connection of this process has open: closing them drops its locks.
 */
export function salvage(file: string): Salvaged {
  const found: Found = { rows: new Map(), receipts: new Map() };
  const { committed } = readFrames(`${file}-wal`);
  const base = existsSync(file) ? openPages(file) : undefined;
  try {
    const newest: Pages = (number) => committed.get(number) ?? base?.page(number);
    for (let number = 1; base && number <= base.count; number++) {
      const content = base.page(number);
      // An older version of a page also counts: only what was committed is ever in the file.
      if (content) gather(found, recordsOf(content, number, base.page));
    }
    for (const [number, content] of committed) gather(found, recordsOf(content, number, newest));
  } finally {
    base?.close();
  }
  const rows = chainOf(found, GENESIS);
  const receipts = [...found.receipts.values()].filter((receipt) => receipt.seq <= rows.length);
  return { rows, receipts, seen: farthest(found) };
}

/**
 * The events between `from`, where SQLite's reading ends, and `to`, which is known to have been committed, out of a
 * write-ahead file that SQLite does not believe any more. All of them, or nothing.
 */
export function salvageTail(walFile: string, from: Head, to: Head): Omit<Salvaged, 'seen'> | undefined {
  const found: Found = { rows: new Map(), receipts: new Map() };
  const { all } = readFrames(walFile);
  const newest = new Map(all.map((frame) => [frame.page, frame.content]));
  for (const { page, content } of all)
    gather(
      found,
      recordsOf(content, page, (number) => newest.get(number)),
    );
  const rows = chainOf(found, from).slice(0, to.seq - from.seq);
  if (rows.at(-1)?.hash !== to.hash) return undefined;
  const receipts = [...found.receipts.values()].filter(
    (receipt) => receipt.seq > from.seq && receipt.seq <= to.seq,
  );
  return { rows, receipts };
}

function gather(found: Found, records: readonly Stored[]): void {
  for (const { rowid, values } of records) {
    if (rowid !== undefined && values.length === 9) {
      const [, orchestration, at, actor, type, version, body, command, hash] = values;
      const row = { orchestration, at, actor, type, version, body, command, seq: rowid, hash } as Row;
      const same = found.rows.get(rowid) ?? [];
      if (!same.some((other) => other.hash === hash && other.body === body))
        found.rows.set(rowid, [...same, row]);
    } else if (rowid === undefined && values.length === 5) {
      const [command, digest, answer, seq, own] = values;
      const receipt = { command, digest, answer } as Receipt;
      if (vouches(seq, receipt, own)) found.receipts.set(receipt.command, { ...receipt, seq: seq as number });
    }
  }
}

function chainOf(found: Found, start: Head): Row[] {
  const rows: Row[] = [];
  for (let head = start; ;) {
    const row = found.rows.get(head.seq + 1)?.find((candidate) => follows(head, candidate));
    if (!row) return rows;
    rows.push(row);
    head = { seq: row.seq, hash: row.hash };
  }
}

/** A number without a neighbour is more likely a damaged number than an event. */
function farthest({ rows }: Found): number {
  let far = 0;
  for (const seq of rows.keys()) if (seq > far && rows.has(seq - 1)) far = seq;
  return far;
}
