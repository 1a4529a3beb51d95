import { randomUUID } from 'node:crypto';
import type { Act } from '../../src/contract/acts.ts';
import type { Actor } from '../../src/contract/actor.ts';
import { Desk } from '../../src/desk/desk.ts';
import { openJournal } from '../../src/journal/sqlite.ts';
import { makeLongList } from './longList.ts';

const user: Actor = { seat: 'user' };
/** As much as one task may put on the record, and a little less. */
const reportsATask = 10_000;
const batch = 2_000;

/** A list of 10,000 TODOs, and then reports of 300 bytes from worker after worker, until there are so many events. */
export async function makeHistory(place: { file: string; headFile: string }, events: number): Promise<void> {
  await makeLongList(place, { todos: 10_000, workers: 200, questions: 0 });
  const journal = await openJournal(place);
  const desk = new Desk(journal, Date.now);
  const ask = async (actor: Actor, act: Act): Promise<void> => {
    const reply = await desk.submit({ id: randomUUID(), actor, act });
    if (!reply.ok) throw new Error(`${reply.refusal.code}: ${reply.refusal.sentence}`);
  };
  const report = (dispatch: number, n: number): Promise<void> => {
    const text = `Report ${n}: `.padEnd(270, 'the gate is tight, ');
    return ask({ seat: 'worker', worker: 1 }, { type: 'progress', dispatch, epoch: 1, text });
  };
  for (let dispatch = 1; desk.state.seq < events; dispatch += 1) {
    await ask(user, { type: 'dispatch', worker: 1, todo: 1 });
    const last = Math.min(events - 1, desk.state.seq + reportsATask);
    while (desk.state.seq < last) {
      const first = desk.state.seq;
      const size = Math.min(batch, last - first);
      await Promise.all(Array.from({ length: size }, (_, index) => report(dispatch, first + index)));
    }
    await ask(user, { type: 'withdraw', dispatch, reason: 'Somebody else goes on with it.' });
  }
  desk.dispose();
  journal.close();
}
