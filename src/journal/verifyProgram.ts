import { parentPort, workerData } from 'node:worker_threads';
import { connectToRead } from './connection.ts';
import { verifyAll } from './verify.ts';

/** The thread of `verifyFile.ts`: it says what it found, or ends with the error that it met. */
const db = connectToRead(String(workerData));
try {
  parentPort?.postMessage(await verifyAll(db));
} finally {
  db.close();
}
