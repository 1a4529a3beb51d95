import assert from 'node:assert/strict';
import { acts, type Act } from '../../../src/contract/acts.ts';
import type { Event, Recorded } from '../../../src/contract/events.ts';
import { evolve } from '../../../src/core/evolution.ts';
import { useForms } from '../../../src/core/forms.ts';
import { readers } from '../../../src/core/readers.ts';
import type { State } from '../../../src/core/state.ts';
import { digestOf, type Command, type Reply } from '../../../src/desk/command.ts';
import { draw, type Drawn, type Sent } from '../../../src/desk/draw.ts';
import { fromRow } from '../../../src/desk/record.ts';
import type { NewRow, Receipt } from '../../../src/journal/port.ts';
import { checkPacket, purposesOf } from '../../explore/remembered.ts';
import { unchanged, wordsSuffice } from '../../rig/unchanged.ts';
import { twoSteps } from './given.ts';
import { tryFor } from './randomActs.ts';
import type { Throw } from './thrown.ts';

/** One act and what it came to at the desk. */
export interface Turn {
  readonly before: State;
  readonly after: State;
  readonly command: Command;
  readonly events: readonly Event[];
  readonly reply: Reply;
}

/** A whole play: what the journal would hold, and where that leads. */
export interface Play {
  readonly begun: State;
  readonly ended: State;
  readonly rows: readonly NewRow[];
}

// The same few packets come again in thousands of histories.
useForms({ ...readers, checkPacket, purposesOf });

/** A setting that a person turns on and off. */
const usersFirst = { ...wordsSuffice, usersFirst: true };

const begun = twoSteps('Add the first sluice', 'Add the other sluice', 'Add the third sluice').state;
freeze(begun);

/** Any change in place to a state that somebody may still hold throws. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}

/**
 * Plays throws through the desk's own rulings, with receipts but without a disk, and lets `look` see each turn.
 * Some commands come twice at one moment, and some that were answered come again later.
 */
export function play(steps: readonly Throw[], look: (turn: Turn) => void): Play {
  let state = begun;
  const rows: NewRow[] = [];
  const receipts = new Map<string, Receipt>();
  const sent: Sent[] = [];
  const kept = (id: string): Receipt | undefined => receipts.get(id);
  const drawn = (...waiting: readonly Sent[]): Drawn =>
    draw(state, waiting, kept, () => 1_000 + state.seq, state.seq % 2 === 0 ? usersFirst : wordsSuffice);
  for (const [index, thrown] of steps.entries()) {
    const [actor, { type, ...rest }] = tryFor(state, thrown);
    const act = { type, ...acts[type].parse(rest) } as Act;
    const command: Command = { id: `command ${index}`, actor, act };
    // What git would say of taking an approval back, and of how a change merges.
    const revert =
      (type === 'undo-approval' || type === 'fire-rollback') && thrown.b % 3 > 0
        ? { revert: 'clean' as const }
        : {};
    const merge = thrown.b % 9 === 0 ? ({ kind: 'conflicts', files: ['src/gate.js'] } as const) : undefined;
    const facts = { ...revert, ...unchanged(state, act, merge) };
    const one: Sent = { command, digest: digestOf(command), facts };
    const is = thrown.b % 4 === 0 ? drawn(one, one) : drawn(one);
    const [reply, second = reply] = is.replies;
    assert.ok(reply);
    assert.deepEqual(second, reply, 'double effect: sent twice, answered in two ways');
    const before = state;
    state = is.after;
    freeze(state);
    rows.push(...is.rows);
    for (const receipt of is.receipts) receipts.set(receipt.command, receipt);
    if (is.receipts.length > 0) sent.push(one);
    look({ before, after: state, command, events: is.events.map(({ event }) => event), reply });
    const again = thrown.c % 5 === 0 ? sent[thrown.a % Math.max(sent.length, 1)] : undefined;
    if (again) repeats(state, again, receipts.get(again.command.id), drawn);
  }
  return { begun, ended: state, rows };
}

/** The same command again gets the first answer, another one under its id is refused, and nothing happens. */
function repeats(
  state: State,
  first: Sent,
  receipt: Receipt | undefined,
  drawn: (...waiting: readonly Sent[]) => Drawn,
): void {
  const other: Command = { ...first.command, act: { type: 'take-seat-back', reason: 'Another act' } };
  const { after, rows, replies } = drawn(first, { command: other, digest: digestOf(other) });
  assert.deepEqual([after === state, rows.length], [true, 0], 'double effect: it happened again');
  assert.deepEqual(replies[0], JSON.parse(receipt?.answer ?? ''), 'double effect: another answer');
  const [, reused] = replies;
  assert.equal(reused?.ok === false && reused.refusal.code, 'command-reused', 'double effect: two in one id');
}

/** What a restart makes of the rows. */
export function reread({ begun: from, rows }: Play): State {
  return rows
    .map((row, index): Recorded => fromRow({ ...row, seq: from.seq + 1 + index, hash: '' }))
    .reduce(evolve, from);
}
