import { spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import process from 'node:process';

/**
 * Runs in a worker's terminal: fetches what the worker is to run and its environment with the ticket it was
 * started with, then runs it in the same terminal and ends as it ends. Who was asked to end has not failed: the editor
 * alerts a person to every other end. Where the terminal stays, it writes down how the worker ended, and waits.
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
  readonly stays?: boolean;
}

function isHanded(value: unknown): value is Handed {
  return typeof value === 'object' && value !== null && 'argv' in value && 'env' in value;
}

if (path === undefined || ticket === undefined) stop('This terminal belongs to Lockkeeper and is over.');
const handed = await fetchHanded(path, ticket).catch(() => undefined);
if (!isHanded(handed)) stop('This terminal is over. Use Lockkeeper: Relaunch to start the worker again.');
const [program, ...args] = handed.argv;
if (program === undefined) stop('The worker has no command.');

/** Says how the worker ended to whoever looks who is at work. False where nobody would know of it. */
function isToldOf(exitCode: number, record: string): boolean {
  try {
    const mark = JSON.parse(readFileSync(record, 'utf8')) as { pid: number };
    if (mark.pid !== process.pid) return false;
    const fresh = `${record}.${process.pid}.new`;
    writeFileSync(fresh, JSON.stringify({ ...mark, exitCode }));
    renameSync(fresh, record);
    return true;
  } catch {
    return false;
  }
}

const record = handed.stays === true ? handed.env['LOCKKEEPER_AT_WORK'] : undefined;
let isAsked = false;
let isOver = false;

function end(exitCode: number): void {
  if (isOver) return;
  isOver = true;
  if (isAsked) process.exit(0);
  if (record === undefined || !isToldOf(exitCode, record)) process.exit(exitCode);
  if (process.stdin.isTTY) process.stdin.setRawMode(false);
  process.stdout.write(`The worker ended with ${exitCode}. Press Enter to close.\n`);
  // Its end is told: nobody has to be alerted by how this terminal ends.
  process.stdin.on('data', (part) => /[\r\n]/.test(String(part)) && process.exit(0));
  process.stdin.on('end', () => process.exit(0));
  process.stdin.on('error', () => process.exit(0));
}

const child = spawn(program, args, { stdio: 'inherit', env: { ...env, ...handed.env } });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (isOver) process.exit(0);
    isAsked ||= signal === 'SIGTERM';
    child.kill(signal);
  });
child.on('error', (error) => {
  process.stderr.write(`The worker cannot be started: ${error.message}\n`);
  end(1);
});
child.on('exit', (code, signal) => end(code ?? (signal === null ? 1 : 128)));
