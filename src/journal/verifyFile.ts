import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { ROW_COLUMNS, toRow } from './connection.ts';
import type { Reader } from './port.ts';
import { type Verified, verifyAll } from './verify.ts';

/** Bytes. Below it a thread takes longer to start than to verify. */
const LARGE = 8 * 1_048_576;
const SLICE = 2_000;

/**
 * Verifies the whole file; a large one in a thread of its own, while the reader hears its rows here. Only where the
 * file is sound is what it heard worth anything. Throws what SQLite throws.
 */
export async function verifyFile(file: string, db: DatabaseSync, reader?: Reader): Promise<Verified> {
  if (statSync(file).size < LARGE) return verifyAll(db, reader);
  const [verified] = await Promise.all([verifyInThread(file), reader && relay(db, reader)]);
  return verified ?? verifyAll(db, reader);
}

/** Undefined where the thread did not get through: then whoever asks meets here what it met. */
function verifyInThread(file: string): Promise<Verified | undefined> {
  return new Promise((resolve) => {
    const name = import.meta.url.endsWith('.ts') ? './verifyProgram.ts' : './verify.js';
    const worker = new Worker(new URL(name, import.meta.url), { workerData: file });
    worker.once('message', resolve);
    worker.once('error', () => resolve(undefined));
    worker.once('exit', () => resolve(undefined));
  });
}

/** What cannot be read is the other thread's to tell. */
async function relay(db: DatabaseSync, reader: Reader): Promise<void> {
  reader.begin();
  try {
    const statement = db.prepare(`SELECT ${ROW_COLUMNS} FROM event WHERE seq > ? ORDER BY seq LIMIT ?`);
    statement.setReturnArrays(true);
    for (let seq = 0; ; await nextTurn()) {
      const part = statement.all(seq, SLICE);
      for (const values of part) {
        const row = toRow(values as never);
        // A damaged tree may lead in a circle.
        if (!(row.seq > seq)) return;
        reader.hear(row);
        seq = row.seq;
      }
      if (part.length < SLICE) return;
    }
  } catch {
    return;
  }
}
