import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashToken, mintToken, tokenLifetime } from '../../../src/agents/credentials.ts';
import { countCall } from '../../../src/agents/guard/counting.ts';
import { openHandover, type Handover } from '../../../src/agents/launch/handover.ts';
import { launchWorkers } from '../../../src/agents/launch/launching.ts';
import { createPresence } from '../../../src/agents/presence.ts';
import { toolCallsIn, type ToolCalls } from '../../../src/agents/toolCalls.ts';
import type { Dispatch } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';
import { endProcess } from '../../../src/running/ending.ts';
import { wordsSuffice } from '../../rig/unchanged.ts';
import { until } from '../../rig/until.ts';
import { connect, type Agent } from './clients.ts';
import { beginStep, openHouse, packetFor, type House } from './house.ts';
import { atWorkBeside, Shells } from './shells.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../../src/agents/${name}`, import.meta.url));
const limit = 2;

/** An agent that reads once with its hook before it, and once with one that has no word to say. */
const agent = (said: string): string => `
  const { execFileSync } = require('node:child_process');
  for (const input of ['{"tool_name":"Read","tool_input":{}}', '{"tool_name":"Read","tool_input":{"file_path":"a"}}'])
    execFileSync(process.execPath, [${JSON.stringify(path('guard/main.ts'))}, 'claude-code'], { input });
  require('node:fs').writeFileSync(${JSON.stringify(said)}, '');
  setInterval(() => undefined, 1000);`;

describe('the calls of an agent’s tools', function () {
  this.timeout(120_000);
  let house: House;
  let shells: Shells;
  let handover: Handover;
  let launching: { dispose(): void };
  let toolCalls: ToolCalls;
  const token = 'A'.repeat(43);

  before(async () => {
    house = await openHouse({}, {}, { ...wordsSuffice, budgetMinutes: 60, budgetCalls: limit });
    shells = new Shells(house.folder);
    handover = await openHandover();
    toolCalls = toolCallsIn(join(house.folder, 'calls'));
    launching = launchWorkers({
      desk: house.desk,
      clock: () => house.now,
      log: { info: () => undefined, warn: (why) => assert.fail(why) },
      terminals: shells,
      url: () => house.door.url,
      isServing: () => true,
      onServing: () => ({ dispose: () => undefined }),
      token: () => Promise.resolve(token),
      lastContact: () => undefined,
      end: endProcess,
      handover: () => Promise.resolve(handover),
      atWork: atWorkBeside(house.folder),
      guard: 'none',
      ownFolder: join(house.folder, 'own'),
      stdio: 'none',
      toolCalls,
      program: () => ({ argv: [process.execPath, path('launcher/main.ts')], env: {} }),
    });
  });
  after(async () => {
    launching.dispose();
    await shells.end();
    await handover.dispose();
    await house.close();
  });

  const one = (): Dispatch => at(house.desk.state.dispatches, 1) ?? assert.fail();
  const sweep = (): Promise<void> =>
    createPresence({ desk: house.desk, clock: () => house.now, silentAfter: () => 9_000, toolCalls }).sweep();
  const said = (): readonly string[] =>
    house.journal
      .read(0)
      .map(({ type }) => type)
      .filter((type) => type.includes('budget'));

  it('P2: are counted by its hook, whatever the tool, and used up it is asked for its result; a rejection begins anew', async () => {
    const done = join(house.folder, 'done');
    await house.act({
      type: 'add-worker',
      name: 'web',
      role: 'any',
      runs: { kind: 'command', argv: [process.execPath, '-e', agent(done)], agent: 'some' },
      tokenHash: 'f'.repeat(64),
      expires: 9e12,
    });
    await house.act({ type: 'allow-unguarded', worker: 1 });
    await beginStep(house, ['Export the function total']);
    await house.act({ type: 'dispatch', worker: 1 });
    assert.equal(one().budget?.limit, limit);
    await sweep();
    assert.deepEqual(said(), []);
    let told = 0;
    const telling = toolCalls.onMore(() => (told += 1));
    await until(() => existsSync(done), Boolean);
    assert.equal(toolCalls.madeNow(one()), 2);
    assert.equal(told, 0, 'nobody has looked');
    // Whoever looks, and however late: the number is on the disk.
    await sweep();
    await sweep();
    assert.equal(told, 1);
    telling.dispose();
    assert.deepEqual(said(), ['budget-used-up']);
    assert.equal(one().budget?.up?.calls, 2);
    assert.equal(await toolCalls.made({ ...one(), results: [1] }), 0);
  });

  it('hold nothing up where they cannot be counted, and are not where there is no limit', () => {
    const { budget: _, ...free } = one();
    assert.deepEqual(toolCalls.entryOf(free), {});
    countCall(join('/dev/null', 'a folder'));
    countCall(undefined);
  });
});

describe('a budget that an agent in the seat gives', () => {
  let house: House;
  let lead: Agent;
  let worker: Agent;

  beforeEach(async () => {
    house = await openHouse({}, {}, { ...wordsSuffice, budgetMostMinutes: 30, budgetMostCalls: 40 });
    const token = mintToken();
    for (const [n, name] of ['web', 'api'].entries()) {
      await house.act({
        type: 'add-worker',
        name,
        role: 'any',
        runs: { kind: 'command', argv: ['agent'], agent: 'some' },
        tokenHash: hashToken(n === 0 ? token : mintToken()),
        expires: house.now + tokenLifetime,
      });
      await house.act({ type: 'allow-unguarded', worker: n + 1 });
    }
    await house.act({ type: 'start', objective: 'Sum', constraints: [], mode: 'orchestrator-first' });
    const tasks = [
      packetFor('Export the function total', 'src/a.ts'),
      packetFor('Add the file b', 'src/b.ts'),
    ];
    await house.act({ type: 'add-step', title: 'Totals', role: 'any', tasks });
    await house.act({ type: 'release' });
    lead = await connect(house.door.url, await house.lendSeat());
    worker = await connect(house.door.url, token);
  });
  afterEach(async () => {
    for (const agent of [lead, worker]) await agent.close();
    await house.close();
  });

  it('P2: is minutes and calls, no more than the user allows of either; the worker reads both', async () => {
    const send = { worker: 'web', budget_minutes: 30, budget_calls: 40 };
    assert.equal(await lead.refused('dispatch_todo', { ...send, budget_minutes: 31 }), 'over-most-time');
    assert.equal(await lead.refused('dispatch_todo', { ...send, budget_calls: 41 }), 'over-most-calls');
    assert.equal(await lead.refused('dispatch_todo', { worker: 'web', budget_calls: 4 }), 'no-minutes');
    await lead.done('dispatch_todo', send);
    const { minutes, limit } = at(house.desk.state.dispatches, 1)?.budget ?? {};
    assert.deepEqual([minutes, limit], [30, 40]);
    const { text } = await worker.call('get_task');
    assert.match(text, /BUDGET: 30 minutes of work, and 40 calls of your tools; /);
  });

  it('P2: side by side each has its own, within the same bounds; one that says none has what is set', async () => {
    const send = (more: object) => ({
      parts: [
        { todo: 1, worker: 'web', ...more },
        { todo: 2, worker: 'api' },
      ],
      reason: 'They touch no file of each other',
    });
    const [most, calls] = [{ budget_minutes: 30 }, { budget_calls: 40 }];
    const refused = (more: object): Promise<string> => lead.refused('dispatch_side_by_side', send(more));
    assert.equal(await refused({ budget_minutes: 31 }), 'over-most-time');
    assert.equal(await refused({ ...most, budget_calls: 41 }), 'over-most-calls');
    assert.equal(await refused(calls), 'no-minutes');
    await lead.done('dispatch_side_by_side', send({ ...most, ...calls }));
    const [web, api] = [1, 2].map((n) => at(house.desk.state.dispatches, n));
    assert.deepEqual([web?.budget?.minutes, web?.budget?.limit, api?.budget], [30, 40, undefined]);
    assert.match(
      (await worker.call('get_task')).text,
      /BUDGET: 30 minutes of work, and 40 calls of your tools; /,
    );
  });
});
