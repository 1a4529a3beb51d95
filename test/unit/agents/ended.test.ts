import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openHandover, type Handover } from '../../../src/agents/launch/handover.ts';
import { launchWorkers } from '../../../src/agents/launch/launching.ts';
import type { LaunchNeeds } from '../../../src/agents/launch/needs.ts';
import { at } from '../../../src/core/table.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { workerRows } from '../../../src/core/views/workerRows.ts';
import { endProcess } from '../../../src/running/ending.ts';
import { environment } from '../../../src/running/environment.ts';
import { until } from '../../rig/until.ts';
import { beginStep, openHouse, type House } from './house.ts';
import { atWorkBeside, Shells } from './shells.ts';

const launcher = fileURLToPath(new URL('../../../src/agents/launcher/main.ts', import.meta.url));

/** Says what it finds in its environment, and ends so. */
const ends = (said: string, code: number): string => `
  require('node:fs').writeFileSync(${JSON.stringify(said)}, JSON.stringify(process.env));
  process.exitCode = ${code};`;

/** What no worker has to do with; some of it begins or ends as what is passed on. */
const mine = ['SECRET_OF_MINE', 'PATH_OF_MINE', 'MY_HOME', 'VSCODE_IPC_HOOK_CLI'];

describe('a worker whose program ends by itself', function () {
  this.timeout(60_000);
  let house: House;
  let shells: Shells;
  let handover: Handover;
  let launching: { dispose(): void };
  let said: string;
  let needs: LaunchNeeds;

  beforeEach(async () => {
    for (const name of mine) process.env[name] = 'not passed on';
    process.env['LC_NUMERIC'] = 'C';
    house = await openHouse();
    said = join(house.folder, 'said');
    shells = new Shells(house.folder, environment());
    handover = await openHandover();
    needs = {
      desk: house.desk,
      clock: () => house.now,
      log: { info: () => undefined, warn: (why) => assert.fail(why) },
      terminals: shells,
      url: () => house.door.url,
      isServing: () => true,
      onServing: () => ({ dispose: () => undefined }),
      token: () => Promise.resolve('token'),
      lastContact: () => undefined,
      end: endProcess,
      handover: () => Promise.resolve(handover),
      atWork: atWorkBeside(house.folder),
      guard: 'none',
      ownFolder: 'none',
      stdio: 'none',
      program: () => ({ argv: [process.execPath, launcher], env: {} }),
    };
    launching = launchWorkers(needs);
  });
  afterEach(async () => {
    for (const name of [...mine, 'LC_NUMERIC']) delete process.env[name];
    launching.dispose();
    await shells.end();
    await handover.dispose();
    await house.close();
  });

  const dispatch = async (script: string): Promise<void> => {
    await house.act({
      type: 'add-worker',
      name: 'web',
      role: 'any',
      runs: { kind: 'command', argv: [process.execPath, '-e', script] },
      tokenHash: 'f'.repeat(64),
      expires: 9e12,
    });
    await house.act({ type: 'allow-unguarded', worker: 1 });
    await beginStep(house, ['Export the function total']);
    await house.act({ type: 'dispatch', worker: 1 });
  };
  const ended = (): boolean => at(house.desk.state.dispatches, 1)?.ended !== undefined;
  /** What a person reads of it, in the Inbox and in the row of the worker. */
  const told = (): readonly string[] => [
    ...inbox(house.desk.state).map(({ title, detail }) => `${title}, ${detail}`),
    ...workerRows(house.desk.state).map(({ standing }) => standing),
  ];

  for (const code of [3, 0])
    it(`P3: with ${code} and no result it is told, with its exit code, and its task is not done`, async () => {
      await dispatch(ends(said, code));
      await until(ended, Boolean);
      assert.deepEqual(told(), [
        `TODO 1 with web ended without a result, exit code ${code}`,
        'ended without a result',
      ]);
      assert.deepEqual(house.desk.state.live, [1]);
      assert.equal(house.desk.state.results.size, 0);
      assert.equal(shells.isOpen('web'), false);
    });

  it('P7: of the editor’s environment it finds the usual names, and nothing else', async () => {
    await dispatch(ends(said, 0));
    await until(() => ended() && existsSync(said), Boolean);
    const found = JSON.parse(readFileSync(said, 'utf8')) as Record<string, string>;
    assert.equal(found['PATH'], process.env['PATH']);
    assert.equal(found['LC_NUMERIC'], 'C');
    for (const name of mine) assert.equal(found[name], undefined, name);
    assert.deepEqual(
      Object.keys(found)
        .filter((name) => name.startsWith('LOCKKEEPER'))
        .sort(),
      ['AT_WORK', 'GUARD', 'STDIO', 'TOKEN', 'URL', 'WORKER'].map((name) => `LOCKKEEPER_${name}`),
    );
  });
});
