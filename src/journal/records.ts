import { PAGE } from './pages.ts';
import type { Pages } from './pages.ts';

export type Value = string | number | Buffer | null;

/** One stored record; `rowid` only for tables that have one. */
export interface Stored {
  rowid?: number;
  values: Value[];
}

const TABLE_LEAF = 0x0d;
const INDEX_LEAF = 0x0a;
const INDEX_INTERIOR = 0x02;

/** A text longer than this cannot come from us; a damaged length may claim anything. */
const MOST_BYTES = 512 * 1024 * 1024;

/**
 * Every record of a page that can be made out, whatever tree it once hung in; what cannot is left out.
 * `page` gives the continuation pages of long records. https://www.sqlite.org/fileformat2.html#b_tree_pages
 */
export function recordsOf(content: Buffer, number: number, page: Pages): Stored[] {
  const start = number === 1 ? 100 : 0;
  const kind = content[start];
  if (kind !== TABLE_LEAF && kind !== INDEX_LEAF && kind !== INDEX_INTERIOR) return [];
  const pointers = start + (kind === INDEX_INTERIOR ? 12 : 8);
  const found: Stored[] = [];
  for (let cell = 0; cell < content.readUInt16BE(start + 3); cell++) {
    try {
      const at = content.readUInt16BE(pointers + 2 * cell);
      found.push(readCell(content, kind === INDEX_INTERIOR ? at + 4 : at, kind === TABLE_LEAF, page));
    } catch {
      // Beyond the page, or no record: this cell is part of the damage.
    }
  }
  return found;
}

function readCell(content: Buffer, start: number, isTable: boolean, page: Pages): Stored {
  const size = varint(content, start);
  if (size.value > MOST_BYTES) throw new RangeError('record too long');
  if (!isTable) return { values: readRecord(readPayload(content, size.next, size.value, false, page)) };
  const rowid = varint(content, size.next);
  return { rowid: rowid.value, values: readRecord(readPayload(content, rowid.next, size.value, true, page)) };
}

function readPayload(content: Buffer, start: number, size: number, isTable: boolean, page: Pages): Buffer {
  const most = isTable ? PAGE - 35 : Math.floor(((PAGE - 12) * 64) / 255) - 23;
  if (size <= most) return slice(content, start, size);
  const least = Math.floor(((PAGE - 12) * 32) / 255) - 23;
  const even = least + ((size - least) % (PAGE - 4));
  const local = even <= most ? even : least;
  const parts = [slice(content, start, local)];
  let next = content.readUInt32BE(start + local);
  for (let left = size - local; left > 0;) {
    const more = page(next);
    if (!more) throw new RangeError('continuation page missing');
    parts.push(more.subarray(4, 4 + Math.min(left, PAGE - 4)));
    left -= PAGE - 4;
    next = more.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

function readRecord(payload: Buffer): Value[] {
  const header = varint(payload, 0);
  const values: Value[] = [];
  let at = header.value;
  for (let head = header.next; head < header.value;) {
    const serial = varint(payload, head);
    head = serial.next;
    const size = sizeOf(serial.value);
    values.push(valueOf(serial.value, slice(payload, at, size)));
    at += size;
  }
  return values;
}

function sizeOf(serial: number): number {
  if (serial >= 12) return Math.floor((serial - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][serial] ?? 0;
}

function valueOf(serial: number, bytes: Buffer): Value {
  if (serial >= 12) return serial % 2 === 1 ? bytes.toString('utf8') : bytes;
  if (serial === 0) return null;
  if (serial === 7) return bytes.readDoubleBE(0);
  if (serial === 6) return Number(bytes.readBigInt64BE(0));
  if (serial >= 8) return serial - 8;
  return bytes.readIntBE(0, bytes.length);
}

function slice(from: Buffer, start: number, size: number): Buffer {
  if (start + size > from.length) throw new RangeError('beyond the end');
  return from.subarray(start, start + size);
}

/** Beyond 2^53 it is inexact, which only makes the record one that no chain accepts. */
function varint(from: Buffer, start: number): { value: number; next: number } {
  let value = 0;
  for (let index = 0; index < 9; index++) {
    const byte = from[start + index];
    if (byte === undefined) throw new RangeError('beyond the end');
    if (index === 8) return { value: value * 256 + byte, next: start + 9 };
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: start + index + 1 };
  }
  throw new RangeError('unreachable');
}
