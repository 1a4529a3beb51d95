import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';

/** Says of a process what tells it from a later one with its number, and whether what was said so still lives. */
export interface Marks {
  markOf(pid: number): string;
  isAlive(mark: string): boolean;
}

/** Which process works for a worker, whatever window its terminal is in. A word of a dead process counts for nothing. */
export interface AtWork {
  isRunning(worker: number): boolean;
  /** False, and nothing is noted, where another process lives. */
  begins(worker: number, pid: number): boolean;
  over(worker: number): void;
  /** Its process, and the entry in the environment of whatever that starts; undefined where none runs. */
  processOf(worker: number): { readonly pid: number; readonly entry: string } | undefined;
  /** What goes into the environment of what a worker runs. */
  entryOf(worker: number): { readonly [name: string]: string };
}

const entryName = 'LOCKKEEPER_AT_WORK';

/** Kept in a folder that every window on the journal shares. Where it cannot be written each knows its own terminals only. */
export function atWorkIn(folder: string, marks: Marks): AtWork {
  const record = (worker: number): string => join(folder, `${worker}.json`);
  const isRunning = (worker: number): boolean => {
    try {
      // Where the system does not tell when a process began, its number may be another's since the machine started.
      if (statSync(record(worker)).mtimeMs < Date.now() - uptime() * 1000) return false;
      return marks.isAlive(readFileSync(record(worker), 'utf8'));
    } catch {
      return false;
    }
  };
  return {
    isRunning,
    begins(worker, pid) {
      if (isRunning(worker)) return false;
      try {
        mkdirSync(folder, { recursive: true });
        const fresh = `${record(worker)}.${pid}.new`;
        writeFileSync(fresh, marks.markOf(pid));
        renameSync(fresh, record(worker));
      } catch {
        // Then this window's terminals are all that is known.
      }
      return true;
    },
    processOf(worker) {
      if (!isRunning(worker)) return undefined;
      const { pid } = JSON.parse(readFileSync(record(worker), 'utf8')) as { pid: number };
      return { pid, entry: `${entryName}=${record(worker)}` };
    },
    entryOf: (worker) => ({ [entryName]: record(worker) }),
    over(worker) {
      if (!isRunning(worker)) rmSync(record(worker), { force: true });
    },
  };
}
