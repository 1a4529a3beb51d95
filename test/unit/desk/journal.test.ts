import assert from 'node:assert/strict';
import { copyFileSync, rmSync } from 'node:fs';
import type { FaultPoint, NewRow, Row } from '../../../src/journal/port.ts';
import type { State } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { Replay } from '../../../src/desk/replay.ts';
import { copyOf, newFolder, openIn, sweep } from '../journal/folder.ts';
import { closeDesks, command, deskIn, made, refused, start, todo } from './given.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

async function sameSeq(one: Desk, other: Desk): Promise<void> {
  const last = Math.max(one.state.seq, other.state.seq);
  const reached = (state: Desk['state']): true | undefined => (state.seq >= last ? true : undefined);
  await Promise.all([one.until(reached, 30_000), other.until(reached, 30_000)]);
}

describe('the desk and its journal', function () {
  this.timeout(120_000);
  afterEach(() => {
    closeDesks();
    sweep();
  });

  it('two desks on one file both write: no event lost or doubled, the same state in the end', async () => {
    const folder = newFolder();
    const [{ desk: left }, { desk: right }] = [await deskIn(folder), await deskIn(folder)];
    made(await left.submit(command(start)));
    const asked = numbers(40).map((n) => [n % 2 === 0 ? left : right, command(todo(n))] as const);
    const replies = [];
    for (let from = 0; from < asked.length; from += 8) {
      replies.push(
        ...(await Promise.all(asked.slice(from, from + 8).map(([desk, act]) => desk.submit(act)))),
      );
    }
    assert.deepEqual(
      [...new Set(replies.map((reply) => made(reply).todo))].sort((a, b) => Number(a) - Number(b)),
      numbers(40),
    );
    await sameSeq(left, right);
    assert.deepEqual(left.state, right.state);
    const commands = (await openIn(folder)).read(0).map((row) => row.command);
    assert.equal(commands.length, 41);
    assert.deepEqual(new Set(commands.slice(1)), new Set(asked.map(([, { id }]) => id)));
  });

  it('goes on from where opening led, be it short of the end; a longer history is another one', async () => {
    const folders = [newFolder(), newFolder()] as const;
    for (const [index, folder] of folders.entries()) {
      const { desk } = await deskIn(folder);
      made(await desk.submit(command(start)));
      for (let n = 1; n <= 3 + index; n += 1) made(await desk.submit(command(todo(n))));
    }
    const journal = await openIn(folders[0]);
    const rows = journal.read(0);
    const whole = new Desk(journal, () => 1).state;
    assert.equal(whole.seq, 4);
    const after = (heard: readonly Row[]): State => {
      const replay = new Replay();
      for (const row of heard) replay.hear(row);
      return replay.state;
    };
    assert.equal(after(rows.slice(0, 2)).seq, 2);
    const odd = { ...rows[0], type: 'of-a-later-version' } as Row;
    assert.equal(after([...rows.slice(0, 1), odd, ...rows.slice(1)]).seq, 1, 'nothing is passed over');
    const longer = after((await openIn(folders[1])).read(0));
    assert.equal(longer.seq, 5);
    for (const begun of [after(rows.slice(0, 2)), after(rows), longer])
      assert.deepEqual(new Desk(journal, () => 1, undefined, {}, begun).state, whole);
  });

  it('two resolve one TODO at the same moment in two windows: one does, and both see it', async () => {
    const folder = newFolder();
    const [{ desk: left }, { desk: right }] = [await deskIn(folder), await deskIn(folder)];
    made(await left.submit(command(start)));
    made(await left.submit(command(todo(1))));
    const [one, two] = await Promise.all([
      left.submit(command({ type: 'drop-todo', todo: 1, reason: 'Built already' })),
      right.submit(command({ type: 'split-todo', todo: 1, parts: [todo(2).packet, todo(3).packet] })),
    ]);
    assert.equal(Number(one.ok) + Number(two.ok), 1);
    await sameSeq(left, right);
    assert.deepEqual(left.state, right.state);
  });

  it('the same command in two windows at the same moment has its effect once', async () => {
    const folder = newFolder();
    const [{ desk: left }, { desk: right }] = [await deskIn(folder), await deskIn(folder)];
    made(await left.submit(command(start)));
    const add = command(todo(1));
    const [one, two] = await Promise.all([left.submit(add), right.submit(add)]);
    assert.deepEqual(one, two);
    await sameSeq(left, right);
    assert.deepEqual([left.state.todos.size, right.state.todos.size], [1, 1]);
  });

  for (const [what, change] of [
    ['type', { type: 'moon-landed' }],
    ['version', { version: 2 }],
    ['shape', { body: '{"tokenHash":7,"expires":1}' }],
  ] as const) {
    it(`an event of an unknown ${what} is refused with a sentence, and nothing is lost`, async () => {
      const folder = newFolder();
      const { desk, journal } = await deskIn(folder);
      made(await desk.submit(command(start)));
      const body = '{"tokenHash":"f","expires":1}';
      const row: NewRow = {
        orchestration: 1,
        at: 1,
        actor: 'user',
        type: 'seat-lent',
        version: 1,
        body,
        command: 'new',
      };
      const other = await openIn(folder);
      other.read(0);
      assert.equal(other.append(1, [{ ...row, ...change }], []).kind, 'kept');
      const refusal = refused(await desk.submit(command(todo(1))), 'journal-unreadable');
      assert.deepEqual(desk.trouble, refusal);
      assert.match(refusal.next, /Update Lockkeeper/);
      assert.equal(desk.state.orchestration?.objective, start.objective);
      assert.equal(other.read(2).length, 0, 'nothing was written behind it');
      assert.equal(journal.standing.kind, 'open');
      const { desk: later } = await deskIn(folder);
      refused(await later.submit(command(todo(1))), 'journal-unreadable');
      assert.equal(later.state.seq, 1);
    });
  }

  it('a journal that fences refuses and says why; after it was opened again the desk goes on', async () => {
    let failing: FaultPoint | undefined;
    const fault = (point: FaultPoint): void => {
      if (point !== failing) return;
      failing = undefined;
      throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
    };
    const { desk, journal } = await deskIn(newFolder(), { fault });
    made(await desk.submit(command(start)));
    failing = 'append:commit';
    const add = command(todo(1));
    refused(await desk.submit(add), 'io-error');
    assert.equal(desk.state.todos.size, 0, 'memory does not run ahead of the disk');
    assert.equal(desk.trouble?.code, 'io-error');
    refused(await desk.submit(add), 'io-error');
    await journal.reopen();
    assert.equal(desk.trouble, undefined);
    made(await desk.submit(add));
    assert.equal(desk.state.todos.size, 1);
  });

  it('a journal that turns out to tell another, longer history is read anew from its start', async () => {
    const folder = newFolder();
    const first = await deskIn(folder);
    made(await first.desk.submit(command(start)));
    closeDesks();
    first.journal.close();
    const elsewhere = copyOf(folder);
    const branch = await deskIn(elsewhere);
    for (const n of numbers(5)) made(await branch.desk.submit(command(todo(`B${n}`))));
    branch.desk.dispose();
    branch.journal.close();

    const failing = { on: false };
    const fault = (point: FaultPoint): void => {
      if (failing.on && point === 'append:begin')
        throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
    };
    const { desk, journal } = await deskIn(folder, { fault });
    for (const n of numbers(2)) made(await desk.submit(command(todo(n))));
    failing.on = true;
    refused(await desk.submit(command(todo(3))), 'io-error');
    failing.on = false;
    for (const end of ['-wal', '-shm']) rmSync(`${folder.file}${end}`, { force: true });
    copyFileSync(elsewhere.file, folder.file);
    await journal.reopen();
    await journal.acceptAsItIs();
    const sixth = made(await desk.submit(command(todo(6)))).todo;
    assert.equal(sixth, 6);
    assert.match(at(desk.state.todos, 1)?.packet?.task ?? '', /B1/);
    assert.deepEqual(desk.state, (await deskIn(folder)).desk.state);
  });

  it('a no is given for what is on the disk, though this window has not heard of it yet', async () => {
    const folder = newFolder();
    const [{ desk: left }, { desk: right }] = [await deskIn(folder), await deskIn(folder)];
    const [, second] = await Promise.all([left.submit(command(start)), right.submit(command(todo(1)))]);
    made(second);
  });
});
