import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** The only page size our files have. */
export const PAGE = 4096;

const WAL_HEADER = 32;
const FRAME_HEADER = 24;

/** Pages by number, from 1. */
export type Pages = (number: number) => Buffer | undefined;

export interface Frames {
  /** What readers see: the newest committed version of each page. */
  committed: Map<number, Buffer>;
  /** Every frame of this write-ahead file, checksums or not, in order. */
  all: readonly { page: number; content: Buffer }[];
}

/** A torn last page is filled up with zeros. `close` must be called. */
export function openPages(file: string): { count: number; page: Pages; close: () => void } {
  const handle = openSync(file, 'r');
  const count = Math.ceil(fstatSync(handle).size / PAGE);
  return {
    count,
    page(number) {
      if (number < 1 || number > count) return undefined;
      const content = Buffer.alloc(PAGE);
      readSync(handle, content, 0, PAGE, (number - 1) * PAGE);
      return content;
    },
    close: () => closeSync(handle),
  };
}

/** https://www.sqlite.org/fileformat2.html#walformat */
export function readFrames(walFile: string): Frames {
  const committed = new Map<number, Buffer>();
  const all: { page: number; content: Buffer }[] = [];
  const wal = existsSync(walFile) ? readFileSync(walFile) : Buffer.alloc(0);
  if (wal.length < WAL_HEADER) return { committed, all };
  const bigEndian = (wal.readUInt32BE(0) & 1) === 1;
  const salts = wal.subarray(16, 24);
  let sum = checksum(wal.subarray(0, 24), [0, 0], bigEndian);
  let whole = matches(wal.subarray(24, 32), sum);
  let pending: typeof all = [];
  for (let at = WAL_HEADER; at + FRAME_HEADER + PAGE <= wal.length; at += FRAME_HEADER + PAGE) {
    const header = wal.subarray(at, at + FRAME_HEADER);
    const content = wal.subarray(at + FRAME_HEADER, at + FRAME_HEADER + PAGE);
    const frame = { page: header.readUInt32BE(0), content };
    all.push(frame);
    if (!whole) continue;
    sum = checksum(content, checksum(header.subarray(0, 8), sum, bigEndian), bigEndian);
    whole = header.subarray(8, 16).equals(salts) && matches(header.subarray(16, 24), sum);
    if (!whole) continue;
    pending.push(frame);
    const isCommit = header.readUInt32BE(4) !== 0;
    if (!isCommit) continue;
    for (const { page, content: newest } of pending) committed.set(page, newest);
    pending = [];
  }
  return { committed, all };
}

type Sum = [number, number];

function checksum(data: Buffer, start: Sum, bigEndian: boolean): Sum {
  let [first, second] = start;
  for (let at = 0; at + 8 <= data.length; at += 8) {
    first = (first + (bigEndian ? data.readUInt32BE(at) : data.readUInt32LE(at)) + second) >>> 0;
    second = (second + (bigEndian ? data.readUInt32BE(at + 4) : data.readUInt32LE(at + 4)) + first) >>> 0;
  }
  return [first, second];
}

function matches(stored: Buffer, sum: Sum): boolean {
  return stored.readUInt32BE(0) === sum[0] && stored.readUInt32BE(4) === sum[1];
}
