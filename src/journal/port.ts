/** What the desk gives to be kept. Numbers are safe integers; every text is well-formed Unicode. */
export interface NewRow {
  orchestration: number;
  /** Epoch milliseconds, as the clock said; order is by `seq` alone. */
  at: number;
  actor: string;
  type: string;
  version: number;
  /** The JSON text of the event. It comes back byte for byte. */
  body: string;
  /** The id of the command that caused it. */
  command: string;
}

export interface Row extends NewRow {
  /** From 1, without gaps. */
  seq: number;
  /** 64 hex digits: SHA-256 of the previous row's hash and this row. */
  hash: string;
}

/** The answer a command got, kept with it so that the same command id gives the same answer again. */
export interface Receipt {
  command: string;
  /** The caller's digest of the command's body: the same id with another digest is another command. */
  digest: string;
  answer: string;
}

/** The end of a history: `seq` 0 and the genesis hash when it is empty. */
export interface Head {
  seq: number;
  hash: string;
}

export type UnavailableCode =
  | 'io-error'
  | 'disk-full'
  | 'damaged'
  | 'replaced'
  | 'rolled-back'
  | 'newer-schema'
  | 'old-sqlite'
  | 'unreadable'
  | 'not-writable'
  | 'in-repair'
  | 'unkeepable'
  | 'not-empty'
  | 'not-there'
  | 'in-use'
  | 'closed';

/** Why the journal does not take events. `sentence` and `next` are for a person, in plain words. */
export interface Unavailable {
  code: UnavailableCode;
  sentence: string;
  next: string;
  /** The operating system's or SQLite's own words, for the log. */
  detail?: string;
}

/**
 * - `open`: takes events.
 * - `read-only`: as found at opening; what could be verified can be read. Only `reopen()` or, for
 *   `rolled-back` and `replaced`, `acceptAsItIs()` leads out.
 * - `fenced`: it was open and the first error shut it, or another file was found in its place. It reads nothing.
 *   Only `reopen()` leads out, except from `disk-full`, where the next `append` tries by itself.
 */
export type Standing =
  { kind: 'open' } | { kind: 'read-only'; reason: Unavailable } | { kind: 'fenced'; reason: Unavailable };

export type NoticeCode =
  | 'set-aside'
  | 'rolled-back'
  | 'replaced'
  | 'accepted'
  | 'read-anew'
  | 'head-copy-unreadable'
  | 'head-copy-unwritable';

/** Something found and done without asking, that the person should know. */
export interface Notice {
  code: NoticeCode;
  sentence: string;
  /** Where the damaged file is kept now. */
  keptAs?: string;
  /** The events that are gone, first and last `seq`. Absent when none are. */
  dropped?: { from: number; to: number };
}

export type AppendOutcome =
  | { kind: 'kept'; head: number }
  /** Another writer was first, or a receipt's command id is already kept: read after your head, evolve, decide again. */
  | { kind: 'moved' }
  /** The file was locked for longer than the busy timeout of 50 ms: try again in a later turn. Nothing was written. */
  | { kind: 'busy' }
  /**
   * Not acknowledged. Nothing was written, with one exception: after `io-error` from the commit itself only
   * `reopen()` can tell, so read after your head then; a retry with the same command id is always safe.
   */
  | { kind: 'refused'; reason: Unavailable };

export interface Subscription {
  dispose(): void;
}

/** Hears what opening reads, so that a long history is gone through once. Worth something when opening has ended well. */
export interface Reader {
  /** The next row is the first one, whatever was heard before. */
  begin(): void;
  /** The next row, perhaps before it is verified. Must not throw. */
  hear(row: Row): void;
}

export interface Journal {
  readonly standing: Standing;
  /** Oldest first. Grows when something is found later. */
  readonly notices: readonly Notice[];
  /** The last `seq` this journal has verified, by opening, reading or appending. */
  head(): number;
  /**
   * From 1; grows when rows given out before no longer hold, because `reopen()` or `acceptAsItIs()` met a shorter or
   * another history: throw the state away and `read(0)`. The head alone does not tell, as others may have added to it.
   */
  generation(): number;
  /**
   * Rows with `seq > after`, oldest first, each checked against the chain. Damage found here fences the journal
   * and ends the list before it.
   */
  read(after: number): Row[];
  /**
   * All of it or nothing, in one transaction that begins and commits in this turn and is on disk when it returns
   * `kept`. `expectedHead` is the `seq` of the last row the caller has evolved.
   */
  append(expectedHead: number, rows: readonly NewRow[], receipts: readonly Receipt[]): AppendOutcome;
  receipt(command: string): Receipt | undefined;
  /** Another connection or process added rows. Called in a later turn, once for many. */
  onMoved(listener: () => void): Subscription;
  /** The standing changed. Called in a later microtask. */
  onStanding(listener: (standing: Standing) => void): Subscription;
  /** Opens again and verifies the whole chain; writing goes on only when it is right. Safe to call at any time. */
  reopen(): Promise<Standing>;
  /**
   * The person's word to go on although the file is behind what was once acknowledged (`rolled-back`) or tells
   * another history (`replaced`). Without that word nothing is written: going on would give the numbers of the
   * missing events to new ones, and the missing ones, perhaps in a backup or on a disk that comes back, could
   * never be put back. Does nothing in any other standing.
   */
  acceptAsItIs(): Promise<Standing>;
  /**
   * Takes in the journal of another place, which is moved here, where this one has no event; then opens it. Answers
   * why not, or what stands in the way of writing to it.
   */
  adopt(from: Places): Promise<Unavailable | undefined>;
  readonly lease: Lease;
  /** Releases the lease, checkpoints and closes. May be called twice. */
  close(): void;
}

/** Which host serves the endpoint. `startedAt` (epoch ms) tells two hosts with one pid apart. */
export interface Host {
  pid: number;
  startedAt: number;
  /** 0: not known yet. The remembered port is kept then. */
  port: number;
}

export type LeaseOutcome =
  /** `port` is the one to listen on: the given one, or the last holder's when 0 was given (0 when there was none). */
  | { kind: 'taken'; port: number }
  | { kind: 'held'; by: Host }
  | { kind: 'busy' }
  | { kind: 'refused'; reason: Unavailable };

/**
 * One row, outside the chain. It is free when it was released, when the holder's process is dead, or when its
 * heartbeat, renewed every 2 s while held, is older than 5 s. Whoever waits for it asks again every 2 s or less.
 */
export interface Lease {
  /** Also renews, and corrects the port. `now` is epoch milliseconds. */
  take(me: Host, now: number): LeaseOutcome;
  /** Gives the lease back when it is ours; the port stays remembered. */
  release(): void;
  /** Who holds it at `now`, or nobody. */
  holder(now: number): Host | undefined;
  /** A heartbeat found that another host has taken over, or the journal is no longer open. */
  onLost(listener: () => void): Subscription;
}

/** Points that production code passes through, so that a test can die or fail at each. */
export type FaultPoint =
  | 'append:begin'
  | 'append:begun'
  | 'append:row'
  | 'append:receipt'
  | 'append:commit'
  | 'append:committed'
  | 'checkpoint'
  | 'head-copy:write'
  | 'head-copy:half'
  | 'head-copy:written'
  | 'open:create'
  | 'open:place'
  | 'open:connect'
  | 'repair:set-aside'
  | 'repair:moved-wal'
  | 'repair:moved-file'
  | 'repair:salvaged'
  | 'repair:placed'
  | 'adopt:cleared'
  | 'adopt:moved'
  | 'close';

/** Called at each point; throwing stands for an error there (`errcode` as SQLite's). Production gives none. */
export type Fault = (point: FaultPoint) => void;

/** Where a journal stands. */
export interface Places {
  /** Absolute path of the journal; its folder is made when missing. */
  file: string;
  /** Absolute path of the copy of the head, outside the folder of `file`. */
  headFile: string;
}

export interface JournalOptions extends Places {
  fault?: Fault;
  /** Epoch milliseconds, for heartbeats. `Date.now` by default. */
  clock?: () => number;
  /** Hears the rows while they are verified, at the first opening. */
  reader?: Reader;
}
