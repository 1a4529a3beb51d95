import { Door, ShutOut } from './door.ts';
import { stopRuns } from './run.ts';
import { say } from './say.ts';
import { readScript } from './script.ts';
import { work } from './work.ts';

/** Plays a script as an agent would work: `rehearsal.js SCRIPT [--no-pauses]`, in the workspace folder. */
async function main(): Promise<number> {
  const { LOCKKEEPER_URL: url, LOCKKEEPER_TOKEN: token, LOCKKEEPER_WORKER: name } = process.env;
  const [file, ...options] = process.argv.slice(2);
  if (!url || !token || !name || file === undefined) {
    say('Needs LOCKKEEPER_URL, LOCKKEEPER_TOKEN and LOCKKEEPER_WORKER, and the path of a script.');
    return 2;
  }
  // Nothing that is started from here inherits it.
  delete process.env['LOCKKEEPER_TOKEN'];
  const script = readScript(file);
  say(`${name} plays a rehearsal.`);
  const stage = {
    door: new Door(url, token, say),
    script,
    root: process.cwd(),
    say,
    pauses: !options.includes('--no-pauses'),
  };
  await work(stage);
  return 0;
}

function end(code: number): void {
  stopRuns();
  process.exit(code);
}

for (const [signal, number] of [
  ['SIGTERM', 15],
  ['SIGINT', 2],
  ['SIGHUP', 1],
] as const) {
  process.once(signal, () => end(128 + number));
}

try {
  end(await main());
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  end(error instanceof ShutOut ? 3 : 1);
}
