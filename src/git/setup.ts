import { spawn } from 'node:child_process';
import { refusal, type Refusal } from '../contract/refusal.ts';

/** What a setup is run with. `env` is the whole of its environment. */
export interface Setup {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly milliseconds: number;
  readonly signal?: AbortSignal;
  readonly onStart?: (pid: number) => void;
}

export interface Ran {
  readonly refusal: Refusal | undefined;
  /** What it wrote, both streams in the order they came; of a long one the end, and how much is missing. */
  readonly output: string;
}

const mostKept = 256 * 1024;
const graceMilliseconds = 2_000;

/** Runs an argument list once, without a shell, in a process group of its own that ends with it. Never rejects. */
export function runSetup(setup: Setup): Promise<Ran> {
  const { argv, folder, env, milliseconds, signal } = setup;
  const [program, ...args] = argv;
  if (program === undefined) return Promise.resolve({ refusal: undefined, output: '' });
  const shown = argv.join(' ').slice(0, 200);
  const failed = (code: string, sentence: string): Refusal =>
    refusal(code, sentence, 'Mend lockkeeper.worktree.setup or what it needs, then dispatch again.');
  return new Promise((resolve) => {
    const kept = new Tail();
    let why: Refusal | undefined;
    if (signal?.aborted) {
      resolve({ refusal: failed('setup-cancelled', 'The setup was cancelled.'), output: '' });
      return;
    }
    const child = spawn(program, args, {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      detached: process.platform !== 'win32',
    });
    if (child.pid !== undefined) setup.onStart?.(child.pid);
    let killing: NodeJS.Timeout | undefined;
    const end = (reason: Refusal): void => {
      why ??= reason;
      endGroup(child.pid, 'SIGTERM');
      killing ??= setTimeout(() => endGroup(child.pid, 'SIGKILL'), graceMilliseconds);
    };
    const late = setTimeout(
      () =>
        end(failed('setup-too-long', `${shown} was not done after ${Math.round(milliseconds / 1000)} s.`)),
      milliseconds,
    );
    const cancel = (): void => end(failed('setup-cancelled', `${shown} was cancelled.`));
    signal?.addEventListener('abort', cancel, { once: true });
    child.stdout.on('data', (data: Buffer) => kept.add(data));
    child.stderr.on('data', (data: Buffer) => kept.add(data));
    const done = (reason: Refusal | undefined): void => {
      clearTimeout(late);
      clearTimeout(killing);
      signal?.removeEventListener('abort', cancel);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ refusal: why ?? reason, output: kept.text() });
    };
    child.on('error', (error) => done(failed('setup-failed', `${shown} cannot be run: ${error.message}.`)));
    child.on('exit', (code, name) => {
      const sentence = `${shown} ended with ${code === null ? `the signal ${name ?? ''}` : `code ${code}`}.`;
      const reason = code === 0 ? undefined : failed('setup-failed', sentence);
      // What it left running would go on writing in the worktree.
      endGroup(child.pid, 'SIGKILL');
      clearTimeout(killing);
      child.once('close', () => done(reason));
      // A process that left the group may hold the pipes for ever.
      killing = setTimeout(() => done(reason), graceMilliseconds);
    });
  });
}

function endGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') {
      spawn('taskkill', ['/pid', `${pid}`, '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on(
        'error',
        () => undefined,
      );
    } else process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

class Tail {
  #parts: Buffer[] = [];
  #size = 0;
  #left = 0;

  add(data: Buffer): void {
    this.#parts.push(data);
    this.#size += data.length;
    if (this.#size <= 2 * mostKept) return;
    const all = Buffer.concat(this.#parts);
    this.#left += all.length - mostKept;
    this.#parts = [all.subarray(all.length - mostKept)];
    this.#size = mostKept;
  }

  text(): string {
    const all = Buffer.concat(this.#parts);
    const left = this.#left + Math.max(0, all.length - mostKept);
    const end = all.subarray(Math.max(0, all.length - mostKept)).toString('utf8');
    return left === 0 ? end : `[${left} bytes before this are left out]\n${end}`;
  }
}
