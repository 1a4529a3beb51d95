import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import type { Effort, Figure } from './figure.ts';
import { openIdleWindow } from './idleWindow.ts';
import { Line } from './line.ts';
import { start, type Served } from './server.ts';
import { linesOf, wentOff } from './timers.ts';

const agents = 20;
const mostPerMinute = 40;
const sources = fileURLToPath(new URL('../../src/', import.meta.url));

interface Waited {
  readonly perMinute: number;
  readonly errors: readonly string[];
  readonly timers: readonly string[];
}

/** Twenty agents without work wait for some, each as get_task tells it to; nothing else happens. */
export async function idle({ seconds }: Effort): Promise<readonly Figure[]> {
  const folder = await temporaryFolder('idle');
  const program = fileURLToPath(new URL('idleServer.ts', import.meta.url));
  const args = ['--dir', folder, '--workers', String(agents), '--todos', '0'];
  const server = await start<Served>(folder, program, args);
  const ofServer = await waiting(
    seconds,
    server.said.url,
    server.said.workers.map(({ token }) => token),
    join(folder, 'timers.log'),
    (frame) => /file:\/\/(\S+?\.ts):\d+/.exec(frame)?.[1]?.split(sources)[1],
  );
  await server.end();
  await removeFolder(folder);
  const window = await openIdleWindow(agents);
  try {
    const ofWindow = await waiting(seconds, window.url, window.tokens, window.log, window.placeOf);
    return [
      callsOf(`${agents} idle agents connected: calls a minute`, ofServer),
      timersOf('meanwhile: timers under 10 s of journal, desk and door, besides the lease’s own', ofServer),
      callsOf(`${agents} idle agents connected to a window: calls a minute`, ofWindow),
      timersOf('meanwhile: timers under 10 s of the whole extension, besides those', ofWindow),
    ];
  } finally {
    await window.close();
  }
}

async function waiting(
  seconds: number,
  url: string,
  tokens: readonly string[],
  log: string,
  placeOf: (frame: string) => string | undefined,
): Promise<Waited> {
  const lines = tokens.map((token) => new Line(url, token));
  let calls = 0;
  let isOver = false;
  const errors: string[] = [];
  const waits = async (line: Line): Promise<void> => {
    while (!isOver) {
      calls += 1;
      await line.call('get_task', { wait_seconds: 45 });
    }
  };
  for (const line of lines)
    waits(line).catch((error: unknown) => {
      if (!isOver) errors.push(String(error));
    });
  // The first look of each is no idling, nor what a window does once after its start.
  await wait(15_000);
  const [before, since, began] = [calls, linesOf(log).length, performance.now()];
  await wait(Math.max(seconds, 90) * 1_000);
  const minutes = (performance.now() - began) / 60_000;
  const perMinute = (calls - before) / minutes;
  const timers = wentOff(log, since, placeOf);
  isOver = true;
  for (const line of lines) line.hangUp();
  return { perMinute, errors, timers };
}

function callsOf(what: string, { perMinute, errors }: Waited): Figure {
  return {
    what,
    ours: `${perMinute.toFixed(1)}${errors[0] === undefined ? '' : ` (${errors[0].slice(0, 100)})`}`,
    floor: '',
    target: `≤ ${mostPerMinute}`,
    holds: perMinute <= mostPerMinute,
    broken: errors.length > 0,
  };
}

/**
 * Who serves says every two seconds that it lives, and the journal looks once, gathered, at what was written: no timers of
 * the desk's, and the only ones that may go off.
 */
const beat = /(?:^|\/)(?:lease\b|movement\.ts 10 ms )/;

function timersOf(what: string, { timers: all }: Waited): Figure {
  const timers = all.filter((one) => !beat.test(one));
  return {
    what,
    ours: timers.length === 0 ? '0' : timers.join(', '),
    floor: '',
    target: '0',
    holds: timers.length === 0,
  };
}
