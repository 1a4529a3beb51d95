import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mock } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openHandover, type Handover } from '../../../src/agents/launch/handover.ts';
import { launchWorkers } from '../../../src/agents/launch/launching.ts';
import type { LaunchNeeds } from '../../../src/agents/launch/needs.ts';
import { at } from '../../../src/core/table.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { workerRows } from '../../../src/core/views/workerRows.ts';
import { lifeOfWritten, writtenMark } from '../../../src/journal/liveness.ts';
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
  let place: () => Promise<undefined>;

  beforeEach(async () => {
    for (const name of mine) process.env[name] = 'not passed on';
    process.env['LC_NUMERIC'] = 'C';
    house = await openHouse();
    said = join(house.folder, 'said');
    place = () => Promise.resolve(undefined);
    shells = new Shells(house.folder, environment(), true);
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
      place: () => place(),
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

  const dispatch = async (script: string, argv = [process.execPath, '-e', script]): Promise<void> => {
    await house.act({
      type: 'add-worker',
      name: 'web',
      role: 'any',
      runs: { kind: 'command', argv },
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

  it('P2: a worker that the editor’s own agents are is not started, and is not held to have ended after a start', async () => {
    launching.dispose();
    let isEditors = true;
    const other = { ...needs, terminals: new Shells(house.folder), isEditors: () => isEditors };
    launching = launchWorkers(other);
    await dispatch(ends(said, 3));
    await house.act({ type: 'acknowledge', dispatch: 1, epoch: 1 }, { seat: 'worker', worker: 1 });
    const looks = async (before: string): Promise<boolean> => {
      mock.timers.enable({ apis: ['setTimeout'] });
      const started = launchWorkers(other);
      mock.timers.tick(10_000);
      mock.timers.reset();
      // Whatever that look asked of the desk comes before this.
      await house.addWorker(before);
      started.dispose();
      return ended();
    };
    assert.equal(await looks('builder'), false);
    assert.equal(other.terminals.opened, 0);
    isEditors = false;
    assert.equal(await looks('helper'), true, 'whoever is started and gone is');
  });

  describe('and whose terminal stays', () => {
    beforeEach(() => void (shells.stays = true));

    const isShown = (): Promise<unknown> =>
      until(() => shells.said.includes('Press Enter to close.'), Boolean);
    const isClosed = (): Promise<unknown> =>
      until(
        () => shells.isOpen('web'),
        (isOpen) => !isOpen,
      );
    /** The first time it ends with 3, then with 4. */
    const twice = `process.exitCode = require('node:fs').existsSync(SAID) ? 4 : 3;
      require('node:fs').writeFileSync(SAID, '{}');`;
    const code = (): number | null | undefined => at(house.desk.state.dispatches, 1)?.ended?.exitCode;

    it('P3: its end is told at once, while the terminal waits to be read until Enter is pressed', async () => {
      await dispatch(ends(said, 3));
      await until(ended, Boolean);
      await isShown();
      assert.match(shells.said, /^The worker ended with 3\. Press Enter to close\.$/m);
      assert.ok(shells.isOpen('web'));
      assert.equal(needs.atWork.isRunning(1), false);
      assert.equal(code(), 3);
      shells.enter('web');
      await isClosed();
      assert.equal(code(), 3);
      assert.equal(needs.atWork.processOf(1), undefined);
    });

    it('P3: one that cannot be started is told so too, and can be read', async () => {
      await dispatch('', [join(house.folder, 'nowhere')]);
      await until(ended, Boolean);
      await isShown();
      assert.match(shells.said, /cannot be started: .*ENOENT/);
      assert.equal(code(), 1);
    });

    it('P10: one that is asked to end does not wait', async () => {
      await dispatch(
        `require('node:fs').writeFileSync(${JSON.stringify(said)}, '{}'); setInterval(() => 0, 1000)`,
      );
      await until(() => existsSync(said), Boolean);
      await house.act({ type: 'instruct', words: 'Stop.', stop: true });
      await until(ended, Boolean);
      await isClosed();
      assert.equal(code(), null);
      assert.doesNotMatch(shells.said, /Press Enter/);
    });

    it('T2: Stop ends one that waits, and what its program left behind', async () => {
      const sleep = 'setInterval(() => 0, 1000)';
      await dispatch(`
        const { spawn } = require('node:child_process');
        const helper = spawn(process.execPath, ['-e', '${sleep}'], { detached: true, stdio: 'ignore' });
        helper.unref();
        require('node:fs').writeFileSync(${JSON.stringify(said)}, String(helper.pid));`);
      await until(ended, Boolean);
      await isShown();
      const [launched, helper] = [needs.atWork.processOf(1)?.pid ?? 0, Number(readFileSync(said, 'utf8'))];
      const marks = [launched, helper].map(writtenMark);
      const alive = (): number => marks.filter((mark) => lifeOfWritten(mark) === 'alive').length;
      assert.equal(alive(), 2);
      await house.act({ type: 'instruct', words: 'Stop.', stop: true });
      await until(alive, (count) => count === 0);
      await isClosed();
      assert.equal(code(), 0);
    });

    it('P3: who is started again has a terminal of its own, and its end is told as the first was', async () => {
      await dispatch(twice.replaceAll('SAID', JSON.stringify(said)));
      await until(code, (found) => found === 3);
      await isShown();
      const first = writtenMark(needs.atWork.processOf(1)?.pid ?? 0);
      shells.said = '';
      await house.act({ type: 'relaunch', dispatch: 1 });
      await until(code, (found) => found === 4);
      await isShown();
      assert.equal(lifeOfWritten(first), 'dead');
      assert.equal(shells.opened, 2);
      assert.ok(shells.isOpen('web'));
    });

    it('P3: who is started again from another window closes the terminal that waits in this one', async () => {
      await dispatch(twice.replaceAll('SAID', JSON.stringify(said)));
      await until(code, (found) => found === 3);
      await isShown();
      launching.dispose();
      const elsewhere = new Shells(house.folder, environment(), true);
      elsewhere.stays = true;
      launching = launchWorkers({ ...needs, terminals: elsewhere });
      try {
        await house.act({ type: 'relaunch', dispatch: 1 });
        await until(code, (found) => found === 4);
        assert.ok(elsewhere.isOpen('web'));
        await isClosed();
      } finally {
        await elsewhere.end();
      }
    });

    it('P3: a terminal that is closed while its worker is being started again says nothing of the new start', async () => {
      await dispatch(twice.replaceAll('SAID', JSON.stringify(said)));
      await until(code, (found) => found === 3);
      await isShown();
      let go = (): void => undefined;
      place = () => new Promise((resolve) => (go = () => resolve(undefined)));
      await house.act({ type: 'relaunch', dispatch: 1 });
      shells.enter('web');
      await isClosed();
      assert.equal(ended(), false);
      go();
      await until(code, (found) => found === 4);
    });

    it('T2: Stop while its worker is being started again ends the terminal that waits, and not the new start', async () => {
      await dispatch(twice.replaceAll('SAID', JSON.stringify(said)));
      await until(code, (found) => found === 3);
      await isShown();
      let go = (): void => undefined;
      place = () => new Promise((resolve) => (go = () => resolve(undefined)));
      await house.act({ type: 'relaunch', dispatch: 1 });
      await house.act({ type: 'instruct', words: 'Stop.', stop: true });
      await isClosed();
      go();
      place = () => Promise.resolve(undefined);
      await house.act({ type: 'carry-on', instruction: 1 });
      await until(code, (found) => found === 4);
    });

    it('P3: an end that nobody heard is told when the terminal closes, with the program’s own code', async () => {
      // What is made anew under the old name is not what is watched.
      rmSync(join(house.folder, 'at-work'), { recursive: true });
      await dispatch(ends(said, 3));
      await isShown();
      assert.equal(ended(), false);
      shells.enter('web');
      await until(code, (found) => found === 3);
    });

    it('P3: where an end cannot be heard no terminal stays', async () => {
      launching.dispose();
      rmSync(join(house.folder, 'at-work'), { recursive: true });
      writeFileSync(join(house.folder, 'at-work'), '');
      launching = launchWorkers(needs);
      rmSync(join(house.folder, 'at-work'));
      await dispatch(ends(said, 3));
      await until(code, (found) => found === 3);
      await isClosed();
      assert.doesNotMatch(shells.said, /Press Enter/);
    });
  });
});
