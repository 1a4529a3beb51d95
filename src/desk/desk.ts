import type { Recorded } from '../contract/events.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { evolve } from '../core/evolution.ts';
import type { Made } from '../core/decision.ts';
import { initial, type State } from '../core/state.ts';
import { plainWorkspace, type Workspace } from '../core/workspace.ts';
import type { Journal, Receipt, Unavailable } from '../journal/port.ts';
import { digestOf, type Command, type Reply } from './command.ts';
import type { Sent } from './draw.ts';
import { loadRules } from './loadRules.ts';
import type { Preparations, Ways } from './preparing.ts';
import { fromRow } from './record.ts';

/** What the surfaces hear: the state as it now stands, and the events that made it so. */
export interface Told {
  readonly state: State;
  readonly events: readonly Recorded[];
  /** Whether this desk wrote them; else another window did. */
  readonly own: boolean;
}

interface Waiting extends Sent {
  readonly answer: (reply: Reply) => void;
}

const patience = 5_000;
const pause = 15;

/**
 * The one way to change anything: authority → decide → append → evolve → tell. What waits at one moment
 * goes into the journal as one transaction. Memory never runs ahead of the disk.
 */
export class Desk {
  readonly #journal: Journal;
  readonly #clock: () => number;
  readonly #workspace: () => Workspace;
  readonly #preparations: Preparations;
  #state: State = initial;
  #generation: number;
  #queue: Waiting[] = [];
  #draining = false;
  #closed = false;
  readonly #listeners = new Set<(told: Told) => void>();
  readonly #waits = new Set<() => void>();
  readonly #watching: readonly { dispose(): void }[];
  #broken: Refusal | undefined;

  /**
   * Replays the journal. `clock` gives epoch milliseconds, `workspace` what holds of it now, `preparations` the work
   * outside that an act needs before it is true, `replayed` the state that opening the journal led to.
   */
  constructor(
    journal: Journal,
    clock: () => number,
    workspace: () => Workspace = () => plainWorkspace,
    preparations: Preparations = {},
    replayed: State = initial,
  ) {
    this.#journal = journal;
    this.#clock = clock;
    this.#workspace = workspace;
    this.#preparations = preparations;
    this.#generation = journal.generation();
    if (replayed.seq <= journal.head()) this.#state = replayed;
    this.#replay(() => undefined);
    const follow = (): void => this.#tell(this.#catchUp(), false);
    this.#watching = [journal.onMoved(follow), journal.onStanding(follow)];
  }

  get state(): State {
    return this.#state;
  }

  get workspace(): Workspace {
    return this.#workspace();
  }

  /** Why nothing can be changed just now; undefined when all is well. */
  get trouble(): Refusal | undefined {
    const { standing } = this.#journal;
    if (this.#broken) return this.#broken;
    return standing.kind === 'open' ? undefined : unavailable(standing.reason);
  }

  /** Asks for an act. Resolves when the answer is durable; never rejects. */
  async submit(command: Command): Promise<Reply> {
    const preparation = this.#preparations[command.act.type];
    if (!preparation) return this.#enqueue({ command, digest: digestOf(command) });
    const { submitPrepared } = await import('./preparing.ts');
    return submitPrepared(command, preparation, this.#ways);
  }

  readonly #ways: Ways = {
    receipt: (id) => this.#journal.receipt(id),
    queue: (sent) => this.#enqueue(sent),
    isCertain: () => {
      const { standing } = this.#journal;
      // A full disk leaves the journal's file as it was.
      return standing.kind === 'open' || standing.reason.code === 'disk-full';
    },
    dry: async (command, facts) => {
      const { ruleOn } = await loadRules();
      const events = this.#catchUp();
      if (events.length > 0) this.#tell(events, false);
      return ruleOn(this.#state, command, this.#clock(), this.#workspace(), facts);
    },
  };

  /** What a command that was accepted made; undefined of one that was not, or that nobody gave. */
  madeBy(command: string): Made | undefined {
    const receipt = this.#journal.receipt(command);
    const reply = receipt && (JSON.parse(receipt.answer) as Reply);
    return reply?.ok === true ? reply.made : undefined;
  }

  /** As it stood when that orchestration was closed, read from the journal; undefined where it was not. */
  stateAtClosing(orchestration: number): State | undefined {
    let state = initial;
    for (const recorded of this.history()) {
      state = evolve(state, recorded);
      const { n, closedAt } = state.orchestration ?? {};
      if (n === orchestration && closedAt !== undefined) return state;
    }
    return undefined;
  }

  /** What was recorded behind the first `after` events, read as it is asked for. Throws at what cannot be read. */
  *history(after = 0): Generator<Recorded, void> {
    for (const row of this.#journal.read(after)) yield fromRow(row);
  }

  #enqueue(sent: Sent): Promise<Reply> {
    return new Promise((answer) => {
      this.#queue.push({ ...sent, answer });
      if (!this.#draining) this.#begin();
    });
  }

  onTold(listener: (told: Told) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /**
   * Waits until `read` finds something in the state, at most `milliseconds`, until the signal aborts or the
   * desk closes; then undefined.
   */
  until<T>(
    read: (state: State) => T | undefined,
    milliseconds: number,
    signal?: AbortSignal,
  ): Promise<T | undefined> {
    const now = read(this.#state);
    if (now !== undefined || milliseconds <= 0 || signal?.aborted) return Promise.resolve(now);
    return new Promise((resolve) => {
      const end = (found: T | undefined): void => {
        clearTimeout(timer);
        this.#waits.delete(stop);
        listening.dispose();
        signal?.removeEventListener('abort', stop);
        resolve(found);
      };
      const stop = (): void => end(undefined);
      const timer = setTimeout(stop, milliseconds);
      const listening = this.onTold(({ state }) => {
        const found = read(state);
        if (found !== undefined) end(found);
      });
      this.#waits.add(stop);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  dispose(): void {
    this.#closed = true;
    for (const watch of this.#watching) watch.dispose();
    for (const stop of [...this.#waits]) stop();
    this.#listeners.clear();
  }

  async #drain(): Promise<void> {
    try {
      while (this.#queue.length > 0) {
        const waiting = this.#queue;
        this.#queue = [];
        await this.#settle(waiting);
      }
    } finally {
      // A listener that throws is its own defect, and seen; the desk goes on.
      this.#draining = false;
      if (this.#queue.length > 0) this.#begin();
    }
  }

  #begin(): void {
    this.#draining = true;
    setImmediate(() => void this.#drain());
  }

  async #settle(waiting: readonly Waiting[]): Promise<void> {
    const { draw } = await loadRules();
    const deadline = performance.now() + patience;
    for (;;) {
      const refused = this.#closed ? closedDesk : this.#broken;
      if (refused) return answerAll(waiting, refused);
      const receipt = (id: string): Receipt | undefined => this.#journal.receipt(id);
      const drawn = draw(this.#state, waiting, receipt, this.#clock, this.#workspace());
      if (drawn.rows.length === 0) {
        // A no holds only for what is on the disk: another window may have written since.
        const before = this.#state;
        const events = this.#catchUp();
        if (this.#state === before && !this.#broken) return answerEach(waiting, drawn.replies);
        if (events.length > 0) this.#tell(events, false);
        continue;
      }
      const outcome = this.#journal.append(this.#state.seq, drawn.rows, drawn.receipts);
      if (outcome.kind === 'kept') {
        this.#state = drawn.after;
        answerEach(waiting, drawn.replies);
        this.#tell(drawn.events, true);
        return;
      }
      if (outcome.kind === 'refused' && outcome.reason.code === 'unkeepable' && waiting.length > 1) {
        // One command that cannot be kept is no reason to refuse those it happened to wait with.
        for (const one of waiting) await this.#settle([one]);
        return;
      }
      if (outcome.kind === 'refused') return answerAll(waiting, unavailable(outcome.reason));
      if (performance.now() > deadline) return answerAll(waiting, busy);
      if (outcome.kind === 'moved') {
        const events = this.#catchUp();
        if (events.length > 0) this.#tell(events, false);
      } else {
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  #catchUp(): readonly Recorded[] {
    const events: Recorded[] = [];
    this.#replay((recorded) => events.push(recorded));
    return events;
  }

  /** A long history is gone through without being held. */
  #replay(heard: (recorded: Recorded) => void): void {
    const generation = this.#journal.generation();
    if (generation !== this.#generation) {
      this.#generation = generation;
      this.#state = initial;
      this.#broken = undefined;
    }
    try {
      for (const row of this.#journal.read(this.#state.seq)) {
        const recorded = fromRow(row);
        this.#state = evolve(this.#state, recorded);
        heard(recorded);
      }
    } catch (error) {
      this.#broken = refusal(
        'journal-unreadable',
        `The journal cannot be read any further. ${error instanceof Error ? error.message : ''}`,
        'Update Lockkeeper; if this is the newest version, keep the file and report it.',
      );
    }
  }

  #tell(events: readonly Recorded[], own: boolean): void {
    for (const listener of [...this.#listeners]) listener({ state: this.#state, events, own });
  }
}

function unavailable({ code, sentence, next }: Unavailable): Refusal {
  return refusal(code, sentence, next);
}

function answerEach(waiting: readonly Waiting[], replies: readonly Reply[]): void {
  waiting.forEach(({ answer }, index) => answer(replies[index] ?? { ok: false, refusal: busy }));
}

function answerAll(waiting: readonly Waiting[], why: Refusal): void {
  for (const { answer } of waiting) answer({ ok: false, refusal: why });
}

const busy = refusal('journal-busy', 'The journal is held by another process.', 'Try again in a moment.');
const closedDesk = refusal('desk-closed', 'The window is closing.', 'Try again when it is open.');
