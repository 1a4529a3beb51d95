import type { DatabaseSync } from 'node:sqlite';
import { moveIn } from './adoption.ts';
import { appendTo, countCheckpoints, lastHead, pagesOf } from './appending.ts';
import { GENESIS, vouches } from './chain.ts';
import { connectToWrite, kindOfError } from './connection.ts';
import { replaceHeadCopy, writeHeadCopy } from './headCopy.ts';
import { unkeepable } from './keepable.ts';
import { createLease } from './lease.ts';
import { watchFiles } from './movement.ts';
import { identityOf, openFile, type Opened } from './opening.ts';
import type {
  AppendOutcome,
  Head,
  Journal,
  JournalOptions,
  Notice,
  Places,
  Receipt,
  Row,
  Standing,
  Subscription,
  Unavailable,
} from './port.ts';
import { hashAt, readChain } from './verify.ts';
import { notice, reasonOf, tell, unavailable } from './wording.ts';
import { abandon, prepare } from './writing.ts';
import type { Statements } from './writing.ts';

const nothing = (): void => undefined;

/**
 * Opens, verifies, mends if need be. Never rejects: what stands in the way is in the journal's standing. Takes some
 * hundred milliseconds at 100,000 events, in slices that let other work through.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { file, headFile, fault = nothing, clock = Date.now } = options;
  let { reader } = options;
  const notices: Notice[] = [];
  const moved = new Set<() => void>();
  const changed = new Set<(standing: Standing) => void>();
  let standing: Standing = { kind: 'read-only', reason: unavailable('in-repair') };
  let db: DatabaseSync | undefined;
  let statements: Statements | undefined;
  let head: Head = GENESIS;
  let generation = 1;
  let identity = 'none';
  let seenVersion: unknown;
  let watching: Subscription | undefined;
  let opening: Promise<Standing> | undefined;
  let isClosed = false;

  function stand(next: Standing): void {
    standing = next;
    for (const listener of changed) queueMicrotask(() => listener(next));
  }

  function disconnect(): void {
    watching?.dispose();
    watching = undefined;
    statements = undefined;
    const connection = db;
    db = undefined;
    if (connection?.isOpen) {
      abandon(connection);
      connection.close();
    }
  }

  function fence(reason: Unavailable): Unavailable {
    if (standing.kind !== 'open') return standing.reason;
    disconnect();
    stand({ kind: 'fenced', reason });
    lease.drop();
    return reason;
  }

  /** Every error of an open journal ends here: it was only locked, or it is shut from now on. */
  function failed(error: unknown): 'busy' | Unavailable {
    if (kindOfError(error) !== 'busy') return fence(reasonOf(error, file, 'not-writable'));
    if (db) abandon(db);
    return 'busy';
  }

  const lease = createLease({
    connection() {
      if (standing.kind !== 'open') return standing.reason;
      return db ?? unavailable('closed');
    },
    wrote: () => wrote(1),
    failed,
    clock,
  });
  const checkpoints = countCheckpoints(fault);

  /** What was committed stays acknowledged; a checkpoint that fails shuts the journal for what comes after. */
  function wrote(pages: number): void {
    try {
      if (db) checkpoints.wrote(db, pages);
    } catch (error) {
      failed(error);
    }
  }

  function use(connection: DatabaseSync): void {
    db = connection;
    statements = prepare(connection);
    seenVersion = statements.dataVersion.get()?.['data_version'];
    // The copy of the head is opened and closed with each write: that is heard of wherever files are watched.
    watching = watchFiles([file, headFile], lookAround);
  }

  async function open(accept: boolean, before?: () => Promise<void>): Promise<Standing> {
    disconnect();
    lease.drop();
    if (standing.kind === 'open') standing = { kind: 'fenced', reason: unavailable('in-repair') };
    await before?.();
    const known = head.seq > 0 ? head : undefined;
    const opened = await openFile({ file, headFile, fault, accept, known, notices, reader });
    reader = undefined;
    if (isClosed) {
      opened.db?.close();
      return standing;
    }
    const isRead = opened.db !== undefined || opened.standing.kind === 'open';
    const isGone = opened.standing.kind === 'read-only' && opened.standing.reason.code === 'rolled-back';
    if (isRead || isGone) {
      const holds = head.seq === 0 || hashIn(opened) === head.hash;
      if (!holds) generation++;
      if (!holds && opened.standing.kind === 'open') tell(notices, notice('read-anew'));
      ({ head, identity } = opened);
    }
    if (opened.standing.kind === 'open' && opened.db) {
      copyHead(replaceHeadCopy);
      use(opened.db);
    } else {
      db = opened.db;
    }
    stand(opened.standing);
    return opened.standing;
  }

  /** Of a file that another program knows better nothing is said of rows that it is not seen to have. */
  function hashIn(opened: Opened): string | undefined {
    return opened.db && opened.head.seq >= head.seq ? hashAt(opened.db, head.seq) : undefined;
  }

  function openOnce(accept: boolean, before?: () => Promise<void>): Promise<Standing> {
    if (isClosed) return Promise.resolve(standing);
    opening ??= open(accept, before).finally(() => {
      opening = undefined;
    });
    return opening;
  }

  async function adopt(from: Places): Promise<Unavailable | undefined> {
    await opening;
    if (standing.kind !== 'open') return standing.reason;
    if (head.seq > 0) return unavailable('not-empty');
    let whyNot: Unavailable | undefined;
    const now = await openOnce(false, async () => {
      whyNot = await moveIn(from, { file, headFile }, { fault, notices });
    });
    return whyNot ?? (now.kind === 'open' ? undefined : now.reason);
  }

  /** An event on disk is acknowledged whatever becomes of the copy. */
  function copyHead(write: typeof writeHeadCopy): void {
    try {
      write(headFile, head, fault);
    } catch {
      tell(notices, notice('head-copy-unwritable'));
    }
  }

  /** Where nothing was acknowledged nothing can be lost: another window has adopted a journal. */
  function replaced(): void {
    fence(unavailable('replaced'));
    if (head.seq === 0) void openOnce(false);
  }

  function lookAround(): void {
    if (!statements) return;
    try {
      if (identityOf(file) !== identity) return void replaced();
      const version = statements.dataVersion.get()?.['data_version'];
      if (version === seenVersion) return;
      seenVersion = version;
      if (lastHead(statements).seq !== head.seq) for (const listener of moved) listener();
    } catch (error) {
      failed(error);
    }
  }

  /** A full disk leaves the file as it was, and the append itself looks whether it is the same and ends the same. */
  function tryDiskAgain(): void {
    try {
      use(connectToWrite(file));
      stand({ kind: 'open' });
    } catch {
      // Still full.
      disconnect();
    }
  }

  await openOnce(false);

  return {
    get standing() {
      return standing;
    },
    notices,
    head: () => head.seq,
    generation: () => generation,
    read(after) {
      if (!db) return [];
      try {
        return readOn(db, after);
      } catch (error) {
        failed(error);
        return [];
      }
    },
    append(expectedHead, rows, receipts): AppendOutcome {
      const wrong = unkeepable(rows, receipts);
      if (wrong !== undefined) return { kind: 'refused', reason: unavailable('unkeepable', wrong) };
      if (standing.kind === 'fenced' && standing.reason.code === 'disk-full') tryDiskAgain();
      if (standing.kind !== 'open') return { kind: 'refused', reason: standing.reason };
      if (!db || !statements) return { kind: 'refused', reason: unavailable('closed') };
      try {
        const target = { db, statements, isOurs: () => identityOf(file) === identity, fault };
        const next = appendTo(target, { head, expectedHead }, rows, receipts);
        if (next === 'moved') return { kind: 'moved' };
        if ('code' in next) return { kind: 'refused', reason: fence(next) };
        head = next;
        copyHead(writeHeadCopy);
        wrote(pagesOf(rows, receipts));
        return { kind: 'kept', head: head.seq };
      } catch (error) {
        const reason = failed(error);
        return reason === 'busy' ? { kind: 'busy' } : { kind: 'refused', reason };
      }
    },
    receipt(command) {
      if (standing.kind === 'fenced' && standing.reason.code === 'disk-full') tryDiskAgain();
      if (!db) return undefined;
      try {
        const row = (statements ?? prepare(db)).readReceipt.get(command);
        if (!row) return undefined;
        const { digest, answer } = row as unknown as Receipt;
        if (vouches(row['seq'], { command, digest, answer }, row['hash'])) return { command, digest, answer };
        fence(unavailable('damaged', `the receipt of command ${command} does not vouch for itself`));
      } catch (error) {
        failed(error);
      }
      return undefined;
    },
    onMoved: (listener) => subscribe(moved, listener),
    onStanding: (listener) => subscribe(changed, listener),
    reopen: () => openOnce(false),
    acceptAsItIs() {
      const code = standing.kind === 'open' ? undefined : standing.reason.code;
      return code === 'rolled-back' || code === 'replaced' ? openOnce(true) : Promise.resolve(standing);
    },
    adopt,
    lease,
    close() {
      if (isClosed) return;
      fault('close');
      lease.release();
      isClosed = true;
      try {
        if (standing.kind === 'open') db?.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // The next opening does it.
      }
      disconnect();
      standing = { kind: 'fenced', reason: unavailable('closed') };
    },
  };

  /** Rows after `after` from the file, checked; moves the head on. */
  function readOn(connection: DatabaseSync, after: number): Row[] {
    const hash = after === head.seq ? head.hash : hashAt(connection, after);
    const from = after === 0 ? GENESIS : { seq: after, hash: String(hash) };
    if (after > head.seq) return readOn(connection, head.seq).filter(({ seq }) => seq > after);
    const part = readChain(connection, from, -1);
    const ours = part.rows[head.seq - after - 1];
    if (part.broken !== undefined) fence(unavailable('damaged', part.broken));
    else if (part.head.seq < head.seq) fence(unavailable('rolled-back'));
    else if (ours && ours.hash !== head.hash) {
      fence(unavailable('replaced'));
      return [];
    } else head = part.head;
    return part.rows;
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): Subscription {
  listeners.add(listener);
  return { dispose: () => void listeners.delete(listener) };
}
