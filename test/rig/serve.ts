import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hashToken, mintToken, tokenLifetime } from '../../src/agents/credentials.ts';
import { openDoor } from '../../src/agents/endpoint.ts';
import { createPresence } from '../../src/agents/presence.ts';
import { holdTenure, type TenureStanding } from '../../src/agents/tenure.ts';
import type { Act } from '../../src/contract/acts.ts';
import type { Made } from '../../src/core/decision.ts';
import { Desk } from '../../src/desk/desk.ts';
import { openJournal } from '../../src/journal/sqlite.ts';
import { measuring, wordsSuffice } from './unchanged.ts';

/**
 * Journal, desk and door without an editor, for any client, load tool or conformance suite:
 * `npm run serve -- --dir D --workers N --todos N [--calls-per-second N]`. Prints one line of JSON.
 */

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    workers: { type: 'string', default: '2' },
    todos: { type: 'string', default: '3' },
    'calls-per-second': { type: 'string', default: '50' },
  },
});
if (values.dir === undefined) {
  process.stderr.write('Usage: npm run serve -- --dir D --workers N --todos N [--calls-per-second N]\n');
  process.exit(2);
}
const dir = resolve(values.dir);
const journal = await openJournal({
  file: join(dir, 'journal.db'),
  headFile: join(dir, 'head', 'head.json'),
});
const desk: Desk = new Desk(
  journal,
  Date.now,
  () => wordsSuffice,
  measuring(() => desk),
);
const log = { info: say, warn: say };

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

async function act(asked: Act): Promise<Made> {
  const reply = await desk.submit({ id: randomUUID(), actor: { seat: 'user' }, act: asked });
  if (!reply.ok) throw new Error(`${asked.type}: ${reply.refusal.sentence} ${reply.refusal.next}`);
  return reply.made;
}

const credential = (): { token: string; tokenHash: string; expires: number } => {
  const token = mintToken();
  return { token, tokenHash: hashToken(token), expires: Date.now() + tokenLifetime };
};

async function fill(): Promise<{ orchestrator: string; workers: { name: string; token: string }[] }> {
  await act({
    type: 'start',
    objective: 'Serve without an editor',
    constraints: [],
    mode: 'orchestrator-first',
  });
  const workers = [];
  for (let n = 1; n <= Number(values.workers); n += 1) {
    const { token, ...kept } = credential();
    const name = `w${n}`;
    await act({ type: 'add-worker', name, role: 'any', runs: { kind: 'rehearsal' }, ...kept });
    workers.push({ name, token });
  }
  const { token: orchestrator, ...seat } = credential();
  await act({ type: 'lend-seat', ...seat });
  // A step holds at most 200 tasks, so the rest is added one by one.
  const numbers = Array.from({ length: Number(values.todos) }, (_, index) => index + 1);
  const tasks = numbers.map((n) => ({
    task: `Export the function part${n}`,
    scope: [`src/part${n}.ts`],
    notYourJob: ['The other parts stay as they are.'],
    doneWhen: [`\`src/part${n}.ts\` exports the function \`part${n}\`.`],
    verify: ['npm test'],
    priority: 'normal' as const,
  }));
  if (tasks.length > 0) {
    await act({ type: 'add-step', title: 'Parts', role: 'any', tasks: tasks.slice(0, 200) });
    await act({ type: 'release' });
  }
  await Promise.all(tasks.slice(200).map((packet) => act({ type: 'add-todo', packet, role: 'any' })));
  return { orchestrator, workers };
}

const people = await fill();
const presence = createPresence({ desk, clock: Date.now, silentAfter: () => 300 });
const tenure = holdTenure({
  desk,
  clock: Date.now,
  lease: journal.lease,
  host: { pid: process.pid, startedAt: Math.round(performance.timeOrigin) },
  // The tokens it prints are for tests and measurements, and good for as long as it lives.
  moved: () => Promise.resolve(),
  open: (port) =>
    openDoor({
      desk,
      clock: Date.now,
      port,
      log,
      onContact: presence.contact,
      lastContact: presence.lastContact,
      callsPerSecond: Number(values['calls-per-second']),
    }),
  log,
});

let isPrinted = false;
const print = (standing: TenureStanding): void => {
  if (isPrinted || standing.kind !== 'serving') return;
  isPrinted = true;
  process.stdout.write(`${JSON.stringify({ url: standing.url, ...people })}\n`);
};
tenure.onStanding(print);
print(tenure.standing);
const sweeping = setInterval(() => void presence.sweep(), 5_000);

const end = async (): Promise<void> => {
  clearInterval(sweeping);
  await tenure.dispose();
  desk.dispose();
  journal.close();
};
process.once('SIGTERM', () => void end());
process.once('SIGINT', () => void end());
