import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { gateReasons } from '../../../src/core/gate.ts';
import { at } from '../../../src/core/table.ts';
import { startup } from '../../../src/core/views/startup.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { age } from '../../../src/editor/ages.ts';
import { shown } from '../../rig/unchanged.ts';
import { addWorker, judged, item, nothing, packet } from '../core/drafts.ts';
import { worker } from '../core/history.ts';
import { newFolder, openIn, sweep, type Folder } from '../journal/folder.ts';
import { closeDesks, command, deskIn, made, refused, start, todo } from './given.ts';

const hour = 3_600_000;
const reached = (desk: Desk, seq: number): Promise<unknown> =>
  desk.until((state) => (state.seq >= seq ? true : undefined), 30_000);

describe('the desk and the faults around it', function () {
  this.timeout(120_000);
  afterEach(() => {
    closeDesks();
    sweep();
  });

  /** One open item, TODO 3, reconciled, before planned work, TODO 2. */
  const openItem = async (folder: Folder): Promise<void> => {
    const { desk, journal } = await deskIn(folder);
    const tasks = ['Add the first sluice', 'Add the other sluice'].map((task) => packet(task));
    for (const act of [
      command(start),
      command(addWorker('web', 'code')),
      command({ type: 'add-step', title: 'Build', role: 'code', tasks }),
      command({ type: 'release' }),
      command({ type: 'dispatch', worker: 1 }),
      command({ type: 'submit', dispatch: 1, epoch: 1, packet: nothing({ stillOpen: [item] }) }, worker(1)),
      command({ type: 'approve', shown, result: 1, judged: [...judged] }),
      command({ type: 'reconcile', todo: 3, role: 'code', packet: packet('Name the sluice') }),
    ])
      made(await desk.submit(act));
    desk.dispose();
    journal.close();
  };

  it('T8: resolve and dispatch in the same millisecond: one order, and the journal agrees', async () => {
    for (let round = 0; round < 6; round++) {
      const folder = newFolder();
      await openItem(folder);
      const [{ desk: left }, { desk: right }] = [await deskIn(folder), await deskIn(folder)];
      const resolve = command({ type: 'drop-todo', todo: 3, reason: 'It names the sluice by now' });
      const dispatch = command({ type: 'dispatch', worker: 1, todo: 2 });
      const asking = [() => left.submit(resolve), () => right.submit(dispatch)];
      // Who asks first is turned about; who is first on the disk is not ours to say.
      const replies = await Promise.all((round % 2 === 0 ? asking : asking.toReversed()).map((ask) => ask()));
      const [resolved, dispatched] = round % 2 === 0 ? replies : replies.toReversed();
      assert.ok(resolved?.ok && dispatched);
      const journal = await openIn(folder);
      const last = journal
        .read(0)
        .slice(-2)
        .map(({ type }) => type);
      if (dispatched.ok) assert.deepEqual(last, ['todo-dropped', 'dispatched'], 'the gate was open by then');
      else refused(dispatched, 'not-next');
      await Promise.all([left, right].map((desk) => reached(desk, journal.head())));
      assert.deepEqual(left.state, right.state);
      assert.equal(left.state.live.length, dispatched.ok ? 1 : 0);
      assert.equal(at(left.state.todos, 3)?.state, 'dropped');
    }
  });

  it('clock back an hour, forward a day: order by sequence, no age below nothing, the same after opening again', async () => {
    const folder = newFolder();
    const journal = await openIn(folder);
    let now = 40 * hour;
    const desk = new Desk(journal, () => now);
    made(await desk.submit(command(start)));
    made(await desk.submit(command(addWorker('web', 'code'))));
    made(await desk.submit(command(todo(1))));
    now -= hour;
    made(await desk.submit(command({ type: 'dispatch', worker: 1 })));
    now += 24 * hour;
    made(await desk.submit(command({ type: 'acknowledge', dispatch: 1, epoch: 1 }, worker(1))));
    now -= 24 * hour;
    made(await desk.submit(command({ type: 'submit', dispatch: 1, epoch: 1, packet: nothing() }, worker(1))));
    const rows = journal.read(0);
    assert.deepEqual(
      rows.map(({ seq }) => seq),
      rows.map((_, index) => index + 1),
    );
    assert.deepEqual(
      rows.slice(-3).map(({ type }) => type),
      ['dispatched', 'acknowledged', 'resulted'],
    );
    const { acknowledgedAt = 0, at: sentAt } = at(desk.state.dispatches, 1) ?? { at: 0 };
    assert.ok(acknowledgedAt > now && sentAt <= now);
    assert.deepEqual([age(acknowledgedAt, now), startup(desk.state, now, 10)?.minutes], ['just now', 0]);
    const { desk: later } = await deskIn(folder);
    assert.deepEqual(later.state, desk.state);
    desk.dispose();
  });

  it('a journal of a newer schema: shown, nothing accepted, and the person is told what to do', async () => {
    const folder = newFolder();
    await openItem(folder);
    const db = new DatabaseSync(folder.file);
    db.exec(
      `INSERT INTO migration (number, digest) VALUES (2, 'later'); CREATE TABLE later (one TEXT) STRICT`,
    );
    db.close();
    const bytes = readFileSync(folder.file);
    const { desk } = await deskIn(folder);
    assert.equal(desk.state.orchestration?.objective, start.objective);
    assert.ok(gateReasons(desk.state).length > 0);
    const refusal = refused(await desk.submit(command(todo(9))), 'newer-schema');
    assert.match(refusal.next, /Update Lockkeeper/);
    assert.deepEqual(desk.trouble, refusal);
    assert.deepEqual(readFileSync(folder.file), bytes);
  });

  it('a 5 MiB text, empty text, U+0000, a lone surrogate, U+2028: the same after opening again, or refused', async () => {
    const texts = [
      'x'.repeat(5 * 1024 * 1024),
      '',
      '\u0000',
      'half \ud83d of one',
      '\u2028\u2029',
      '\ufeff😀',
    ];
    for (const text of texts) {
      const folder = newFolder();
      const { desk, journal } = await deskIn(folder);
      // Past the edge, which refuses one of that length: the desk and the journal bear it all the same.
      const act = {
        ...start,
        mode: 'plan-first' as const,
        objective: `To close ${text}`,
        constraints: [text],
      };
      const reply = await desk.submit({ ...command(start), act });
      const { state } = desk;
      assert.equal(state.seq > 0, reply.ok, JSON.stringify(text.slice(0, 20)));
      if (!reply.ok) assert.ok(reply.refusal.next.length > 3);
      desk.dispose();
      journal.close();
      const { desk: later } = await deskIn(folder);
      assert.deepEqual(later.state, state);
      assert.equal(later.trouble, undefined);
    }
  });
});
