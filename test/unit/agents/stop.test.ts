import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sweepBudgets } from '../../../src/agents/budgets.ts';
import { openHandover, type Handover } from '../../../src/agents/launch/handover.ts';
import { launchWorkers } from '../../../src/agents/launch/launching.ts';
import type { LaunchNeeds } from '../../../src/agents/launch/needs.ts';
import { at } from '../../../src/core/table.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { lifeOfWritten, writtenMark } from '../../../src/journal/liveness.ts';
import { endProcess } from '../../../src/running/ending.ts';
import { until } from '../../rig/until.ts';
import { beginStep, openHouse, type House } from './house.ts';
import { atWorkBeside, Shells } from './shells.ts';

const launcher = fileURLToPath(new URL('../../../src/agents/launcher/main.ts', import.meta.url));
const words = 'Stop. Change nothing more until I say how it goes on.';

/** A worker that will not be asked, with a helper that left its group: both say who they are. */
const stubborn = (said: string): string => `
  const { spawn } = require('node:child_process');
  process.on('SIGTERM', () => undefined);
  const sleep = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)";
  const helper = spawn(process.execPath, ['-e', sleep], { detached: true, stdio: 'ignore' });
  require('node:fs').writeFileSync(${JSON.stringify(said)}, JSON.stringify([process.pid, helper.pid]));
  setInterval(() => undefined, 1000);`;

/** One that ends when it is asked to. */
const gentle = (said: string): string =>
  `require('node:fs').writeFileSync(${JSON.stringify(said)}, '[]'); setInterval(() => undefined, 1000);`;

describe('stop', function () {
  this.timeout(120_000);
  let house: House;
  let shells: Shells;
  let handover: Handover;
  let launching: { dispose(): void };
  let said: string;
  let place: () => Promise<undefined>;
  let needs: LaunchNeeds;

  beforeEach(async () => {
    house = await openHouse();
    said = join(house.folder, 'said');
    shells = new Shells(house.folder);
    handover = await openHandover();
    place = () => Promise.resolve(undefined);
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
    launching.dispose();
    await shells.end();
    await handover.dispose();
    await house.close();
  });

  /** A worker that runs this is at work on dispatch 1. */
  const dispatch = async (script: (said: string) => string, more = {}): Promise<void> => {
    await house.act({
      type: 'add-worker',
      name: 'web',
      role: 'any',
      runs: { kind: 'command', argv: [process.execPath, '-e', script(said)] },
      tokenHash: 'f'.repeat(64),
      expires: 9e12,
    });
    await house.act({ type: 'allow-unguarded', worker: 1 });
    await beginStep(house, ['Export the function total']);
    await house.act({ type: 'dispatch', worker: 1, ...more });
  };
  const ended = (): boolean => at(house.desk.state.dispatches, 1)?.ended !== undefined;

  it('T2: what was launched is asked to end, then ended with what it left behind, and its dispatch stands as ended', async () => {
    await dispatch(stubborn);
    await until(() => existsSync(said) && readFileSync(said, 'utf8'), Boolean);
    const marks = (JSON.parse(readFileSync(said, 'utf8')) as number[]).map(writtenMark);
    const alive = (): string[] => marks.filter((mark) => lifeOfWritten(mark) === 'alive');
    await house.act({ type: 'instruct', words: 'Wait a moment.' });
    assert.equal(alive().length, 2, 'an instruction alone ends nobody');
    assert.equal(ended(), false);
    await house.act({ type: 'instruct', words, stop: true });
    await until(() => alive().length === 0 && ended(), Boolean);
    assert.deepEqual(
      house.desk.state.instructed.map((n) => at(house.desk.state.instructions, n)?.words),
      ['Wait a moment.', words],
    );
    assert.deepEqual(house.desk.state.live, [1]);
  });

  it('P10: one that ends when it is asked to is no alarm: its terminal ends with 0, which nobody takes for its code', async () => {
    await dispatch(gentle);
    await until(() => existsSync(said), Boolean);
    let code: number | null | undefined;
    const hearing = shells.onEnded(({ exitCode }) => (code = exitCode));
    await house.act({ type: 'instruct', words, stop: true });
    await until(() => code !== undefined && ended(), Boolean);
    hearing.dispose();
    assert.equal(code, 0);
    assert.equal(at(house.desk.state.dispatches, 1)?.ended?.exitCode, null);
  });

  it('P10: whose token a stranger may have seen is ended, though its terminal went with its window', async () => {
    await dispatch(gentle);
    await until(() => existsSync(said), Boolean);
    launching.dispose();
    const elsewhere = new Shells(house.folder);
    launching = launchWorkers({ ...needs, terminals: elsewhere });
    const { tokenHash = '', expires = 0 } = at(house.desk.state.workers, 1) ?? {};
    await house.act({ type: 'renew-token', worker: 1, tokenHash, expires, exposed: true });
    await until(ended, Boolean);
    assert.equal(elsewhere.opened, 0);
    await until(
      () => shells.isOpen('web'),
      (isOpen) => !isOpen,
    );
  });

  it('P2: what went past its budget is ended in the same way, and stands as ended for that', async () => {
    await dispatch(stubborn, { budget: 2 });
    await until(() => existsSync(said) && readFileSync(said, 'utf8'), Boolean);
    const marks = (JSON.parse(readFileSync(said, 'utf8')) as number[]).map(writtenMark);
    const alive = (): string[] => marks.filter((mark) => lifeOfWritten(mark) === 'alive');
    house.now += 2 * 60_000;
    await sweepBudgets(house.desk, house.now, 0);
    assert.equal(alive().length, 2, 'it is asked first');
    assert.equal(ended(), false);
    house.now += 5 * 60_000;
    await sweepBudgets(house.desk, house.now, 0);
    await until(() => alive().length === 0, Boolean);
    assert.deepEqual(
      inbox(house.desk.state).map(({ detail }) => detail),
      ['over its budget of 2 minutes'],
    );
  });

  it('T2: a launch that is under way is cancelled, and happens when work carries on', async () => {
    let go = (): void => undefined;
    place = () => new Promise((resolve) => (go = () => resolve(undefined)));
    await dispatch(gentle);
    await house.act({ type: 'instruct', words });
    go();
    await new Promise(setImmediate);
    assert.equal(shells.opened, 0);
    place = () => Promise.resolve(undefined);
    await house.act({ type: 'carry-on', instruction: 1 });
    await until(() => existsSync(said), Boolean);
    assert.equal(shells.opened, 1);
    assert.equal(ended(), false);
  });

  it('T2: a process whose terminal is open, and which has not begun, is turned away', async () => {
    await dispatch(gentle);
    await until(() => shells.opened === 1, Boolean);
    await house.act({ type: 'instruct', words });
    await until(() => !shells.isOpen('web') || existsSync(said), Boolean);
    assert.equal(ended(), false);
    await house.act({ type: 'carry-on', instruction: 1 });
    await until(() => existsSync(said), Boolean);
  });
});
