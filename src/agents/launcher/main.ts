import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import process from 'node:process';

/**
 * Runs in a worker's terminal: fetches what the worker is to run and its environment with the ticket it was
 * started with, then runs it in the same terminal and ends as it ends. Who was asked to end has not failed: the editor
 * alerts a person to every other end.
 */

const { LOCKKEEPER_HANDOVER: path, LOCKKEEPER_TICKET: ticket, ...env } = process.env;
delete env['ELECTRON_RUN_AS_NODE'];

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

async function fetchHanded(at: string, word: string): Promise<unknown> {
  const parts: Buffer[] = [];
  const socket = connect(at);
  socket.write(`${word} ${process.pid}\n`);
  for await (const part of socket) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}

interface Handed {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

function isHanded(value: unknown): value is Handed {
  return typeof value === 'object' && value !== null && 'argv' in value && 'env' in value;
}

if (path === undefined || ticket === undefined) stop('This terminal belongs to Lockkeeper and is over.');
const handed = await fetchHanded(path, ticket).catch(() => undefined);
if (!isHanded(handed)) stop('This terminal is over. Use Lockkeeper: Relaunch to start the worker again.');
const [program, ...args] = handed.argv;
if (program === undefined) stop('The worker has no command.');

const child = spawn(program, args, { stdio: 'inherit', env: { ...env, ...handed.env } });
let isAsked = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    isAsked ||= signal === 'SIGTERM';
    child.kill(signal);
  });
child.on('error', (error) => stop(`The worker cannot be started: ${error.message}`));
child.on('exit', (code, signal) => process.exit(isAsked ? 0 : (code ?? (signal === null ? 1 : 128))));
