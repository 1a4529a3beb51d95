import type { DatabaseSync } from 'node:sqlite';
import { lifeOf, markOf } from './liveness.ts';
import type { Host, Lease, LeaseOutcome, Unavailable } from './port.ts';

const STALE_MS = 5_000;
/** Whoever waits asks more often than it is answered. */
const ANSWER_MS = 2_000;

/** How the lease reaches the journal's one connection, and tells it of errors. */
export interface LeaseAccess {
  connection(): DatabaseSync | Unavailable;
  /** Answers 'busy', or why the journal is shut now. */
  failed(error: unknown): 'busy' | Unavailable;
  /** Called after each commit. */
  wrote(): void;
  /** Lets whoever holds it know that somebody waits. */
  ask(): void;
  clock(): number;
}

export interface OwnedLease extends Lease {
  /** Somebody asks whether its holder lives. */
  asked(): void;
  /** Another process has written: it may have taken over. */
  moved(): void;
  /** Lets it go without a word to the file: the connection is gone. */
  drop(): void;
}

/** Whom this host asks, one time after the other; by its own clock, in milliseconds, which nobody sets. */
interface Asking {
  readonly of: Host;
  readonly since: number;
  readonly last: number;
  /** It was seen to answer, or had just done so. */
  readonly isAnswered: boolean;
}

interface LeaseRow extends Host {
  place: string;
  birth: string;
  at: number;
}

export function createLease(access: LeaseAccess): OwnedLease {
  const listeners = new Set<() => void>();
  let mine: Host | undefined;
  let asking: Asking | undefined;
  let answeredAt = 0;

  function hold(host: Host, now: number): void {
    mine = host;
    answeredAt = now;
    asking = undefined;
  }

  function letGo(): void {
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
      // An answer that is missed is no loss yet: whoever waits asks again, well before the lease is stale.
      if (access.failed(error) !== 'busy') lose();
    }
  }

  /**
   * Whether the holder counts as there. Nobody answers where nobody asks: to whom an old row is the first that it sees
   * of it, the holder is there until it has been asked for long enough.
   */
  function isThere(row: LeaseRow, now: number): boolean {
    const isFresh = isHeld(row, now);
    if (!isFresh && !isAlive(row)) return false;
    const at = performance.now();
    const { pid, startedAt, port } = row;
    const before =
      asking && isSame(asking.of, row) && at - asking.last <= STALE_MS
        ? asking
        : { since: at, isAnswered: false };
    asking = {
      of: { pid, startedAt, port },
      since: before.since,
      last: at,
      isAnswered: before.isAnswered || isFresh,
    };
    return isFresh || (!asking.isAnswered && at - asking.since <= STALE_MS);
  }

  return {
    asked() {
      const now = access.clock();
      if (!mine || Math.abs(now - answeredAt) < ANSWER_MS) return;
      answeredAt = now;
      renew();
    },
    moved() {
      const db = access.connection();
      if (!mine || 'code' in db) return;
      try {
        const row = readLease(db);
        if (!row || !isSame(row, mine)) lose();
      } catch (error) {
        if (access.failed(error) !== 'busy') lose();
      }
    },
    take(me, now): LeaseOutcome {
      const db = access.connection();
      if ('code' in db) return { kind: 'refused', reason: db };
      try {
        db.exec('BEGIN IMMEDIATE');
        const row = readLease(db);
        if (row && !isSame(row, me) && isThere(row, now)) {
          db.exec('ROLLBACK');
          access.ask();
          if (mine && isSame(mine, me)) lose();
          return { kind: 'held', by: { pid: row.pid, startedAt: row.startedAt, port: row.port } };
        }
        const port = me.port || (row?.port ?? 0);
        const mark = markOf(me.pid);
        db.prepare(
          'INSERT OR REPLACE INTO lease (one, pid, startedAt, port, place, birth, at) VALUES (1, ?, ?, ?, ?, ?, ?)',
        ).run(me.pid, me.startedAt, port, mark.place, mark.birth, now);
        db.exec('COMMIT');
        hold({ ...me, port }, now);
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
        // Not given back is only later: nobody answers any more.
        access.failed(error);
      }
    },
    holder(now) {
      const db = access.connection();
      if ('code' in db) return undefined;
      try {
        const row = readLease(db);
        if (row && !isHeld(row, now) && isAlive(row)) access.ask();
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

/** `at` 0 is released. An answer from the future is as stale as an old one: the clock was set back. */
function isHeld(row: LeaseRow, now: number): boolean {
  return Math.abs(now - row.at) <= STALE_MS && isAlive(row);
}

/** It was not given back, and its process may live. */
function isAlive(row: LeaseRow): boolean {
  return row.at > 0 && lifeOf(row.pid, row) !== 'dead';
}
