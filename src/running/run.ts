import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { startOf } from './program.ts';
import { endGroup, endLeftBehind } from './ending.ts';
import { Tail } from './tail.ts';

/** A program to run once. `env` is the whole of its environment. */
export interface RunOrder {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly milliseconds: number;
  readonly signal?: AbortSignal;
  readonly onStart?: (pid: number) => void;
  /** Hears each piece of both streams as it comes. */
  readonly onOutput?: (data: Buffer) => void;
}

export type Ending =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'too long' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'not started'; readonly why: string };

export interface Ran {
  readonly ending: Ending;
  /** What it wrote, both streams in the order they came; of a long one the end, and how much is missing. */
  readonly output: string;
  /** How much that was in all. */
  readonly bytes: number;
  readonly milliseconds: number;
}

const graceMilliseconds = 2_000;
/** By which a process that left the group is known as one of a run. */
const markName = 'LOCKKEEPER_RUN';

/** Runs an argument list once, without a shell, in a process group of its own that ends with it. Never rejects. */
export function runOnce(order: RunOrder): Promise<Ran> {
  const { folder, milliseconds, signal } = order;
  const begun = performance.now();
  const kept = new Tail();
  const mark = `${markName}=${randomUUID()}`;
  return new Promise((resolve) => {
    let why: Ending | undefined;
    const finish = (ending: Ending): void =>
      resolve({
        ending: why ?? ending,
        output: kept.text(),
        bytes: kept.bytes,
        milliseconds: Math.round(performance.now() - begun),
      });
    if (signal?.aborted) return finish({ kind: 'cancelled' });
    const started = start(order, mark);
    if ('why' in started) return finish({ kind: 'not started', why: started.why });
    const { child } = started;
    if (child.pid !== undefined) order.onStart?.(child.pid);
    let killing: NodeJS.Timeout | undefined;
    let hasExited = false;
    const end = (reason: Ending): void => {
      if (hasExited) return;
      why ??= reason;
      endGroup(child.pid, 'SIGTERM');
      killing ??= setTimeout(() => endGroup(child.pid, 'SIGKILL'), graceMilliseconds);
    };
    const late = setTimeout(() => end({ kind: 'too long' }), milliseconds);
    const cancel = (): void => end({ kind: 'cancelled' });
    signal?.addEventListener('abort', cancel, { once: true });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data: Buffer) => {
        kept.add(data);
        order.onOutput?.(data);
      });
    }
    const done = (ending: Ending): void => {
      clearTimeout(late);
      clearTimeout(killing);
      signal?.removeEventListener('abort', cancel);
      child.stdout?.destroy();
      child.stderr?.destroy();
      finish(ending);
    };
    child.on('error', (error) => done({ kind: 'not started', why: spawnWords(order.argv, folder, error) }));
    child.on('exit', (code, name) => {
      const ending: Ending = code === null ? { kind: 'signal', name: name ?? '' } : { kind: 'exit', code };
      hasExited = true;
      clearTimeout(late);
      // What it left running would go on writing in the folder.
      endGroup(child.pid, 'SIGKILL');
      clearTimeout(killing);
      let isClosed = false;
      child.once('close', () => (isClosed = true));
      void endLeftBehind(mark).then(() => {
        if (isClosed) return done(ending);
        child.once('close', () => done(ending));
        // Somebody out of reach may hold the pipes for ever.
        killing = setTimeout(() => done(ending), graceMilliseconds);
      });
    });
  });
}

function start(order: RunOrder, mark: string): { readonly child: ChildProcess } | { readonly why: string } {
  const { argv, folder, env } = order;
  const found = startOf(argv, env, process.platform);
  if ('why' in found) return found;
  const [name = '', value = ''] = mark.split('=');
  try {
    const child = spawn(found.file, [...found.args], {
      cwd: folder,
      env: { ...env, [name]: value },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      windowsVerbatimArguments: found.verbatim,
      detached: process.platform !== 'win32',
    });
    return { child };
  } catch (error) {
    return { why: spawnWords(argv, folder, error as NodeJS.ErrnoException) };
  }
}

function spawnWords(argv: readonly string[], folder: string, error: NodeJS.ErrnoException): string {
  const [program = ''] = argv;
  if (error.code === 'ENOENT') {
    return `cannot be run: there is no program ${program} on the PATH, or the folder ${folder} is gone (ENOENT)`;
  }
  if (error.code === 'EACCES') return `cannot be run: ${program} may not be executed (EACCES)`;
  return `cannot be run: ${error.message}`;
}
