// The server with every timer under ten seconds on record: a line for each in `timers.log`, the file that set it.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../../src/', import.meta.url));
const folder = process.argv[process.argv.indexOf('--dir') + 1] ?? '';
const short = 10_000;

function recorded<F extends (run: () => void, ms?: number, ...rest: unknown[]) => NodeJS.Timeout>(set: F): F {
  return ((run: () => void, ms = 0, ...rest: unknown[]) => {
    const [, place] = /file:\/\/(\S+?\.ts):\d+/.exec(whoSet()) ?? [];
    if (ms < short && place?.startsWith(sources))
      appendFileSync(join(folder, 'timers.log'), `${place.slice(sources.length)} ${ms}\n`);
    return set(run, ms, ...rest);
  }) as F;
}

/** The stack without this file. */
function whoSet(): string {
  const lines = (new Error('who').stack ?? '').split('\n').slice(1);
  return lines.filter((line) => !line.includes('idleServer.ts')).join('\n');
}

globalThis.setTimeout = Object.assign(recorded(setTimeout as never), setTimeout);
globalThis.setInterval = recorded(setInterval as never);
await import('../rig/serve.ts');
