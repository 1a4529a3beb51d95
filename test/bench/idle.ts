import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import type { Effort, Figure } from './figure.ts';
import { Line } from './line.ts';
import { start, type Served } from './server.ts';

const agents = 20;
const mostPerMinute = 40;

/** Twenty agents without work wait for some, each as get_task tells it to; nothing else happens. */
export async function idle({ seconds }: Effort): Promise<readonly Figure[]> {
  const folder = await temporaryFolder('idle');
  const program = fileURLToPath(new URL('idleServer.ts', import.meta.url));
  const args = ['--dir', folder, '--workers', String(agents), '--todos', '0'];
  const server = await start<Served>(folder, program, args);
  const lines = server.said.workers.map(({ token }) => new Line(server.said.url, token));
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
  // The first look of each is no idling.
  await wait(2_000);
  const log = join(folder, 'timers.log');
  const told = (): readonly string[] =>
    existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
  const before = calls;
  const began = performance.now();
  const set = told().length;
  await wait(Math.max(seconds, 90) * 1_000);
  const minutes = (performance.now() - began) / 60_000;
  const perMinute = (calls - before) / minutes;
  const repeating = told().slice(0, set);
  const own = [...told().slice(set), ...repeating].filter((line) => /^(desk|agents|core)\//.test(line));
  isOver = true;
  for (const line of lines) line.hangUp();
  await server.end();
  await removeFolder(folder);
  return [
    {
      what: `${agents} idle agents connected: calls a minute`,
      ours: `${perMinute.toFixed(1)}${errors[0] === undefined ? '' : ` (${errors[0].slice(0, 100)})`}`,
      floor: '',
      target: `≤ ${mostPerMinute}`,
      holds: perMinute <= mostPerMinute,
      broken: errors.length > 0,
    },
    {
      what: 'meanwhile: timers of the desk and the door under 10 s',
      ours: own.length === 0 ? '0' : [...new Set(own)].join(', '),
      floor: '',
      target: '0',
      holds: own.length === 0,
    },
  ];
}
