import { randomUUID } from 'node:crypto';
import { openDoor } from '../../src/agents/endpoint.ts';
import { hashToken, mintToken, tokenLifetime } from '../../src/agents/credentials.ts';
import type { Act } from '../../src/contract/acts.ts';
import { Desk } from '../../src/desk/desk.ts';
import { openJournal } from '../../src/journal/sqlite.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import type { Figure } from './figure.ts';
import { openInserts } from './inserts.ts';
import { Line } from './line.ts';
import { median, ms } from './numbers.ts';
import { journalIn } from './server.ts';

const workers = 20;
const warmUp = 3;
const rounds = 30;
const most = 200;

/** T2: workers that wait in long polls hear what the user says; timed from the act to the last worker's answer. */
export async function word(): Promise<readonly Figure[]> {
  const folder = await temporaryFolder('word');
  const journal = await openJournal(journalIn(folder));
  const desk = new Desk(journal, Date.now);
  let came = 0;
  const log = { info: () => undefined, warn: () => undefined };
  const door = await openDoor({
    desk,
    clock: Date.now,
    log,
    onContact: () => (came += 1),
    callsPerSecond: 100_000,
  });
  const act = async (asked: Act): Promise<void> => {
    const reply = await desk.submit({ id: randomUUID(), actor: { seat: 'user' }, act: asked });
    if (!reply.ok) throw new Error(reply.refusal.sentence);
  };
  const lines: Line[] = [];
  const inserts = await openInserts();
  try {
    for (let n = 1; n <= workers; n += 1) {
      const token = mintToken();
      const kept = { tokenHash: hashToken(token), expires: Date.now() + tokenLifetime };
      await act({ type: 'add-worker', name: `w${n}`, role: 'any', runs: { kind: 'rehearsal' }, ...kept });
      lines.push(new Line(door.url, token));
    }
    const [heard, empty, insert]: number[][] = [[], [], []];
    for (let round = 1; round <= warmUp + rounds; round += 1) {
      came = 0;
      const waiting = lines.map((line) => line.call('get_task', { wait_seconds: 45 }));
      while (came < workers) await new Promise(setImmediate);
      const from = performance.now();
      await act({ type: 'instruct', words: `Stop, for the ${round}th time.` });
      await Promise.all(waiting);
      heard?.push(performance.now() - from);
      if (round <= warmUp) heard?.pop();
      await act({ type: 'carry-on', instruction: round });
      const began = performance.now();
      await Promise.all(lines.map((line) => line.nothing()));
      empty?.push(performance.now() - began);
      insert?.push(inserts.once());
    }
    const took = median(heard ?? []);
    return [
      {
        what: `an instruction, heard by ${workers} workers in long polls: median / longest`,
        ours: `${ms(took)} / ${ms(Math.max(...(heard ?? [])))}`,
        floor: `${ms(median(empty ?? []))} as many empty calls + ${ms(median(insert ?? []))} insert`,
        target: `≤ ${most} ms`,
        holds: Math.max(...(heard ?? [])) <= most,
      },
    ];
  } finally {
    for (const line of lines) line.hangUp();
    await inserts.close();
    await door.close();
    desk.dispose();
    journal.close();
    await removeFolder(folder);
  }
}
