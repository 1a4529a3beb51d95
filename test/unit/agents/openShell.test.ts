import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openHandover, type Handover } from '../../../src/agents/launch/handover.ts';
import { launchWorkers } from '../../../src/agents/launch/launching.ts';
import type { Launching } from '../../../src/agents/launch/needs.ts';
import { endProcess } from '../../../src/running/ending.ts';
import { environment as usual } from '../../../src/running/environment.ts';
import { until } from '../../rig/until.ts';
import { openHouse, type House } from './house.ts';
import { atWorkBeside, Shells } from './shells.ts';

const launcher = fileURLToPath(new URL('../../../src/agents/launcher/main.ts', import.meta.url));

describe('a terminal that a person opens as a worker', () => {
  let house: House;
  let shells: Shells;
  let handover: Handover;
  let launching: Launching;
  let shell: string;
  let isOpen = true;
  let seatsToken: string | undefined;

  before(async function () {
    if (process.platform === 'win32') return this.skip();
    house = await openHouse();
    await house.addWorker('web');
    handover = await openHandover();
    // As in the window, where a terminal finds no more than the usual names.
    shells = new Shells(house.folder, usual());
    shell = join(house.folder, 'shell');
    writeFileSync(
      shell,
      `#!/bin/sh\nenv > '${join(house.folder, 'said')}.new'\nmv '${join(house.folder, 'said')}.new' '${join(house.folder, 'said')}'\nsleep 60\n`,
    );
    chmodSync(shell, 0o755);
    launching = launchWorkers({
      desk: house.desk,
      clock: Date.now,
      log: { info: () => undefined, warn: () => undefined },
      terminals: shells,
      url: () => (isOpen ? house.door.url : undefined),
      isServing: () => true,
      onServing: () => ({ dispose: () => undefined }),
      token: () => Promise.resolve('canary'),
      seatToken: () => Promise.resolve(seatsToken),
      lastContact: () => undefined,
      handover: () => Promise.resolve(handover),
      atWork: atWorkBeside(house.folder),
      end: endProcess,
      guard: 'the guard',
      ownFolder: 'none',
      stdio: 'the bridge',
      program: () => ({ argv: [process.execPath, launcher], env: {} }),
    });
  });

  after(async () => {
    if (!house) return;
    launching.dispose();
    await shells.end();
    await handover.dispose();
    await house.close();
  });

  /** What a program in the terminal finds; the next one writes it anew. */
  const environment = async (): Promise<readonly string[]> => {
    const said = join(house.folder, 'said');
    await until(() => existsSync(said), Boolean);
    const lines = readFileSync(said, 'utf8').split('\n');
    rmSync(said);
    return lines;
  };

  it('is none while the endpoint is not open, for nobody that is not there', async () => {
    isOpen = false;
    assert.equal(await launching.openShell(1, shell), false);
    isOpen = true;
    assert.equal(await launching.openShell(2, shell), false);
    assert.equal(shells.opened, 0);
  });

  it('gives what runs in it the worker’s address and token, by the ticket; a second one is not opened', async () => {
    process.env['OPENAI_API_KEY'] = 'the person’s own';
    const [first, again] = await Promise.all([launching.openShell(1, shell), launching.openShell(1, shell)]);
    assert.deepEqual([first, again], [true, false]);
    const lines = await environment();
    for (const line of [
      `LOCKKEEPER_URL=${house.door.url}`,
      'LOCKKEEPER_TOKEN=canary',
      'LOCKKEEPER_WORKER=web',
      'LOCKKEEPER_GUARD=the guard',
      'LOCKKEEPER_STDIO=the bridge',
      'OPENAI_API_KEY=the person’s own',
    ])
      assert.ok(lines.includes(line), line);
    delete process.env['OPENAI_API_KEY'];
    assert.ok(!lines.some((line) => /HANDOVER|TICKET/.test(line)));
    assert.equal(await launching.openShell(1, shell), false);
    assert.equal(shells.opened, 1);
  });

  it('T1: for the seat is one at a time, with the seat’s token and no worker’s name, while it is lent', async () => {
    assert.equal(await launching.openShell('orchestrator', shell), false);
    seatsToken = await house.lendSeat();
    isOpen = false;
    assert.equal(await launching.openShell('orchestrator', shell), false);
    isOpen = true;
    assert.equal(await launching.openShell('orchestrator', shell), true);
    const lines = await environment();
    for (const line of [`LOCKKEEPER_URL=${house.door.url}`, `LOCKKEEPER_TOKEN=${seatsToken}`])
      assert.ok(lines.includes(line), line);
    assert.ok(!lines.some((line) => /LOCKKEEPER_(?:WORKER|WORKTREE|HANDOVER|TICKET)/.test(line)));
    assert.deepEqual(Object.keys(shells.orders.at(-1)?.env ?? {}).sort(), [
      'LOCKKEEPER_HANDOVER',
      'LOCKKEEPER_TICKET',
    ]);
    assert.equal(await launching.openShell('orchestrator', shell), false);
    shells.close('orchestrator');
    await until(
      () => shells.isOpen('orchestrator'),
      (isThere) => !isThere,
    );
    // Lent anew by another window: the token that this one has is worth nothing.
    await house.act({ type: 'take-seat-back', reason: '' });
    await house.lendSeat();
    assert.equal(await launching.openShell('orchestrator', shell), false);
  });
});
