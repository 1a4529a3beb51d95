import type { ActName } from '../contract/acts.ts';
import type { Event } from '../contract/events.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import type { Facts } from '../core/decision.ts';
import { kindOfError } from '../journal/connection.ts';
import type { Receipt } from '../journal/port.ts';
import { digestOf, type Command, type Reply } from './command.ts';
import { moved, type Sent } from './draw.ts';
import type { Ruling } from './ruling.ts';

/** What was done outside for an act that is not yet true. */
export interface Prepared {
  /** What only the edge can know of it, told to the rules with the act. */
  readonly facts?: Facts;
  /** Whether it fits what the act would be by now; without it, it does. */
  readonly fits?: (now: readonly Event[]) => boolean;
  /** The act is durable: what was done stands. */
  keep(): Promise<void>;
  /**
   * The act did not come about: all is put back as it was, or what could not be is told. Neither is called where nobody can tell, or the process
   * ends before; whoever comes next asks the journal what became of the command.
   */
  undo(): Promise<Refusal | undefined | void>;
}

/** The work outside that an act needs before it can be true. None of these functions rejects. */
export interface Preparation {
  /** Acts of one turn wait for each other; all others go on. */
  readonly turn: string;
  /** Waits until no other window is at it, and gives what ends that; undefined where it has waited too long. */
  readonly alone?: () => Promise<(() => void) | undefined>;
  /** What only the edge can see, for the rules to judge; a refusal is answered. */
  readonly measure?: (command: Command) => Promise<Facts | Refusal>;
  /** Does the work. `events` are what the act would be now; a refusal is answered, and nothing was kept. */
  readonly prepare: (command: Command, events: readonly Event[], facts: Facts) => Promise<Prepared | Refusal>;
}

export type Preparations = { readonly [A in ActName]?: Preparation };

/** What of the desk a preparation goes through. */
export interface Ways {
  receipt(command: string): Receipt | undefined;
  /** What the act would be on the newest state. */
  dry(command: Command, facts: Facts): Promise<Ruling>;
  queue(sent: Sent): Promise<Reply>;
  /** Whether a no of the journal is one: where a write itself failed, only its next opening can tell. */
  isCertain(): boolean;
}

const mostTries = 3;
const turns = new WeakMap<Ways, Map<string, Promise<unknown>>>();

/** An act with its work outside: measured, judged, prepared, judged again with what came of it, kept or undone. */
export function submitPrepared(command: Command, preparation: Preparation, ways: Ways): Promise<Reply> {
  const waiting = turns.get(ways) ?? new Map<string, Promise<unknown>>();
  turns.set(ways, waiting);
  const mine = (waiting.get(preparation.turn) ?? Promise.resolve()).then(() =>
    takeAlone(command, preparation, ways),
  );
  waiting.set(
    preparation.turn,
    mine.catch(() => undefined),
  );
  return mine.catch((error: unknown): Reply => ({
    ok: false,
    refusal:
      kindOfError(error) === 'full'
        ? refusal('disk-full', 'The disk is full.', 'Make room, then do it again.')
        : refusal(
            'defect',
            `Lockkeeper failed over “${command.act.type}”; nothing was changed. ${String(error)}`,
            'Report it; everything else goes on.',
          ),
  }));
}

const elsewhere = refusal(
  'under-way',
  'Another window of this folder is at such an act and has not come to an end.',
  'See what it waits for, then try again.',
);

/** What another window did meanwhile is known before the act is judged. */
async function takeAlone(command: Command, preparation: Preparation, ways: Ways): Promise<Reply> {
  if (!preparation.alone) return take(command, preparation, ways);
  const end = await preparation.alone();
  if (!end) return { ok: false, refusal: elsewhere };
  try {
    return await take(command, preparation, ways);
  } finally {
    end();
  }
}

async function take(command: Command, preparation: Preparation, ways: Ways): Promise<Reply> {
  const sent = { command, digest: digestOf(command) };
  if (ways.receipt(command.id)) return ways.queue(sent);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const facts = (await preparation.measure?.(command)) ?? {};
    if ('code' in facts) return { ok: false, refusal: facts };
    const { reply: would, events } = await ways.dry(command, facts);
    if (!would.ok) return ways.queue({ ...sent, facts });
    const done = await preparation.prepare(
      command,
      events.map(({ event }) => event),
      facts,
    );
    if ('code' in done) return { ok: false, refusal: done };
    const { fits } = done;
    const reply = await ways.queue({
      ...sent,
      facts: { ...facts, ...done.facts },
      ...(fits ? { fits } : {}),
    });
    if (reply.ok) {
      await done.keep();
      return reply;
    }
    if (!ways.isCertain()) return reply;
    const left = await done.undo();
    if (left) return { ok: false, refusal: withLeft(reply.refusal, left) };
    if (reply.refusal.code !== moved.code) return reply;
  }
  return { ok: false, refusal: moved };
}

function withLeft(why: Refusal, { sentence, next }: Refusal): Refusal {
  return { ...why, next: `${why.next} ${sentence} ${next}` };
}
