import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { copyProgram, guardCopyIn, hookCommand } from '../../src/agents/launch/guardCopy.ts';
import type { CallRow } from '../../src/contract/callRow.ts';
import { calls } from '../../src/contract/calls.ts';
import type { EventType } from '../../src/contract/events.ts';
import { buildGuard } from '../../.tools/build.mjs';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { resultFor } from '../unit/agents/clients.ts';
import { stands, tries } from '../unit/agents/tempting.ts';
import { openTeam, type Team } from '../unit/agents/walk/team.ts';
import { git } from '../unit/git/given.ts';
import { realAgents } from './agents.ts';
import { configure, plainEnvironment, startByHand } from './byHand.ts';
import { ScriptedModel, type Step } from './model/script.ts';
import { nobodyReachedOutside } from './outside.ts';

const rows: Readonly<Record<string, CallRow>> = calls;
/** What is brought about by none of them, however short a time it stood. */
const never: ReadonlySet<string> = new Set<EventType>([
  'orchestration-started',
  'orchestration-closed',
  'step-released',
  'worker-registered',
  'worker-removed',
  'unguarded-allowed',
  'token-renewed',
  'seat-lent',
  'seat-taken-back',
]);

interface Try {
  readonly step: Step;
  readonly what: string;
}

/** Codex leaves out what takes something away where it may not ask its person, who then says so. */
const mayAll: Readonly<Record<string, readonly string[]>> = {
  'claude-code': [],
  codex: ['-c', 'mcp_servers.lockkeeper.default_tools_approval_mode="approve"'],
};

for (const agent of realAgents.filter(({ id }) => id in mayAll))
  describe(`every tool, tried by a model in a hurry through ${agent.id}, really`, function () {
    this.timeout(300_000);
    let team: Team;
    /** The same house, in which a plain client makes the same calls: so it is known what each is answered. */
    let twin: Team;
    let home: string;
    let guard: string;
    let model: ScriptedModel;

    before(async () => {
      home = await temporaryFolder('home');
      guard = guardCopyIn(home);
      await buildGuard(join(home, 'built'));
      await copyProgram(join(home, 'built', 'guard.js'), guard);
    });
    after(async () => {
      await removeFolder(home);
      nobodyReachedOutside();
    });

    /** A result is in, its open item stands, and the next step is planned. */
    beforeEach(async () => {
      [team, twin] = [await openTeam(), await openTeam()];
      for (const one of [team, twin]) {
        await one.beginWork();
        await one.writer.done('submit_result', resultFor('1.1', ['The overflow is not tested']));
      }
      model = new ScriptedModel(agent.dialect);
      await model.open();
    });
    afterEach(async () => {
      await model.close();
      for (const one of [team, twin]) await one.close();
    });

    async function tryAll(seat: CallRow['seat'], look: (what: string) => void): Promise<void> {
      const { house, tokens } = team;
      const holder = seat === 'worker' ? 'writer' : 'lead';
      const named = Object.entries(rows).filter(([, row]) => row.seat === seat);
      const wanted: Try[] = named.flatMap(([call, row]) =>
        tries(row).map((input) => ({ step: { call, input }, what: `${call} ${JSON.stringify(input)}` })),
      );
      const file = join(house.folder, 'src', 'c.ts');
      const own: Try[] = [
        { step: { write: file, text: 'Charts.\n' }, what: 'its edit tool' },
        { step: { shell: `mkdir -p src && echo Charts > ${file}` }, what: 'its shell' },
      ];
      const all = [...wanted, ...own];
      /** What each call is answered, by the other house: how it begins in what a model hears. */
      const answers = new Map<number, Promise<readonly string[]>>();
      const elsewhere = async ({ step }: Try): Promise<readonly string[]> => {
        if (!('call' in step)) return [];
        const input = step.input as Record<string, unknown>;
        const { refused, text, data } = await twin[holder].call(step.call, input);
        const json = JSON.stringify(data).slice(0, 48);
        return refused ? [text.slice(0, 48), json] : [json];
      };
      const { seq } = house.desk.state;
      let flaw: unknown;
      let heard: readonly string[] = [];
      model.script = async (told) => {
        heard = told;
        const [before, next] = [all[told.length - 1], all[told.length]];
        try {
          if (before) look(before.what);
        } catch (error) {
          flaw ??= error;
        }
        if (!next || flaw !== undefined) return { say: 'Done.' };
        if (!answers.has(told.length)) answers.set(told.length, elsewhere(next));
        await answers.get(told.length);
        return next.step;
      };
      const facts = {
        url: house.door.url,
        hook: hookCommand(agent.id, { runtime: process.execPath, guard }),
      };
      git(house.folder, 'init', '-q');
      agent.settle(home, house.folder, model.url);
      configure(agent, 'connect', facts, { folder: house.folder, home, own: home });
      const said = await startByHand(agent, [...agent.byHand, ...(mayAll[agent.id] ?? [])], house.folder, {
        ...plainEnvironment(home),
        ...agent.environment(model.url, home),
        LOCKKEEPER_URL: house.door.url,
        LOCKKEEPER_TOKEN: tokens[holder],
      });
      if (flaw !== undefined) throw flaw as Error;
      assert.equal(heard.length, all.length, said);
      for (const [n, { what }] of wanted.entries()) {
        const begins = (await answers.get(n)) ?? [];
        assert.ok(
          begins.some((text) => heard[n]?.includes(text)),
          `${what}: ${heard[n]}: ${begins.join()}`,
        );
      }
      for (const told of heard.slice(wanted.length)) assert.match(told, /Lockkeeper: /, said);
      assert.ok(!existsSync(file));
      for (const { type, body } of house.journal.read(seq)) {
        const { todo, todos } = JSON.parse(body) as { todo?: number; todos?: readonly number[] };
        assert.ok(!never.has(type), `${type} ${body}`);
        if (type === 'dispatched') assert.ok(!todos?.includes(2), body);
        if (type === 'todo-dropped') assert.notEqual(todo, 3, body);
      }
    }

    it('T8: gets nowhere past an open item by any tool of the seat, nor by the agent’s own', async () => {
      const { desk } = team.house;
      const { seat } = desk.state;
      await tryAll('orchestrator', (what) => stands(desk.state, seat, what));
      assert.equal(desk.state.seat?.guard, 'calls');
    });

    it('T8: a worker moves nothing by any tool of its own', async () => {
      const { desk } = team.house;
      const { seat } = desk.state;
      const list = JSON.stringify(desk.state.list);
      await tryAll('worker', (what) => {
        stands(desk.state, seat, what);
        assert.equal(JSON.stringify(desk.state.list), list, what);
      });
    });
  });
