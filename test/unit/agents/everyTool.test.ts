import assert from 'node:assert/strict';
import type * as z from 'zod';
import type { CallRow } from '../../../src/contract/callRow.ts';
import { calls } from '../../../src/contract/calls.ts';
import type { EventType } from '../../../src/contract/events.ts';
import type { State } from '../../../src/core/state.ts';
import { at, each } from '../../../src/core/table.ts';
import { wirePacketFor } from './house.ts';
import { later, openTeam, type Team } from './walk/team.ts';
import { resultFor, type Agent } from './clients.ts';

const reason = 'It is informational, the plan goes on';
const rows: Readonly<Record<string, CallRow>> = calls;

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

/** What takes something away, ends it, or writes over it. */
const destroys: ReadonlySet<EventType> = new Set<EventType>([
  'todo-dropped',
  'todo-merged',
  'todo-split',
  'todo-edited',
  'withdrawn',
  'approval-undone',
  'orchestration-closed',
  'lock-released',
  'lock-handed-over',
  'replanned',
]);

/** Every tool's arguments: the needed ones, then each other one besides. */
function tries(row: CallRow): readonly Record<string, unknown>[] {
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

/** All that the rules know, but for how often they were asked. */
function known(state: State): unknown {
  const { list, live, plan, late, planAffected, held, disputed, requested, steps, todos } = state;
  const { dispatches, questions, results, proposals, locks, conflicts, requests, replans } = state;
  const tables = [
    steps,
    todos,
    dispatches,
    questions,
    results,
    proposals,
    locks,
    conflicts,
    requests,
    replans,
  ];
  const numbers = [list, live, plan, late, planAffected, held, disputed, requested];
  return [numbers, tables.map((table) => [...each<unknown>(table)])];
}

describe('every tool, tried by a model in a hurry', () => {
  let team: Team;
  const events = (from: number): readonly EventType[] =>
    team.house.journal.read(from).map(({ type }) => type as EventType);

  /** A result is in, its open item stands, and the next step is planned. */
  beforeEach(async () => {
    team = await openTeam();
    await team.beginWork();
    await team.writer.done('submit_result', resultFor('1.1', ['The overflow is not tested']));
  });
  afterEach(() => team.close());

  /** The plan has not gone on, the item is not away, and nobody's rights are others. */
  function stands(name: string, seat: unknown): void {
    const { state } = team.house.desk;
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
    assert.deepEqual([state.workers.size, state.seat, state.allowed], [2, seat, []], name);
    for (const { unguardedAllowed } of each(state.workers)) assert.equal(unguardedAllowed, undefined, name);
  }

  async function tryAll(agent: Agent, seat: CallRow['seat'], look: (name: string) => void): Promise<number> {
    const { desk } = team.house;
    let taken = 0;
    for (const [name, row] of Object.entries(rows))
      for (const input of row.seat === seat ? tries(row) : []) {
        const { readOnlyHint, destructiveHint, idempotentHint } = row.hints;
        const before = desk.state.seq;
        const told = await agent.call(name, input);
        const said = `${name} ${JSON.stringify(input)}: ${told.text.slice(0, 200)}`;
        if (told.refused) assert.match(told.text, /^REFUSED [a-z-]+: .+ NEXT: .+/s, said);
        if (readOnlyHint) assert.equal(desk.state.seq, before, `${said} wrote`);
        const came = events(before);
        if (!destructiveHint)
          assert.deepEqual(
            came.filter((type) => destroys.has(type)),
            [],
            said,
          );
        if (!told.refused) taken += 1;
        look(said);
        const after = desk.state.seq;
        if (!told.refused && idempotentHint) {
          const once = known(desk.state);
          await agent.call(name, input);
          assert.deepEqual(known(desk.state), once, `${said} again: ${events(after).join()}`);
        }
      }
    return taken;
  }

  it('T8: gets nowhere past an open item by any of them, and each says of itself what it does', async () => {
    const { seat } = team.house.desk.state;
    const taken = await tryAll(team.lead, 'orchestrator', (said) => stands(said, seat));
    assert.ok(taken > 20, `${taken} were taken`);
    // Once more, on what came of the first time.
    await tryAll(team.lead, 'orchestrator', (said) => stands(said, seat));
  });

  it('T3: a worker moves nothing by any of its own, and each says of itself what it does', async () => {
    const { seat } = team.house.desk.state;
    const list = JSON.stringify(team.house.desk.state.list);
    await tryAll(team.writer, 'worker', (said) => {
      stands(said, seat);
      assert.equal(JSON.stringify(team.house.desk.state.list), list, said);
    });
  });
});
