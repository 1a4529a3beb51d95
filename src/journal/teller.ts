import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lifeOfWritten, markOf } from './liveness.ts';

/** Which of the windows on one journal speaks to the person, so that nobody hears a thing twice. */
export interface Teller {
  /** From now on this one, until another takes it: the person looks here. */
  take(): void;
  /** Whether it is this one; where the one that was is gone, it is from now on. */
  isMine(): boolean;
  dispose(): void;
}

/**
 * A word of who it is, in a file beside the journal; the last who takes it has it. Where that fails everybody
 * speaks: better twice than not at all.
 */
export function createTeller(file: string, me: { pid: number; startedAt: number }): Teller {
  const record = join(dirname(file), 'teller.json');
  const mine = JSON.stringify({ ...me, ...markOf(me.pid) });
  const read = (): string => {
    try {
      return readFileSync(record, 'utf8');
    } catch {
      return '';
    }
  };
  const take = (): void => {
    try {
      writeFileSync(`${record}.${me.pid}.new`, mine);
      renameSync(`${record}.${me.pid}.new`, record);
    } catch {
      // Then nobody has it, and everybody speaks.
    }
  };
  return {
    take,
    isMine() {
      const now = read();
      if (now === mine) return true;
      // One of another machine or container, of which nothing can be known, does not keep this one silent.
      if (lifeOfWritten(now) === 'alive') return false;
      take();
      return true;
    },
    dispose() {
      if (read() === mine) rmSync(record, { force: true });
    },
  };
}
