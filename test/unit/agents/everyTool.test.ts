import assert from 'node:assert/strict';
import type { CallRow } from '../../../src/contract/callRow.ts';
import { calls } from '../../../src/contract/calls.ts';
import type { EventType } from '../../../src/contract/events.ts';
import type { State } from '../../../src/core/state.ts';
import { each } from '../../../src/core/table.ts';
import { resultFor, type Agent } from './clients.ts';
import { stands, tries } from './tempting.ts';
import { openTeam, type Team } from './walk/team.ts';

const rows: Readonly<Record<string, CallRow>> = calls;

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
    const { desk } = team.house;
    const { seat } = desk.state;
    const look = (said: string): void => stands(desk.state, seat, said);
    const taken = await tryAll(team.lead, 'orchestrator', look);
    assert.ok(taken > 20, `${taken} were taken`);
    // Once more, on what came of the first time.
    await tryAll(team.lead, 'orchestrator', look);
  });

  it('T3: a worker moves nothing by any of its own, and each says of itself what it does', async () => {
    const { desk } = team.house;
    const { seat } = desk.state;
    const list = JSON.stringify(desk.state.list);
    await tryAll(team.writer, 'worker', (said) => {
      stands(desk.state, seat, said);
      assert.equal(JSON.stringify(desk.state.list), list, said);
    });
  });
});
