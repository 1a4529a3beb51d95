import type { Event, Recorded } from '../contract/events.ts';
import { refusal } from '../contract/refusal.ts';
import type { Facts } from '../core/decision.ts';
import type { State } from '../core/state.ts';
import type { Workspace } from '../core/workspace.ts';
import type { NewRow, Receipt } from '../journal/port.ts';
import type { Command, Reply } from './command.ts';
import { ruleOn } from './ruling.ts';

/** A command that waits, with the digest that tells it from another one under the same id. */
export interface Sent {
  readonly command: Command;
  readonly digest: string;
  /** What its preparation found. */
  readonly facts?: Facts;
  /** Whether what was prepared outside is for what the act would now be; where it is not, nothing happens. */
  readonly fits?: (events: readonly Event[]) => boolean;
}

/** What goes into the journal as one transaction, the state after it, and a reply for each command. */
export interface Drawn {
  readonly after: State;
  readonly rows: readonly NewRow[];
  readonly events: readonly Recorded[];
  readonly receipts: readonly Receipt[];
  readonly replies: readonly Reply[];
}

/**
 * Decides each command on the state that the ones before it leave, without touching anything. A command whose
 * receipt is kept, or which waits here twice, gets its first answer again and no events.
 */
export function draw(
  state: State,
  waiting: readonly Sent[],
  kept: (command: string) => Receipt | undefined,
  clock: () => number,
  workspace?: Workspace,
): Drawn {
  let after = state;
  const rows: NewRow[] = [];
  const events: Recorded[] = [];
  const receipts = new Map<string, Receipt>();
  const replies: Reply[] = [];
  for (const { command, digest, facts, fits } of waiting) {
    const earlier = receipts.get(command.id) ?? kept(command.id);
    if (earlier) {
      replies.push(earlier.digest === digest ? (JSON.parse(earlier.answer) as Reply) : reused);
      continue;
    }
    const one = ruleOn(after, command, clock(), workspace, facts);
    if (one.reply.ok && fits && !fits(one.events.map(({ event }) => event))) {
      replies.push({ ok: false, refusal: moved });
      continue;
    }
    replies.push(one.reply);
    if (one.events.length === 0) continue;
    after = one.after;
    events.push(...one.events);
    rows.push(...one.rows);
    receipts.set(command.id, { command: command.id, digest, answer: JSON.stringify(one.reply) });
  }
  return { after, rows, events, receipts: [...receipts.values()], replies };
}

/** The answer where the act would have become another than the one that was prepared. */
export const moved = refusal(
  'moved-meanwhile',
  'While this was prepared the list changed under it, again and again.',
  'Try again in a moment.',
);

const reused: Reply = {
  ok: false,
  refusal: refusal(
    'command-reused',
    'This command id was used for something else.',
    'Use a new id for a new command; what the first one did stands.',
  ),
};
