import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { ndJsonStream } from '@agentclientprotocol/sdk';
import { doorOf } from './door.ts';
import { playSession } from './session.ts';
import { plain } from './shown.ts';

/**
 * `acp.js PROMPT PROGRAM [ARGUMENT …]`, in the terminal of a worker: starts an agent that speaks ACP, is its client, and
 * shows what it does. The agent itself does not get the worker's token: its server does, over the protocol.
 */

const [prompt = '', program = '', ...args] = process.argv.slice(2);
const {
  LOCKKEEPER_URL: url = '',
  LOCKKEEPER_TOKEN: token = '',
  LOCKKEEPER_STDIO: stdio = '',
  LOCKKEEPER_GUARD: guard = '',
  ELECTRON_RUN_AS_NODE: _,
  ...environment
} = process.env;
const cwd = process.cwd();
const say = (text: string): void => void process.stdout.write(text);

/** Milliseconds for the agent to end its turn when it is cancelled, and then to end itself. */
const patience = 1_000;

const child = spawn(program, args, {
  cwd,
  env: environment,
  stdio: ['pipe', 'pipe', 'pipe'],
  // Its own group: it hears of a stop by the protocol first.
  detached: process.platform !== 'win32',
});
const ended = once(child, 'exit').catch(() => undefined);
child.on('error', ({ message }) => {
  say(`The agent cannot be started: ${plain(message)}\n`);
  process.exit(1);
});
child.stderr.setEncoding('utf8').on('data', (text: string) => say(plain(text)));

/** The agent, and what it started. */
function end(signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Nobody is left.
  }
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
process.on('exit', () => end('SIGKILL'));

const session = playSession({
  stream: ndJsonStream(
    Writable.toWeb(child.stdin) as WritableStream<Uint8Array>,
    Readable.toWeb(child.stdout) as ReadableStream<Uint8Array>,
  ),
  door: doorOf({ address: url, token, guard, cwd }),
  cwd,
  prompt,
  servers: {
    http: {
      type: 'http',
      name: 'lockkeeper',
      url,
      headers: [{ name: 'Authorization', value: `Bearer ${token}` }],
    },
    stdio: {
      name: 'lockkeeper',
      command: process.execPath,
      args: [stdio],
      env: Object.entries({ LOCKKEEPER_URL: url, LOCKKEEPER_TOKEN: token, ELECTRON_RUN_AS_NODE: '1' }).map(
        ([name, value]) => ({ name, value }),
      ),
    },
  },
  say,
  signal: stopping.signal,
});
const stopped = once(stopping.signal, 'abort').then(() => pause(patience));
let code = 0;
try {
  const reason = await Promise.race([session, stopped]);
  if (reason !== undefined) say(`\nThe agent stopped: ${plain(reason)}.\n`);
} catch (error) {
  say(`\nThe agent broke off: ${plain(error instanceof Error ? error.message : String(error))}\n`);
  code = 1;
}
child.stdin.end();
end('SIGTERM');
await Promise.race([ended, pause(patience)]);
process.exit(stopping.signal.aborted ? 143 : code);
