import assert from 'node:assert/strict';
import { handoffOf, type Thing } from '../../../src/core/views/handoff.ts';
import type { State } from '../../../src/core/state.ts';
import { at, each } from '../../../src/core/table.ts';
import { of, type Invariant } from './ownershipInvariants.ts';

/** What stood open at some time since the orchestration was started, remembered turn by turn. */
const ever = new Set<Thing>();
let seen = -1;

function remember(state: State): void {
  for (const n of state.list) ever.add(`todo ${n}`);
  for (const n of state.asked) ever.add(`question ${n}`);
  for (const n of state.disputed) ever.add(`conflict ${n}`);
  for (const step of each(state.steps)) {
    const isOwn = step.orchestration === state.orchestration?.n;
    if (isOwn && step.releasedAt === undefined) ever.add(`step ${step.n}`);
    else ever.delete(`step ${step.n}`);
  }
  for (const n of state.late)
    for (const [index, item] of (at(state.results, n)?.lateItems ?? []).entries()) {
      if (item.standing !== 'added') ever.add(`late ${n}.${index + 1}`);
      else ever.delete(`late ${n}.${index + 1}`);
    }
}

/** P11: whatever was open at some time is in the handoff of its closing, a TODO once, and with a reason where it is not done. */
export const handedOff: Invariant = (turn) => {
  const { before, after } = turn;
  if (before.seq < seen || of(turn, 'orchestration-started').length > 0) ever.clear();
  seen = after.seq;
  remember(before);
  for (const event of turn.events) {
    if (event.type === 'todo-added') ever.add(`todo ${event.todo}`);
    if (event.type === 'asked') ever.add(`question ${event.question}`);
    if (event.type === 'conflict-opened') ever.add(`conflict ${event.conflict}`);
  }
  if (of(turn, 'orchestration-closed').length === 0) return remember(after);
  const handoff = handoffOf(after);
  assert.ok(handoff);
  const { completed, pending, dropped, decided } = handoff;
  const accounts = [...completed, ...pending, ...dropped, ...decided];
  const covered = accounts.flatMap(({ covers }) => [...covers]);
  for (const thing of ever) assert.ok(covered.includes(thing), `${thing} is absent`);
  for (const { words, reason } of [...pending, ...dropped, ...decided])
    assert.notEqual(reason.trim(), '', `${words} has no reason`);
  const done = completed.flatMap(({ covers }) => covers.filter((thing) => !isSplit(after, thing)));
  for (const thing of done)
    assert.ok(!pending.some(({ covers }) => covers.includes(thing)), `${thing} twice`);
  assert.ok(completed.every(({ evidence }) => evidence.length > 0));
};

/** One that was split, or went into one that was, is done in one of the parts, and pending in another. */
function isSplit(state: State, thing: Thing): boolean {
  const [kind, n] = thing.split(' ');
  let todo = kind === 'todo' ? at(state.todos, Number(n)) : undefined;
  while (todo?.state === 'merged') todo = at(state.todos, todo.mergedInto ?? 0);
  return todo?.state === 'split';
}
