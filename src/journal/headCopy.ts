import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Fault, Head } from './port.ts';

/** One slot: seq padded to 16 digits, the hash, 16 digits of check, a line end. */
const SLOT = 16 + 1 + 64 + 1 + 16 + 1;

/**
 * Two slots, written in turn in place: one rename per event would cost as much as the event itself. A torn slot
 * fails its check, and the other still stands. Not fsynced, so it may lag behind the journal; as it is written
 * after the commit it never runs ahead. Throws what the file system throws.
 */
export function writeHeadCopy(file: string, head: Head, fault: Fault): void {
  fault('head-copy:write');
  let handle: number;
  try {
    handle = openSync(file, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    replaceHeadCopy(file, head, fault);
    return;
  }
  try {
    if (fstatSync(handle).size === 2 * SLOT) {
      writeSync(handle, slot(head), (head.seq % 2) * SLOT, 'latin1');
      fault('head-copy:written');
      return;
    }
  } finally {
    closeSync(handle);
  }
  replaceHeadCopy(file, head, fault);
}

/** Forgets what the copy said before, for a history that is shorter now. */
export function replaceHeadCopy(file: string, head: Head, fault: Fault): void {
  mkdirSync(dirname(file), { recursive: true });
  const next = `${file}.${process.pid}.new`;
  writeFileSync(next, slot(head) + slot(head), 'latin1');
  fault('head-copy:half');
  renameSync(next, file);
  fault('head-copy:written');
}

/** The later of the two slots that are whole; 'none' without a file, 'unreadable' when neither slot is. */
export function readHeadCopy(file: string): Head | 'none' | 'unreadable' {
  let text: string;
  try {
    text = readFileSync(file, 'latin1');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'unreadable';
  }
  const heads = [text.slice(0, SLOT), text.slice(SLOT)].map(parseSlot).filter((head) => head !== undefined);
  return heads.sort((a, b) => b.seq - a.seq)[0] ?? 'unreadable';
}

function slot(head: Head): string {
  const text = `${String(head.seq).padStart(16, '0')} ${head.hash}`;
  return `${text} ${hash('sha256', text).slice(0, 16)}\n`;
}

function parseSlot(text: string): Head | undefined {
  const head = { seq: Number(text.slice(0, 16)), hash: text.slice(17, 81) };
  return Number.isSafeInteger(head.seq) && head.seq >= 0 && slot(head) === text ? head : undefined;
}
