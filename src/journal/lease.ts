import type { DatabaseSync } from 'node:sqlite';
import { lifeOf, markOf } from './liveness.ts';
import type { Host, Lease, LeaseOutcome, Unavailable } from './port.ts';

const BEAT_MS = 2_000;
const STALE_MS = 5_000;

/** How the lease reaches the journal's one connection, and tells it of errors. */
export interface LeaseAccess {
  connection(): DatabaseSync | Unavailable;
  /** Answers 'busy', or why the journal is shut now. */
  failed(error: unknown): 'busy' | Unavailable;
  /** Called after each commit. */
  wrote(): void;
  clock(): number;
}

export interface OwnedLease extends Lease {
  /** Stops the heartbeat without a word to the file: the connection is gone. */
  drop(): void;
}

interface LeaseRow extends Host {
  place: string;
  birth: string;
  at: number;
}

export function createLease(access: LeaseAccess): OwnedLease {
  const listeners = new Set<() => void>();
  let mine: Host | undefined;
  let beat: NodeJS.Timeout | undefined;

  function hold(host: Host): void {
    mine = host;
    beat ??= setInterval(renew, BEAT_MS).unref();
  }

  function letGo(): void {
    clearInterval(beat);
    beat = undefined;
    mine = undefined;
  }

  function lose(): void {
    if (!mine) return;
    letGo();
    for (const listener of listeners) queueMicrotask(listener);
  }

  function renew(): void {
    const db = access.connection();
    if (!mine || 'code' in db) return lose();
    try {
      const { changes } = db
        .prepare('UPDATE lease SET at = ? WHERE one = 1 AND pid = ? AND startedAt = ? AND at > 0')
        .run(access.clock(), mine.pid, mine.startedAt);
      if (changes === 0) lose();
      else access.wrote();
    } catch (error) {
      // A missed beat is no loss yet: the next one comes well before the lease is stale.
      if (access.failed(error) !== 'busy') lose();
    }
  }

  return {
    take(me, now): LeaseOutcome {
      const db = access.connection();
      if ('code' in db) return { kind: 'refused', reason: db };
      try {
        db.exec('BEGIN IMMEDIATE');
        const row = readLease(db);
        if (row && isHeld(row, now) && !isSame(row, me)) {
          db.exec('ROLLBACK');
          if (mine && isSame(mine, me)) lose();
          return { kind: 'held', by: { pid: row.pid, startedAt: row.startedAt, port: row.port } };
        }
        const port = me.port || (row?.port ?? 0);
        const mark = markOf(me.pid);
        db.prepare(
          'INSERT OR REPLACE INTO lease (one, pid, startedAt, port, place, birth, at) VALUES (1, ?, ?, ?, ?, ?, ?)',
        ).run(me.pid, me.startedAt, port, mark.place, mark.birth, now);
        db.exec('COMMIT');
        hold({ ...me, port });
        access.wrote();
        return { kind: 'taken', port };
      } catch (error) {
        const reason = access.failed(error);
        return reason === 'busy' ? { kind: 'busy' } : { kind: 'refused', reason };
      }
    },
    release() {
      const host = mine;
      letGo();
      const db = access.connection();
      if (!host || 'code' in db) return;
      try {
        db.prepare('UPDATE lease SET at = 0 WHERE one = 1 AND pid = ? AND startedAt = ?').run(
          host.pid,
          host.startedAt,
        );
      } catch (error) {
        // Not given back is only later: the heartbeat has stopped.
        access.failed(error);
      }
    },
    holder(now) {
      const db = access.connection();
      if ('code' in db) return undefined;
      try {
        const row = readLease(db);
        return row && isHeld(row, now)
          ? { pid: row.pid, startedAt: row.startedAt, port: row.port }
          : undefined;
      } catch (error) {
        access.failed(error);
        return undefined;
      }
    },
    onLost(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    drop: lose,
  };
}

function readLease(db: DatabaseSync): LeaseRow | undefined {
  const row = db.prepare('SELECT pid, startedAt, port, place, birth, at FROM lease WHERE one = 1').get();
  const numbers = [row?.['pid'], row?.['startedAt'], row?.['port'], row?.['at']];
  // Outside the chain, so a flipped bit is met here; nobody holds a row that makes no sense.
  return row && numbers.every(Number.isSafeInteger) ? (row as unknown as LeaseRow) : undefined;
}

function isSame(a: Host, b: Host): boolean {
  return a.pid === b.pid && a.startedAt === b.startedAt;
}

/** `at` 0 is released. A heartbeat from the future is as stale as an old one: the clock was set back. */
function isHeld(row: LeaseRow, now: number): boolean {
  return row.at > 0 && Math.abs(now - row.at) <= STALE_MS && lifeOf(row.pid, row) !== 'dead';
}
