import { DatabaseSync } from 'node:sqlite';
import { Desk } from '../../src/desk/desk.ts';
import { Replay } from '../../src/desk/replay.ts';
import { openJournal } from '../../src/journal/sqlite.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import type { Figure } from './figure.ts';
import { makeHistory } from './history.ts';
import { count, median, ms, spread, timed } from './numbers.ts';
import { journalIn } from './server.ts';

const events = 100_000;
const rounds = 5;
const most = 500;

/** Opening, verifying and replaying, beside a bare reading of the same rows with JSON.parse. */
export async function restore(): Promise<readonly Figure[]> {
  const folder = await temporaryFolder('restore');
  const place = journalIn(folder);
  try {
    await makeHistory(place, events);
    const ours: number[] = [];
    const floors: number[] = [];
    let seq = 0;
    for (let round = 0; round < rounds; round += 1) {
      floors.push(timed(() => parseAll(place.file)));
      const from = performance.now();
      const replay = new Replay();
      const journal = await openJournal({ ...place, reader: replay });
      const desk = new Desk(journal, Date.now, undefined, {}, replay.state);
      ours.push(performance.now() - from);
      seq = desk.state.seq;
      desk.dispose();
      journal.close();
    }
    return [
      {
        what: `${count(seq)} events with their receipts opened, verified and replayed`,
        ours: spread(ours),
        floor: `${ms(median(floors))} rows and JSON.parse alone`,
        target: `≤ ${most} ms`,
        holds: median(ours) <= most,
        broken: seq < events,
      },
    ];
  } finally {
    await removeFolder(folder);
  }
}

function parseAll(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  let length = 0;
  for (const { body } of db.prepare('SELECT * FROM event ORDER BY seq').iterate())
    length += Object.keys(JSON.parse(String(body)) as object).length;
  db.close();
  return length;
}
