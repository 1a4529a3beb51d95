import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openHandover, type Handover } from '../../../src/agents/launch/handover.ts';
import { launchWorkers } from '../../../src/agents/launch/launching.ts';
import type { Act } from '../../../src/contract/acts.ts';
import { at } from '../../../src/core/table.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { openJournal } from '../../../src/journal/sqlite.ts';
import { endProcess } from '../../../src/running/ending.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';
import { until } from '../../rig/until.ts';
import { addWorker, packet } from '../core/drafts.ts';
import { atWorkBeside, Shells } from './shells.ts';

const log = { info: () => undefined, warn: () => undefined };
const launcher = fileURLToPath(new URL('../../../src/agents/launcher/main.ts', import.meta.url));
/** Notes that it was started, and stays. */
const stays = `require('fs').appendFileSync(process.argv[1], process.pid + '\\n'); setInterval(() => {}, 1000)`;

interface Window {
  readonly desk: Desk;
  readonly shells: Shells;
  readonly stopLaunching: () => void;
  close(): Promise<void>;
}

describe('two windows on one folder', () => {
  let folder: string;
  let said: string;
  let one: Window;
  let other: Window;
  let handedOver: Promise<Handover>;

  const open = async (handover: () => Promise<Handover>): Promise<Window> => {
    const journal = await openJournal({
      file: join(folder, 'own', 'journal.db'),
      headFile: join(folder, 'heads', 'head'),
    });
    const desk = new Desk(journal, Date.now);
    const shells = new Shells(folder);
    const launching = launchWorkers({
      desk,
      clock: Date.now,
      log,
      terminals: shells,
      url: () => 'http://127.0.0.1:1',
      isServing: () => false,
      onServing: () => ({ dispose: () => undefined }),
      token: () => Promise.resolve('token'),
      lastContact: () => undefined,
      handover,
      atWork: atWorkBeside(folder),
      end: endProcess,
      guard: 'none',
      ownFolder: 'none',
      stdio: 'none',
      program: () => ({ argv: [process.execPath, launcher], env: {} }),
    });
    return {
      desk,
      shells,
      stopLaunching: () => launching.dispose(),
      async close() {
        launching.dispose();
        await shells.end();
        desk.dispose();
        journal.close();
      },
    };
  };

  before(async () => {
    folder = await temporaryFolder('two-windows');
    said = join(folder, 'said');
    handedOver = openHandover();
    one = await open(() => handedOver);
    other = await open(() => handedOver);
  });
  after(async () => {
    await one.close();
    await other.close();
    await (await handedOver).dispose();
    await removeFolder(folder);
  });

  const act = async ({ desk }: Window, wanted: Act | ReturnType<typeof addWorker>): Promise<void> => {
    const reply = await desk.submit({ id: randomUUID(), actor: { seat: 'user' }, act: wanted as Act });
    assert.ok(reply.ok, JSON.stringify(reply));
  };
  const started = (): readonly string[] =>
    existsSync(said) ? readFileSync(said, 'utf8').trim().split('\n') : [];
  const ended = (n: number, { desk } = other): boolean => at(desk.state.dispatches, n)?.ended !== undefined;

  const isLive = ({ desk }: Window, n: number): boolean => desk.state.live.includes(n);

  it('a worker whose process waits in the terminal of one is not started again by the other', async () => {
    await act(one, { type: 'start', objective: 'A gate', constraints: [], mode: 'orchestrator-first' });
    const runs = { kind: 'command' as const, argv: [process.execPath, '-e', stays, said] };
    await act(one, { ...addWorker('web', 'code'), runs });
    await act(one, { type: 'allow-unguarded', worker: 1 });
    await act(one, { type: 'add-todo', packet: packet('Add the first sluice'), role: 'code' });
    await act(one, { type: 'dispatch', worker: 1 });
    await until(started, ({ length }) => length === 1);
    await act(one, { type: 'withdraw', dispatch: 1, reason: 'Something else comes first.' });

    await act(other, { type: 'dispatch', worker: 1 });
    await until(() => isLive(one, 2), Boolean);
    one.shells.close('web');
    await until(() => ended(2), Boolean);
    assert.equal(other.shells.opened, 0);
    assert.equal(started().length, 1);

    await act(other, { type: 'relaunch', dispatch: 2 });
    await until(started, ({ length }) => length === 2);
    assert.equal(one.shells.isOpen('web'), false);
  });

  it('where that process ends before it took the task, the other starts it after all', async () => {
    await act(one, { type: 'withdraw', dispatch: 2, reason: 'Something else comes first.' });
    await act(one, { type: 'dispatch', worker: 1 });
    await until(() => isLive(other, 3), Boolean);
    other.stopLaunching();
    other.shells.close('web');
    await until(started, ({ length }) => length === 3);
    assert.equal(one.shells.isOpen('web'), true);
    one.shells.close('web');
    await until(() => ended(3), Boolean);
  });

  it('where both start it at once, who comes second gets nothing, and its end is not the end of the work', async () => {
    const handover = await handedOver;
    let give: (handover: Handover) => void = () => undefined;
    handedOver = new Promise((resolve) => (give = resolve));
    const { opened } = one.shells;
    await act(one, { type: 'relaunch', dispatch: 3 });
    assert.ok(atWorkBeside(folder).begins(1, process.pid));
    give(handover);
    await until(() => one.shells.opened > opened && !one.shells.isOpen('web'), Boolean);
    await act(one, { type: 'add-todo', packet: packet('Add the second sluice'), role: 'code' });
    assert.equal(started().length, 3);
    assert.equal(ended(3, one), false);
  });
});
