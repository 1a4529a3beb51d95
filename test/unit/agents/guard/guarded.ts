import assert from 'node:assert/strict';
import { spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoorOptions } from '../../../../src/agents/endpoint.ts';
import { copyProgram, guardCopyIn } from '../../../../src/agents/launch/guardCopy.ts';
import type { State, Worker } from '../../../../src/core/state.ts';
import { at as rowAt } from '../../../../src/core/table.ts';
import type { JournalOptions } from '../../../../src/journal/port.ts';
import { buildGuard } from '../../../../.tools/build.mjs';
import { removeFolder, temporaryFolder } from '../../../rig/temporary.ts';
import { beginStep, openHouse, type House } from '../house.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Run {
  readonly stdin?: string;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly runtime?: string;
  readonly profile?: string;
  /** In place of pipes for standard output and error: the number of an open file. */
  readonly out?: number;
  /** Whether standard input stays open. */
  readonly hold?: boolean;
}

/** A project, a worker `web` with a task in `src/web`, and the guard as it is put where hooks start it. */
export class Guarded {
  readonly project: string;
  readonly program: string;
  readonly house: House;
  readonly token: string;
  readonly #folder: string;

  private constructor(folder: string, house: House, token: string) {
    this.#folder = folder;
    this.project = join(folder, 'project');
    this.program = guardCopyIn(folder);
    this.house = house;
    this.token = token;
  }

  static async open(
    options: Partial<DoorOptions> = {},
    journalOptions: Partial<JournalOptions> = {},
  ): Promise<Guarded> {
    const folder = await temporaryFolder('guard');
    const project = join(folder, 'project');
    mkdirSync(join(project, 'src/web'), { recursive: true });
    for (const name of ['src/web/app.ts', 'src/a.ts', 'README.md']) writeFileSync(join(project, name), '');
    await buildGuard(folder);
    await copyProgram(join(folder, 'guard.js'), guardCopyIn(folder));
    const house = await openHouse(
      {
        folders: () => [{ name: 'project', fsPath: project }],
        own: () => [join(folder, 'own')],
        ...options,
      },
      journalOptions,
    );
    const { token } = await house.addWorker('web');
    await beginStep(house, ['Export the function total'], 'src/web/**');
    return new Guarded(folder, house, token);
  }

  get env(): Record<string, string> {
    return {
      LOCKKEEPER_URL: this.house.door.url,
      LOCKKEEPER_TOKEN: this.token,
      LOCKKEEPER_WORKER: 'web',
      LOCKKEEPER_GUARD: this.program,
    };
  }

  async dispatch(): Promise<void> {
    await this.house.act({ type: 'dispatch', worker: 1 });
    await this.house.act({ type: 'acknowledge', dispatch: 1, epoch: 1 }, { seat: 'worker', worker: 1 });
  }

  /** Runs the guard with a hook's JSON, in an environment that holds nothing else. */
  async run(options: Run): Promise<Ended> {
    const { env = this.env, cwd = this.project, runtime = process.execPath, out, hold = false } = options;
    const args = [this.program, ...(options.profile === undefined ? [] : [options.profile])];
    return ended(runtime, args, {
      env,
      cwd,
      stdin: options.stdin ?? '',
      hold,
      ...(out === undefined ? {} : { out }),
    });
  }

  async close(): Promise<void> {
    await this.house.close();
    await removeFolder(this.#folder);
  }
}

/** Runs a program to its end. */
export async function ended(
  program: string,
  args: readonly string[],
  given: {
    readonly env: Record<string, string>;
    readonly cwd: string;
    readonly stdin: string;
    readonly out?: number;
    readonly hold?: boolean;
  },
): Promise<Ended> {
  const stdio: StdioOptions = ['pipe', given.out ?? 'pipe', given.out ?? 'pipe'];
  const child = spawn(program, args, { env: given.env, cwd: given.cwd, stdio });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (part: Buffer) => (stdout += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (stderr += part.toString()));
  child.stdin?.on('error', () => undefined);
  child.stdin?.write(given.stdin);
  if (given.hold !== true) child.stdin?.end();
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

export const inScope = 'src/web/app.ts';
export const elsewhere = 'README.md';
export const write = (file: string): string =>
  JSON.stringify({ hook_event_name: 'PreToolUse', tool_name: 'Write', tool_input: { file_path: file } });

export function allowed({ code, stdout, stderr }: Ended): void {
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: '', stderr: '' });
}

/** The sentence of a no. Nothing else is on standard error. */
export function denied({ code, stderr }: Ended, sentence: RegExp): void {
  assert.equal(code, 2, stderr);
  assert.match(stderr, sentence);
  assert.match(stderr, /^Lockkeeper: .+\n$/s);
}

export const workerOf = ({ workers }: State, n: number): Worker | undefined => rowAt(workers, n);
