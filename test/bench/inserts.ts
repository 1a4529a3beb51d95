import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { timed } from './numbers.ts';

/** What one durable row costs here: WAL, `synchronous=FULL`, 300 bytes, one transaction each. */
export interface Inserts {
  /** Milliseconds of one. */
  once(): number;
  close(): Promise<void>;
}

export async function openInserts(): Promise<Inserts> {
  const folder = await temporaryFolder('floor');
  const db = new DatabaseSync(join(folder, 'floor.db'));
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE row (n INTEGER PRIMARY KEY, body TEXT)',
  );
  const insert = db.prepare('INSERT INTO row (body) VALUES (?)');
  const body = 'x'.repeat(300);
  return {
    once: () => timed(() => insert.run(body)),
    async close() {
      db.close();
      await removeFolder(folder);
    },
  };
}
