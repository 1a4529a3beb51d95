import { join } from 'node:path';
import { openDoor } from '../../../src/agents/endpoint.ts';
import { holdTenure } from '../../../src/agents/tenure.ts';
import { keepTokens } from '../../../src/agents/tokens.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { openJournal } from '../../../src/journal/sqlite.ts';

// A window without an editor: journal, desk and door on the folder given. Prints each standing as a line of JSON.
const [, , folder = ''] = process.argv;
const journal = await openJournal({
  file: join(folder, 'journal.db'),
  headFile: join(folder, 'head', 'head.json'),
});
const desk = new Desk(journal, Date.now);
const kept = new Map<number, string>();
const store = {
  read: (holder: number) => Promise.resolve(kept.get(holder)),
  keep: (holder: number, token: string) => Promise.resolve(void kept.set(holder, token)),
};
const log = { info: () => undefined, warn: () => undefined };
const tenure = holdTenure({
  desk,
  clock: Date.now,
  lease: journal.lease,
  host: { pid: process.pid, startedAt: Math.round(performance.timeOrigin) },
  moved: () => keepTokens(desk, Date.now, store).renewExposed(),
  open: (port) => openDoor({ desk, clock: Date.now, port, log, onContact: () => undefined }),
  log,
});
const print = (): void => void process.stdout.write(`${JSON.stringify(tenure.standing)}\n`);
tenure.onStanding(print);
print();
const stay = setInterval(() => undefined, 60_000);
process.once('SIGTERM', () => {
  clearInterval(stay);
  void tenure.dispose().then(() => journal.close());
});
