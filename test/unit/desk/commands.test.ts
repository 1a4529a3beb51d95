import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Journal } from '../../../src/journal/port.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { at } from '../../../src/core/table.ts';
import { newFolder, openIn, sweep } from '../journal/folder.ts';
import { addWorker } from '../core/drafts.ts';
import { orchestrator, user, worker } from '../core/history.ts';
import { closeDesks, command, deskIn, made, refused, start, todo } from './given.ts';

/** The journal itself, and how often and with how many rows it was asked to append. */
function counted(journal: Journal): { journal: Journal; appended: number[] } {
  const appended: number[] = [];
  const journalCounted = new Proxy(journal, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== 'append') return value;
      return (...given: Parameters<Journal['append']>) => {
        appended.push(given[1].length);
        return target.append(...given);
      };
    },
  });
  return { journal: journalCounted, appended };
}

describe('the desk', () => {
  afterEach(() => {
    closeDesks();
    sweep();
  });

  it('T3: a loop of tries that are refused is on the record a thousand times, and fills no disk', async () => {
    const { desk } = await deskIn(newFolder());
    await desk.submit(command(start));
    const tries = Array.from({ length: 1_100 }, () => desk.submit(command({ type: 'release' }, worker(1))));
    for (const reply of await Promise.all(tries)) refused(reply, 'not-a-workers');
    assert.equal(desk.state.seq, 1 + 1_000);
    refused(await desk.submit(command({ type: 'release' }, worker(2))), 'not-a-workers');
    assert.equal(desk.state.seq, 1 + 1_001, 'another’s are counted apart');
  });

  it('gives the first answer again to the same command, and has its effect once', async () => {
    const folder = newFolder();
    const { desk } = await deskIn(folder);
    await desk.submit(command(start));
    const add = command(todo(1), user, 'the one');
    const first = await desk.submit(add);
    assert.deepEqual(await desk.submit(add), first);
    assert.deepEqual(await Promise.all([desk.submit(add), desk.submit(add)]), [first, first]);
    assert.equal(desk.state.todos.size, 1);
    const { desk: other } = await deskIn(folder);
    assert.deepEqual(await other.submit(add), first, 'in another window too');
    assert.equal(other.state.todos.size, 1);
  });

  it('refuses the same command id with another body or by somebody else; the first effect stays', async () => {
    const { desk } = await deskIn(newFolder());
    await desk.submit(command(start));
    const [one, two] = await Promise.all([
      desk.submit(command(todo(1), user, 'the one')),
      desk.submit(command(todo(2), user, 'the one')),
    ]);
    assert.ok(one.ok);
    refused(two, 'command-reused');
    refused(await desk.submit(command(todo(2), user, 'the one')), 'command-reused');
    refused(await desk.submit(command(todo(1), orchestrator, 'the one')), 'command-reused');
    assert.equal(desk.state.todos.size, 1);
  });

  it('writes what is submitted at one moment as one transaction, decided in order', async () => {
    const { journal, appended } = counted(await openIn(newFolder()));
    const desk = new Desk(journal, () => 1);
    const replies = await Promise.all([
      desk.submit(command(start)),
      desk.submit(command(start)),
      desk.submit(command(todo(1))),
      desk.submit(command({ type: 'drop-todo', todo: 1, reason: 'Not wanted' })),
      desk.submit(command({ type: 'drop-todo', todo: 1, reason: 'Not wanted' })),
    ]);
    assert.deepEqual(
      replies.map(({ ok }) => ok),
      [true, false, true, true, false],
    );
    assert.deepEqual(appended, [3]);
    desk.dispose();
  });

  it('is the same after a restart', async () => {
    const folder = newFolder();
    const { desk, journal } = await deskIn(folder);
    await desk.submit(command(start));
    await desk.submit(command(addWorker('web', 'code')));
    made(await desk.submit(command(todo(1))));
    await desk.submit(command({ type: 'dispatch', worker: 1 }));
    const before = desk.state;
    desk.dispose();
    journal.close();
    const { desk: again } = await deskIn(folder);
    assert.deepEqual(again.state, before);
  });

  it('T3: keeps a refusal’s event, so that the try is on the record and its answer is given again', async () => {
    const folder = newFolder();
    const { desk, journal } = await deskIn(folder);
    await desk.submit(command(start));
    await desk.submit(command(todo(1)));
    const drop = command({ type: 'drop-todo', todo: 1, reason: 'Tired of it' }, worker(1));
    const refusal = refused(await desk.submit(drop), 'not-a-workers');
    assert.match(refusal.sentence, /drop todo/);
    const row = (await openIn(folder)).read(0).at(-1);
    assert.deepEqual([row?.type, row?.actor, row?.command], ['try-refused', 'worker:1', drop.id]);
    assert.deepEqual(JSON.parse(row?.body ?? ''), { act: 'drop-todo', code: 'not-a-workers' });
    refused(await desk.submit(drop), 'not-a-workers');
    assert.equal(journal.head(), desk.state.seq);
    assert.equal(at(desk.state.todos, 1)?.state, 'waiting');
  });

  it('a refusal without an event writes nothing, and the same command may pass later', async () => {
    const { desk, journal } = await deskIn(newFolder());
    const early = command(todo(1));
    refused(await desk.submit(early), 'no-orchestration');
    assert.equal(journal.head(), 0);
    await desk.submit(command(start));
    made(await desk.submit(early));
  });

  it('tells its listeners the state and the events that made it so, after they are on disk', async () => {
    const { desk, journal } = await deskIn(newFolder());
    const told: [string[], number, boolean][] = [];
    desk.onTold(({ state, events }) => {
      const kept = journal.head() === state.seq && isDeepStrictEqual(state, desk.state);
      told.push([events.map(({ event }) => event.type), state.seq, kept]);
    });
    await desk.submit(command(start));
    await desk.submit(command(todo(1)));
    assert.deepEqual(told, [
      [['orchestration-started'], 1, true],
      [['todo-added'], 2, true],
    ]);
  });

  it('one command that cannot be kept is refused alone, not those that wait with it', async () => {
    const { desk } = await deskIn(newFolder());
    await desk.submit(command(start));
    const [one, half, two] = await Promise.all([
      desk.submit(command(todo(1))),
      desk.submit(command(todo(2), user, 'half \ud800')),
      desk.submit(command(todo(3))),
    ]);
    assert.deepEqual([one.ok, two.ok], [true, true]);
    refused(half, 'unkeepable');
    assert.equal(desk.state.todos.size, 2);
  });

  it('a defect of ours refuses its command and no other, and nothing of it is written', async () => {
    const { desk, journal } = await deskIn(newFolder());
    const unknown = { id: 'x', actor: user, act: { type: 'no-such-act' } } as unknown as Parameters<
      Desk['submit']
    >[0];
    const good = command(start);
    const bad = { ...good, act: { ...good.act, objective: 7 } } as unknown as typeof good;
    const unreadable = { ...good, id: 'y', act: { ...good.act, mode: 'sideways' } } as unknown as typeof good;
    const replies = await Promise.all(
      [unknown, bad, unreadable, command(start)].map((one) => desk.submit(one)),
    );
    for (const reply of replies.slice(0, 3)) refused(reply, 'defect');
    assert.ok(replies[3]?.ok);
    assert.equal(journal.head(), 1);
  });

  it('answers what still waits when it closes', async () => {
    const { desk } = await deskIn(newFolder());
    const waiting = desk.submit(command(start));
    desk.dispose();
    refused(await waiting, 'desk-closed');
  });
});

describe('waiting at the desk', () => {
  afterEach(() => {
    closeDesks();
    sweep();
  });
  const objective = ({ orchestration }: Desk['state']): string | undefined => orchestration?.objective;

  it('wakes when the state has it, and at once when it had', async () => {
    const { desk } = await deskIn(newFolder());
    const waiting = desk.until(objective, 60_000);
    await desk.submit(command(start));
    assert.equal(await waiting, start.objective);
    assert.equal(await desk.until(objective, 60_000), start.objective);
  });

  it('wakes for what another window wrote', async () => {
    const folder = newFolder();
    const [{ desk }, { desk: other }] = [await deskIn(folder), await deskIn(folder)];
    const waiting = desk.until(objective, 60_000);
    await other.submit(command(start));
    assert.equal(await waiting, start.objective);
  });

  it('ends with nothing when there is no time, when it is called off, and when the desk closes', async () => {
    const { desk } = await deskIn(newFolder());
    assert.equal(await desk.until(objective, 0), undefined);
    assert.equal(await desk.until(objective, 1), undefined);
    const off = new AbortController();
    const called = desk.until(objective, 60_000, off.signal);
    off.abort();
    assert.equal(await called, undefined);
    const closing = desk.until(objective, 60_000);
    desk.dispose();
    assert.equal(await closing, undefined);
  });
});
