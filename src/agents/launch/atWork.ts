import { mkdirSync, readFileSync, renameSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { Bearer } from '../../contract/actor.ts';

/** Says of a process what tells it from a later one with its number, and whether what was said so still lives. */
export interface Marks {
  markOf(pid: number): string;
  isAlive(mark: string): boolean;
}

/** Which process works for a worker, or for the seat, whatever window its terminal is in. A word of a dead process counts for nothing. */
export interface AtWork {
  isRunning(bearer: Bearer): boolean;
  /** With what its program ended, as its launcher wrote it down before it waits to be read. */
  leftWith(bearer: Bearer): number | undefined;
  /** Tells that somebody may have begun or ended, in whatever window; undefined where that cannot be heard. */
  onChange(listener: () => void): { dispose(): void } | undefined;
  /** False, and nothing is noted, where another process lives. */
  begins(bearer: Bearer, pid: number): boolean;
  over(bearer: Bearer): void;
  /** Its process, one that waits to be read too, and the entry in the environment of whatever that starts. */
  processOf(bearer: Bearer): { readonly pid: number; readonly entry: string } | undefined;
  /** What goes into the environment of what it runs. */
  entryOf(bearer: Bearer): { readonly [name: string]: string };
}

const entryName = 'LOCKKEEPER_AT_WORK';

/** Kept in a folder that every window on the journal shares. Where it cannot be written each knows its own terminals only. */
export function atWorkIn(folder: string, marks: Marks): AtWork {
  const record = (bearer: Bearer): string => join(folder, `${bearer}.json`);
  const read = (bearer: Bearer): { pid: number; exitCode?: number } | undefined => {
    try {
      return JSON.parse(readFileSync(record(bearer), 'utf8')) as { pid: number; exitCode?: number };
    } catch {
      return undefined;
    }
  };
  const isThere = (bearer: Bearer): boolean => {
    try {
      // Where the system does not tell when a process began, its number may be another's since the machine started.
      if (statSync(record(bearer)).mtimeMs < Date.now() - uptime() * 1000) return false;
      return marks.isAlive(readFileSync(record(bearer), 'utf8'));
    } catch {
      return false;
    }
  };
  const leftWith = (bearer: Bearer): number | undefined => read(bearer)?.exitCode;
  const isRunning = (bearer: Bearer): boolean => isThere(bearer) && leftWith(bearer) === undefined;
  return {
    isRunning,
    leftWith,
    onChange(listener) {
      try {
        mkdirSync(folder, { recursive: true });
        const watcher = watch(folder, { persistent: false }, listener);
        watcher.on('error', () => watcher.close());
        return { dispose: () => watcher.close() };
      } catch {
        return undefined;
      }
    },
    begins(bearer, pid) {
      if (isRunning(bearer)) return false;
      try {
        mkdirSync(folder, { recursive: true });
        const fresh = `${record(bearer)}.${pid}.new`;
        writeFileSync(fresh, marks.markOf(pid));
        renameSync(fresh, record(bearer));
      } catch {
        // Then this window's terminals are all that is known.
      }
      return true;
    },
    processOf(bearer) {
      const found = isThere(bearer) ? read(bearer) : undefined;
      return found && { pid: found.pid, entry: `${entryName}=${record(bearer)}` };
    },
    entryOf: (bearer) => ({ [entryName]: record(bearer) }),
    over(bearer) {
      if (!isThere(bearer)) rmSync(record(bearer), { force: true });
    },
  };
}
