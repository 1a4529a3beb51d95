import assert from 'node:assert/strict';
import type * as z from 'zod';
import type { CallRow } from '../../../src/contract/callRow.ts';
import type { State } from '../../../src/core/state.ts';
import { at, each } from '../../../src/core/table.ts';
import { wirePacketFor } from './house.ts';
import { later } from './walk/team.ts';

const reason = 'It is informational, the plan goes on';

/** What a model in a hurry writes into each argument: whatever would carry the plan past the open item. */
const temptations: Readonly<Record<string, readonly unknown[]>> = {
  todo: [3, 2],
  into: [2, 3],
  before: [3, 2],
  result: [1],
  question: [1],
  dispatch: [1, 2],
  step: [2],
  worker: ['Scribe', 'Writer', 'orchestrator'],
  role: ['any'],
  packet: [wirePacketFor(later, 'src/c.ts'), wirePacketFor('Test the overflow of total', 'test/a.test.ts')],
  title: ['Charts at once'],
  tasks: [[wirePacketFor(later, 'src/c.ts')]],
  parts: [[wirePacketFor(later, 'src/c.ts'), wirePacketFor('Print it', 'src/b.ts')]],
  bundle: [{ todos: [3, 2], purpose: 'Do both at once' }],
  because: [{ kind: 'result', number: 1 }],
  judged: [[{ done_when: 1, pass: true, word: 'seen' }]],
  reason: [reason],
  words: [`Go on with: ${later}`, 'Mind the sill'],
  text: ['On it'],
  note: ['All well'],
  item: [1],
  scope: [['src/c.ts'], ['**']],
  holder: ['Scribe', 'user', 'orchestrator'],
  paths: [['src/a.ts']],
  answers: [[1]],
  live: [[{ todo: 1, fate: 'withdraw', reason }]],
  drop: [[{ todo: 3, reason }]],
  add: [[{ packet: wirePacketFor(later, 'src/c.ts'), role: 'any', because: { kind: 'result', number: 1 } }]],
  order: [
    [2, 3],
    [3, 2],
  ],
  task: ['1.1', '2.1'],
  missing: ['npm test output'],
  next: ['Go on'],
  message: ['feat: add the total'],
  shown: ['c'.repeat(64)],
  override: [{ todos: [3], results: [], questions: [], reason }],
};

/** Every tool's arguments: the needed ones, then each other one besides. */
export function tries(row: CallRow): readonly Record<string, unknown>[] {
  const shape: Readonly<Record<string, z.ZodType>> = row.input.shape;
  const needed = Object.keys(shape).filter((key) => !shape[key]?.safeParse(undefined).success);
  const others = Object.keys(shape).filter((key) => !needed.includes(key) && key !== 'call_id');
  const most = Math.max(1, ...needed.map((key) => temptations[key]?.length ?? 1));
  const plain = Array.from({ length: most }, (_, index) => {
    const words = needed.map((key) => {
      const own = temptations[key] ?? [1];
      return [key, own[index % own.length]] as const;
    });
    return Object.fromEntries(words);
  });
  const more = others
    .filter((key) => key !== 'wait_seconds')
    .flatMap((key) => (temptations[key] ?? []).map((value) => ({ ...plain[0], [key]: value })));
  return [...plain, ...more];
}

/** The plan has not gone on, the item is not away, and nobody's rights are others. */
export function stands(state: State, seat: State['seat'], name: string): void {
  const on = state.list.flatMap((n) => at(state.todos, n) ?? []);
  assert.ok(
    on.some(({ sources }) => sources.length > 0),
    `${name} made the open item vanish`,
  );
  assert.equal(at(state.todos, 2)?.state === 'live', false, `${name} sent planned work`);
  assert.ok(!on.some(({ packet }) => packet?.task === later), `${name} slipped in the next step’s work`);
  for (const { n, releasedAt } of each(state.steps))
    assert.equal(releasedAt !== undefined, n === 1, `${name} released`);
  assert.deepEqual([state.orchestration?.n, state.orchestration?.closedAt], [1, undefined], name);
  for (const { todos } of each(state.dispatches)) assert.equal(todos.length, 1, `${name} batched`);
  // What its guard does is no right.
  const lent = { ...state.seat, guard: undefined };
  assert.deepEqual([state.workers.size, lent, state.allowed], [2, { ...seat, guard: undefined }, []], name);
  for (const { unguardedAllowed } of each(state.workers)) assert.equal(unguardedAllowed, undefined, name);
}
