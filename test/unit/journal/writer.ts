import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Folder } from './folder.ts';
import type { Orders } from './writerProgram.ts';

const PROGRAM = fileURLToPath(new URL('./writerProgram.ts', import.meta.url));

export interface Line {
  ack?: string;
  head?: number;
  refused?: string;
  again?: string;
  code?: string;
  opened?: { kind: string; reason?: { code: string } };
  lease?: { kind: string; port?: number };
  waiting?: boolean;
  stopping?: boolean;
  done?: boolean;
  failed?: string;
  standing?: { kind: string };
}

export interface Writer {
  process: ChildProcess;
  pid: number;
  /** All lines so far. */
  lines: Line[];
  /** The first line, so far or to come, that is as wanted; rejects when the process ends without it. */
  line(isWanted: (line: Line) => boolean): Promise<Line>;
  /** Ends a `wait`. */
  goOn(): void;
  ended: Promise<{ signal: NodeJS.Signals | null; code: number | null; errors: string }>;
}

const running = new Set<ChildProcess>();

/** `wrap` turns the command line into that of a program that runs it. */
export function startWriter(
  folder: Folder,
  orders: Omit<Orders, 'file' | 'headFile'>,
  wrap: (command: string[]) => string[] = (command) => command,
): Writer {
  const whole: Orders = { file: folder.file, headFile: folder.headFile, ...orders };
  const [program, ...args] = wrap([process.execPath, PROGRAM, JSON.stringify(whole)]);
  const child = spawn(program ?? '', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((look) => look());
  let isOver = false;
  let errors = '';
  child.stderr.on('data', (data) => (errors += String(data)));
  createInterface({ input: child.stdout }).on('line', (text) => {
    // A process that dies may leave half a line; it counts as not said.
    if (text.endsWith('}')) lines.push(JSON.parse(text) as Line);
    wake();
  });
  const ended: Writer['ended'] = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      isOver = true;
      wake();
      resolve({ code, signal, errors });
    });
  });
  return {
    process: child,
    pid: child.pid ?? 0,
    lines,
    line: (isWanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find(isWanted);
          if (!found && !isOver) return void waiting.add(look);
          waiting.delete(look);
          if (found) resolve(found);
          else
            reject(
              new Error(`the process ended without that line: ${JSON.stringify(lines.slice(-5))} ${errors}`),
            );
        };
        look();
      }),
    goOn: () => void child.stdin.write('\n'),
    ended,
  };
}

/** For `afterEach`. */
export function stopWriters(): void {
  for (const child of running) child.kill('SIGKILL');
}

export function acks(lines: readonly Line[]): string[] {
  return lines.map((line) => line.ack).filter((ack) => ack !== undefined);
}
