import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';

export interface Served {
  readonly url: string;
  readonly orchestrator: string;
  readonly workers: readonly { readonly name: string; readonly token: string }[];
}

/** A server in a process of its own, with its files in a temporary folder. */
export interface Bench<S> {
  readonly folder: string;
  readonly pid: number;
  readonly said: S;
  /** Ends it; the files stay until `remove`. */
  end(): Promise<void>;
  remove(): Promise<void>;
}

/** Journal, desk and door, as `npm run serve` has them. */
export async function serve(workers: number, todos: number): Promise<Bench<Served>> {
  const folder = await temporaryFolder('bench');
  const program = fileURLToPath(new URL('../rig/serve.ts', import.meta.url));
  const numbers = ['--workers', String(workers), '--todos', String(todos)];
  const pace = ['--calls-per-second', '100000'];
  return start<Served>(folder, program, ['--dir', folder, ...numbers, ...pace]);
}

/** Starts a program that says where it is in one line of JSON. */
export async function start<S>(folder: string, program: string, args: readonly string[]): Promise<Bench<S>> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(() => Promise.reject(new Error(`${program} ended`))),
  ])) as [string];
  return {
    folder,
    pid: child.pid ?? 0,
    said: JSON.parse(line) as S,
    end: async () => {
      child.kill('SIGTERM');
      await ended;
    },
    remove: () => removeFolder(folder),
  };
}

/** Where `serve` keeps its journal. */
export function journalIn(folder: string): { readonly file: string; readonly headFile: string } {
  return { file: join(folder, 'journal.db'), headFile: join(folder, 'head', 'head.json') };
}
