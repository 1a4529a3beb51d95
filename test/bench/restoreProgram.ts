/** `restoreProgram FILE HEAD ROUNDS`: opens a journal and restores its state so often, and prints how long each took. */
import { DatabaseSync } from 'node:sqlite';
import { Desk } from '../../src/desk/desk.ts';
import { Replay } from '../../src/desk/replay.ts';
import { openJournal } from '../../src/journal/sqlite.ts';
import { timed } from './numbers.ts';

/** Milliseconds. */
export interface Restored {
  readonly ours: readonly number[];
  /** A bare reading of the same rows with JSON.parse. */
  readonly floors: readonly number[];
  readonly seq: number;
}

function parseAll(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  let length = 0;
  for (const { body } of db.prepare('SELECT * FROM event ORDER BY seq').iterate())
    length += Object.keys(JSON.parse(String(body)) as object).length;
  db.close();
  return length;
}

const [file = '', headFile = '', rounds] = process.argv.slice(2);
const ours: number[] = [];
const floors: number[] = [];
let seq = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  floors.push(timed(() => parseAll(file)));
  const from = performance.now();
  const replay = new Replay();
  const journal = await openJournal({ file, headFile, reader: replay });
  const desk = new Desk(journal, Date.now, undefined, {}, replay.state);
  ours.push(performance.now() - from);
  seq = desk.state.seq;
  desk.dispose();
  journal.close();
}
process.stdout.write(JSON.stringify({ ours, floors, seq } satisfies Restored));
