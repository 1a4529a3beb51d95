import { hash } from 'node:crypto';
import type { Head, NewRow, Receipt, Row } from './port.ts';

export const GENESIS: Head = { seq: 0, hash: '0'.repeat(64) };

/**
 * Numbers and lengths first, one a line, then the texts end to end. Lengths are in UTF-16 units, which is
 * unambiguous as only well-formed text is kept.
 */
export function hashRow(previous: string, seq: number, row: NewRow): string {
  return hash(
    'sha256',
    `${previous}\n${seq}\n${row.orchestration}\n${row.at}\n${row.version}\n${row.actor.length}\n${row.type.length}\n` +
      `${row.command.length}\n${row.body.length}\n${row.actor}${row.type}${row.command}${row.body}`,
  );
}

/** A receipt is not part of the chain; it vouches for itself, and for the head it belongs to. */
export function hashReceipt(seq: number, receipt: Receipt): string {
  const { command, digest, answer } = receipt;
  return hash(
    'sha256',
    `${seq}\n${command.length}\n${digest.length}\n${answer.length}\n${command}${digest}${answer}`,
  );
}

/** Does `row` come right after `head`? Types are checked as well: SQLite's own may be damaged. */
export function follows(head: Head, row: Row): boolean {
  return (
    row.seq === head.seq + 1 &&
    typeof row.orchestration === 'number' &&
    typeof row.at === 'number' &&
    typeof row.version === 'number' &&
    typeof row.actor === 'string' &&
    typeof row.type === 'string' &&
    typeof row.body === 'string' &&
    typeof row.command === 'string' &&
    hashRow(head.hash, row.seq, row) === row.hash
  );
}

export function vouches(seq: unknown, receipt: Receipt, own: unknown): boolean {
  return (
    typeof seq === 'number' &&
    typeof receipt.command === 'string' &&
    typeof receipt.digest === 'string' &&
    typeof receipt.answer === 'string' &&
    hashReceipt(seq, receipt) === own
  );
}
