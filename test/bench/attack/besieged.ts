import { monitorEventLoopDelay } from 'node:perf_hooks';
import { hashToken, mintToken } from '../../../src/agents/credentials.ts';
import { at, each } from '../../../src/core/table.ts';
import { House } from '../../unit/rehearsal/house.ts';
import { story } from '../../unit/rehearsal/story.ts';
import { leadByHand } from './person.ts';

/** What the serving process is asked for. */
export type Request = 'open' | 'lead' | 'measure' | 'close';

export interface Opened {
  readonly url: string;
  readonly tokens: Readonly<Record<string, string>>;
}

/** How the serving process does, since it was last asked. Times in milliseconds, memory in bytes. */
export interface Measured {
  readonly longestPause: number;
  readonly p99Pause: number;
  readonly memory: number;
  readonly sockets: number;
  readonly mostSockets: number;
  /** Events in the journal. */
  readonly events: number;
  readonly approved: number;
}

export interface Led {
  readonly project: string;
  /** Milliseconds of each act of the user. */
  readonly acts: readonly number[];
}

// A window without an editor, in a process of its own: journal, desk, door, and the person who leads the story.
const house = await House.build();
const pauses = monitorEventLoopDelay({ resolution: 1 });
pauses.enable();
let mostSockets = 0;
const sockets = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
const watching = setInterval(() => (mostSockets = Math.max(mostSockets, sockets())), 100);
let rounds = 0;

async function open(): Promise<Opened> {
  const tokens: Record<string, string> = {};
  for (const { name } of story.workers) tokens[name] = house.token(name);
  for (const name of ['witness', 'turncoat']) {
    const token = mintToken();
    tokens[name] = token;
    await house.asUser({
      type: 'add-worker',
      name,
      role: 'code',
      runs: { kind: 'rehearsal' },
      tokenHash: hashToken(token),
      expires: Date.now() + 86_400_000,
    });
  }
  return { url: house.url, tokens };
}

async function lead(): Promise<Led> {
  const { objective, constraints } = story;
  if (rounds > 0) {
    await house.asUser({ type: 'start', objective, constraints, mode: 'orchestrator-first' });
  }
  rounds += 1;
  return { project: house.project, acts: await leadByHand(house) };
}

function measure(): Measured {
  const { results } = house.desk.state;
  const measured = {
    longestPause: pauses.max / 1e6,
    p99Pause: pauses.percentile(99) / 1e6,
    memory: process.memoryUsage.rss(),
    sockets: sockets(),
    mostSockets,
    events: house.desk.state.seq,
    approved: [...each(results)].filter(({ n }) => at(results, n)?.state === 'approved').length,
  };
  pauses.reset();
  mostSockets = 0;
  return measured;
}

async function close(): Promise<null> {
  clearInterval(watching);
  await house.remove();
  return null;
}

process.on('message', ({ id, request }: { id: number; request: Request }) => {
  const asked = { open, lead, measure, close }[request];
  Promise.resolve(asked()).then(
    (answer) =>
      process.send?.({ id, answer }, () => {
        if (request === 'close') process.exit(0);
      }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.once('disconnect', () => process.exit(1));
