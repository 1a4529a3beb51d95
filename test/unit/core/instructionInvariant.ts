import assert from 'node:assert/strict';
import type { EventType } from '../../../src/contract/events.ts';
import { at } from '../../../src/core/table.ts';
import { of, type Invariant } from './ownershipInvariants.ts';

/** What may come of an act while the user's word stands: it takes work away, or receives what comes in. */
const mayCome: ReadonlySet<EventType> = new Set<EventType>([
  'instructed',
  'carried-on',
  'withdrawn',
  'result-withdrawn',
  'todo-dropped',
  'worker-removed',
  'seat-taken-back',
  'command-revoked',
  'progressed',
  'asked',
  'question-returned',
  'question-revised',
  'question-moot',
  'answer-heard',
  'resulted',
  'proposed',
  'try-refused',
]);

/** T2: nothing goes out, in or on while the user's word stands, but what ends it or makes less of it. */
export const nothingGoesOn: Invariant = ({ before, events, command }) => {
  const [first] = before.instructed;
  if (first === undefined || command.actor.seat === 'keeper') return;
  const { act } = command;
  if (act.type === 'replan' && act.quotes) return;
  for (const { type, ...event } of events) {
    // What a result leaves open is received with it; and who speaks of a task has read it.
    if (type === 'todo-added' && act.type === 'submit') continue;
    if (type === 'acknowledged' && ['ask', 'progress', 'submit'].includes(act.type)) continue;
    assert.ok(
      mayCome.has(type),
      `${type} ${JSON.stringify(event)} of ${act.type}, instruction ${first} stands`,
    );
  }
};

/** T2: they end in order, by the user's word or by a replan that quotes one and names what becomes of all that is live. */
export const endsInOrder: Invariant = (turn) => {
  const { before, after, command } = turn;
  const over = before.instructed.filter((n) => !after.instructed.includes(n));
  if (over.length === 0) return;
  if (of(turn, 'orchestration-closed').length > 0) assert.fail('closed with an instruction that stands');
  assert.deepEqual(over, before.instructed.slice(0, 1));
  const { act, actor } = command;
  if (act.type === 'carry-on') assert.equal(actor.seat, 'user');
  else {
    assert.equal(act.type, 'replan');
    if (act.type !== 'replan') return;
    assert.equal(act.quotes?.words, at(before.instructions, over[0] ?? 0)?.words);
    const named = new Set(act.live.map(({ todo }) => todo));
    const live = before.live.flatMap((n) => at(before.dispatches, n)?.todos ?? []);
    assert.ok(
      live.every((todo) => named.has(todo)),
      'what becomes of live work is not said',
    );
  }
};
