import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { hashToken, mintToken, tokenLifetime } from '../../src/agents/credentials.ts';
import type { Act } from '../../src/contract/acts.ts';
import { Desk } from '../../src/desk/desk.ts';
import { placesIn } from '../../src/editor/storage.ts';
import { atWorkIn } from '../../src/agents/launch/atWork.ts';
import { lifeOfWritten, writtenMark } from '../../src/journal/liveness.ts';
import { openJournal } from '../../src/journal/sqlite.ts';
import { reading } from '../rig/reading.ts';
import { until } from '../rig/until.ts';
import { journalsOf } from './journal.ts';

/** What a real window is asked over its own endpoint, by a worker with a good token and bad words. */
export interface HostileWorker {
  readonly url: string;
  readonly token: string;
  call(name: string, input: Record<string, unknown>): Promise<{ refused: boolean; text: string }>;
}

/** Starts an orchestration in the window's journal, as one more writer of it, with one worker and its task. */
export async function hireHostile(userData: string, tasks: readonly string[]): Promise<HostileWorker> {
  const [file = ''] = await until(
    () => journalsOf(userData),
    (found) => found.length === 1,
  );
  const globalStorage = { fsPath: join(userData, 'User', 'globalStorage', 'lockkeeper.lockkeeper') };
  // Whoever is at work is started by no window: a replan change finds it where it is. No test may stop it.
  const marks = { markOf: writtenMark, isAlive: (mark: string) => lifeOfWritten(mark) === 'alive' };
  atWorkIn(join(dirname(file), 'at-work'), marks).begins(1, process.pid);
  const journal = await openJournal(placesIn(dirname(file), globalStorage as never));
  const desk = new Desk(journal, Date.now);
  const token = mintToken();
  const act = async (one: Act): Promise<void> => {
    const reply = await desk.submit({ id: randomUUID(), actor: { seat: 'user' }, act: one });
    if (!reply.ok) throw new Error(`${one.type}: ${reply.refusal.sentence}`);
  };
  await act({ type: 'start', objective: 'Payments', constraints: [], mode: 'orchestrator-first' });
  const expires = Date.now() + tokenLifetime;
  const runs = { kind: 'rehearsal' } as const;
  await act({
    type: 'add-worker',
    name: 'hostile',
    role: 'code',
    runs,
    tokenHash: hashToken(token),
    expires,
  });
  await act({
    type: 'add-step',
    title: 'Pay',
    role: 'code',
    tasks: tasks.map((task) => ({
      task,
      scope: ['src/payment.ts'],
      notYourJob: ['docs/'],
      doneWhen: ['`npm test` prints "12 passing"'],
      verify: ['npm test'],
      priority: 'normal',
    })),
  });
  await act({ type: 'release' });
  await act({ type: 'dispatch', worker: 1 });
  desk.dispose();
  journal.close();
  const port = await until(
    () => portIn(file),
    (found) => found > 0,
  );
  const url = `http://127.0.0.1:${port}/mcp`;
  return {
    url,
    token,
    async call(name, input) {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name, arguments: input },
        }),
      });
      const text = await response.text();
      return { refused: text.includes('"isError":true') || !response.ok, text };
    },
  };
}

/** Where the lease says that the door stands; 0 while it is not told. */
function portIn(file: string): number {
  return reading(file, (db) => Number(db.prepare('SELECT port FROM lease').get()?.['port'] ?? 0));
}
