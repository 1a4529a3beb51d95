import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { at } from '../../../src/core/table.ts';
import type { Command, Reply } from '../../../src/desk/command.ts';
import type { FaultPoint } from '../../../src/journal/port.ts';
import { shown } from '../../rig/unchanged.ts';
import { addWorker, judged, item, nothing, packet } from '../core/drafts.ts';
import { worker } from '../core/history.ts';
import { copyOf, newFolder, openIn, sweep, type Folder } from '../journal/folder.ts';
import { closeDesks, command, deskIn, made, refused, start } from './given.ts';
import type { DeskOrders } from './deskProgram.ts';

const program = fileURLToPath(new URL('deskProgram.ts', import.meta.url));

/** Runs a desk in a process of its own; gives the answers that came out of it before it died. */
async function inProcess(
  folder: Folder,
  commands: readonly Command[],
  dieAt?: DeskOrders['dieAt'],
): Promise<Map<string, Reply>> {
  const { file, headFile } = folder;
  const orders: DeskOrders = { file, headFile, commands, ...(dieAt ? { dieAt } : {}) };
  const child = spawn(process.execPath, [program, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  assert.equal(child.signalCode, dieAt ? 'SIGKILL' : null);
  const lines = said.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const { command: id, reply } = JSON.parse(line) as { command: string; reply: Reply };
      return [id, reply] as const;
    }),
  );
}

/** The first step is done but for an open item, TODO 2; the second waits behind the gate. */
async function shutGate(folder: Folder): Promise<void> {
  const { desk, journal } = await deskIn(folder);
  const steps = ['Add the first sluice', 'Describe the second sluice'];
  const task = { dispatch: 1, epoch: 1 };
  for (const act of [
    command(start),
    command(addWorker('web', 'code')),
    ...steps.map((title) => command({ type: 'add-step', title, role: 'code', tasks: [packet(title)] })),
    command({ type: 'release' }),
    command({ type: 'dispatch', worker: 1 }),
    command({ type: 'submit', ...task, packet: nothing({ stillOpen: [item] }) }, worker(1)),
    command({ type: 'approve', shown, result: 1, judged: [...judged] }),
  ])
    made(await desk.submit(act));
  refused(await desk.submit(command({ type: 'release' })), 'gate-shut');
  desk.dispose();
  journal.close();
}

const unkept: readonly FaultPoint[] = ['append:begun', 'append:commit'];
const kept: readonly FaultPoint[] = ['append:committed', 'head-copy:write'];
const override = { todos: [2], results: [], questions: [], reason: 'README follows next week' };

describe('the desk: a process killed', function () {
  this.timeout(120_000);
  let shut: Folder;

  before(async () => {
    shut = newFolder();
    await shutGate(shut);
  });
  afterEach(closeDesks);
  after(sweep);

  for (const point of [...unkept, ...kept]) {
    const isKept = kept.includes(point);
    it(`T5: an override used, then a crash before the release (kill -9 at ${point}): spent exactly once, or not at all`, async () => {
      const folder = copyOf(shut);
      const release = command({ type: 'release', override });
      const answers = await inProcess(folder, [release], { point, nth: 1 });
      assert.equal(answers.size, 0, 'it died before its answer');
      const { desk, journal } = await deskIn(folder);
      const isSpent = (): boolean => at(desk.state.todos, 2)?.deferred !== undefined;
      const isReleased = (): boolean => at(desk.state.steps, 2)?.releasedAt !== undefined;
      assert.deepEqual([isSpent(), isReleased()], [isKept, isKept], 'both or neither');

      const again = await desk.submit(release);
      assert.ok(again.ok);
      assert.deepEqual([isSpent(), isReleased()], [true, true]);
      const releases = journal.read(0).filter(({ type }) => type === 'step-released');
      assert.equal(releases.length, 2, 'the first step, and the second once');
      refused(await desk.submit(command({ type: 'release', override })), 'no-step');
    });
  }

  it('kill -9 after fsync, before the ack: a retry with the same command id gets the first answer', async () => {
    const folder = copyOf(shut);
    const first = command({ type: 'reconcile', todo: 2, role: 'code', packet: packet('Name the sluice') });
    await inProcess(folder, [first], { point: 'append:committed', nth: 1 });
    const retried = (await inProcess(folder, [first])).get(first.id);
    const again = (await inProcess(folder, [first])).get(first.id);
    assert.ok(retried?.ok, JSON.stringify(retried));
    assert.deepEqual(again, retried);
    const rows = (await openIn(folder)).read(0).filter((row) => row.command === first.id);
    assert.deepEqual(
      rows.map(({ type }) => type),
      ['todo-reconciled'],
    );
  });
});
