import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { atWorkIn, type AtWork } from '../../../src/agents/launch/atWork.ts';
import type { TerminalOrder, Terminals } from '../../../src/agents/launch/needs.ts';
import { lifeOfWritten, writtenMark } from '../../../src/journal/liveness.ts';

/** Terminals as a window has them, each a process; they live on when the window is closed. */
export class Shells implements Terminals {
  readonly #running = new Map<string, ChildProcess>();
  readonly #listeners = new Set<Parameters<Terminals['onEnded']>[0]>();
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string>> | undefined;
  readonly #hasKeys: boolean;
  readonly orders: TerminalOrder[] = [];
  /** Whether they stay when their program has ended. */
  stays = false;
  /** What was printed in them. */
  said = '';

  /** Without an environment they have that of this process, and nobody hears what they print. */
  constructor(folder: string, environment?: Readonly<Record<string, string>>, hasKeys = false) {
    this.#folder = folder;
    this.#hasKeys = hasKeys;
    this.#environment = environment;
  }

  get opened(): number {
    return this.orders.length;
  }

  isOpen(name: string): boolean {
    return this.#running.has(name);
  }

  close(name: string): void {
    this.#running.get(name)?.kill();
  }

  /** A person presses Enter in it. */
  enter(name: string): void {
    this.#running.get(name)?.stdin?.write('\n');
  }

  open(order: TerminalOrder): void {
    this.orders.push(order);
    const { name, argv, env, folder } = order;
    const [program = '', ...args] = argv;
    const shell = spawn(program, args, {
      cwd: folder ?? this.#folder,
      env: { ...(this.#environment ?? process.env), ...env },
      stdio: this.#environment ? [this.#hasKeys ? 'pipe' : 'ignore', 'pipe', 'pipe'] : 'ignore',
      // A terminal is a session of its own.
      detached: true,
    });
    for (const stream of [shell.stdout, shell.stderr])
      stream?.on('data', (part) => (this.said += String(part)));
    this.#running.set(name, shell);
    shell.on('exit', (exitCode) => {
      if (this.#running.get(name) === shell) this.#running.delete(name);
      for (const listener of [...this.#listeners]) listener({ workerName: name, exitCode });
    });
  }

  onEnded(listener: Parameters<Terminals['onEnded']>[0]): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  async end(): Promise<void> {
    const shells = [...this.#running.values()];
    await Promise.all(shells.map((shell) => (shell.kill(), once(shell, 'exit'))));
  }
}

/** Who is at work, as every window on the journal in this folder sees it. */
export function atWorkBeside(folder: string): AtWork {
  return atWorkIn(join(folder, 'at-work'), {
    markOf: writtenMark,
    isAlive: (mark) => lifeOfWritten(mark) === 'alive',
  });
}
