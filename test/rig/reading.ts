import { DatabaseSync } from 'node:sqlite';

/** Milliseconds. The first to open a journal after a crash recovers it, and nobody reads it meanwhile. */
const patience = 10_000;

/** What is read off a journal that an editor, or another process, has open. */
export function reading<T>(file: string, look: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(file, { readOnly: true, timeout: patience });
  try {
    return look(db);
  } finally {
    db.close();
  }
}
