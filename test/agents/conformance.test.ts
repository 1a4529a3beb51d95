import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beginStep, openHouse, type House } from '../unit/agents/house.ts';
import { judge, withToken, type Found } from './conformance/judging.ts';
import { notPassed, reasonFor } from './conformance/notPassed.ts';

const older = '2025-11-25';
const newer = '2026-07-28';

/** Both releases of the suite, and the wire of each revision that the newer one can speak. */
const runs = [
  { release: 'conformance-2025', more: [], wire: older },
  { release: 'conformance-2026', more: ['--spec-version', older], wire: older },
  { release: 'conformance-2026', more: ['--spec-version', newer], wire: newer },
] as const;

/** What a server of tools, resources and prompts passes at each. */
const passes: Readonly<Record<string, readonly string[]>> = {
  [older]: [
    'dns-rebinding-protection',
    'ping',
    'prompts-list',
    'resources-list',
    'server-initialize',
    'tools-list',
  ],
  [newer]: [
    'caching',
    'dns-rebinding-protection',
    'http-header-validation',
    'input-required-result-unsupported-methods',
    'input-required-result-validate-input',
    'prompts-list',
    'resources-list',
    'sep-2164-resource-not-found',
    'server-sse-multiple-streams',
    'tools-list',
  ],
};

describe('MCP conformance: the suite of the protocol itself against the endpoint', () => {
  const tokens = { worker: '', orchestrator: '' };
  /** Scenarios that some run had. */
  const met = new Set<string>();
  let house: House;

  before(async () => {
    house = await openHouse();
    tokens.worker = (await house.addWorker('Writer')).token;
    tokens.orchestrator = await house.lendSeat();
    await beginStep(house, ['Export the function total']);
    await house.act({ type: 'dispatch', worker: 1 });
  });
  after(() => house.close());

  /** The list speaks of a scenario at one revision where both have it and it ends otherwise. */
  const listed = (scenario: string, wire: string): string => {
    const there = `${scenario} (${wire})`;
    return there in notPassed ? there : scenario;
  };
  const expected = (scenario: string, wire: string): readonly string[] => {
    const name = listed(scenario, wire);
    met.add(name);
    const { checks = [scenario] } = notPassed[name] ?? { checks: [] };
    return [...checks].sort();
  };

  for (const { release, more, wire } of runs)
    for (const seat of ['worker', 'orchestrator'] as const)
      it(`${release} at ${wire} as ${seat}: passes all but what is listed, each with its reason`, async () => {
        const before = house.desk.state.seq;
        const proxy = await withToken(house.door.port, tokens[seat]);
        const into = join(house.folder, `${release}-${wire}-${seat}`);
        await mkdir(into);
        let found: Found;
        try {
          found = await judge({ release, more }, proxy.url, into);
        } finally {
          proxy.close();
        }
        for (const [scenario, { failed }] of found) {
          const why = `${scenario}: ${reasonFor(listed(scenario, wire))}`;
          assert.deepEqual(failed, expected(scenario, wire), why);
        }
        const passed = [...found].filter(([name]) => !(listed(name, wire) in notPassed));
        assert.deepEqual(passed.map(([name]) => name).sort(), passes[wire]);
        for (const [name, { passed: checks }] of passed)
          assert.ok(checks.length > 0, `${name} checks nothing`);
        assert.deepEqual(house.desk.state.seq, before, 'and none of it changed anything');
      });

  it('lists nothing that neither release has', () => {
    assert.deepEqual(
      Object.keys(notPassed).filter((name) => !met.has(name)),
      [],
    );
  });
});
