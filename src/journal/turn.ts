import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { kindOfError } from './connection.ts';

/** In milliseconds. */
const pause = 100;
const patience = 60_000;

/**
 * P12: of all windows on a journal one at a time is at an act of this name. The lock is SQLite's on an empty file, so
 * that it goes with the process that holds it. Gives what ends the turn; undefined where another keeps it a minute long.
 */
export async function takeTurn(journal: string, name: string): Promise<(() => void) | undefined> {
  const db = new DatabaseSync(join(dirname(journal), `${name}.turn`), { timeout: 0 });
  for (const deadline = performance.now() + patience; ;) {
    try {
      db.exec('BEGIN EXCLUSIVE');
      return () => db.close();
    } catch (error) {
      const isBusy = kindOfError(error) === 'busy';
      if (!isBusy || performance.now() > deadline) {
        db.close();
        if (isBusy) return undefined;
        throw error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
