import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const source = fileURLToPath(new URL('../../../src/agents/rehearsal/main.ts', import.meta.url));
const started = new Set<RunningWorker>();

/** The program as one file, which starts three times as fast as its sources do. */
export async function bundled(file: string): Promise<string> {
  const js = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";
  await esbuild.build({
    entryPoints: [source],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    banner: { js },
    logLevel: 'error',
  });
  return file;
}

export interface Launch {
  readonly name: string;
  readonly url: string;
  readonly token: string;
  readonly folder: string;
  readonly script: string;
  readonly program?: string;
}

/** The rehearsal worker in a process of its own. */
export class RunningWorker {
  readonly child: ChildProcess;
  output = '';
  readonly #listeners = new Set<() => void>();

  constructor({ name, url, token, folder, script, program = source }: Launch) {
    this.child = spawn(process.execPath, [program, script, '--no-pauses'], {
      cwd: folder,
      env: { ...process.env, LOCKKEEPER_URL: url, LOCKKEEPER_TOKEN: token, LOCKKEEPER_WORKER: name },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (part: string): void => {
      this.output += part;
      for (const listener of [...this.#listeners]) listener();
    };
    this.child.stdout?.setEncoding('utf8').on('data', keep);
    this.child.stderr?.setEncoding('utf8').on('data', keep);
    this.child.on('exit', () => keep(''));
    started.add(this);
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits for words that the worker prints. */
  said(words: string | RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = typeof words === 'string' ? this.output.includes(words) : words.test(this.output);
        if (!found && !this.ended) return;
        this.#listeners.delete(look);
        if (found) resolve();
        else reject(new Error(`The worker ended without "${String(words)}":\n${this.output}`));
      };
      this.#listeners.add(look);
      look();
    });
  }

  async ending(): Promise<void> {
    if (!this.ended) await once(this.child, 'exit');
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.ended) return;
    const exit = once(this.child, 'exit');
    this.child.kill(signal);
    await exit;
  }
}

export async function endWorkers(): Promise<void> {
  await Promise.all([...started].map((worker) => worker.end('SIGKILL')));
  started.clear();
}
