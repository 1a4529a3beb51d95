import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { until } from '../../rig/until.ts';
import { appendAll, names, newFolder, newRow, openIn, receiptOf, sweep } from './folder.ts';
import { acks, startWriter, stopWriters } from './writer.ts';
import type { Step } from './writerProgram.ts';

/** A letter as the system writes it; `T` of a process that stands. */
function stateOf(pid: number): string {
  if (!existsSync('/proc/self/stat')) {
    return execFileSync('ps', ['-o', 'state=', '-p', `${pid}`], { encoding: 'utf8' }).trim();
  }
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2);
}

describe('journal: several processes on one file', function () {
  this.timeout(120_000);
  afterEach(() => {
    stopWriters();
    sweep();
  });

  for (const count of [2, 4]) {
    it(`${count} that append at once make one history without loss or fork`, async () => {
      const folder = newFolder();
      const writers = names('w', count).map((prefix) =>
        startWriter(folder, {
          steps: [{ do: 'wait' }, { do: 'append', prefix: `${prefix}-`, count: 60 }, { do: 'close' }],
        }),
      );
      // All create the file at the same time, then start together.
      for (const writer of writers) await writer.line(({ waiting }) => waiting === true);
      for (const writer of writers) writer.goOn();
      for (const writer of writers) assert.equal((await writer.ended).code, 0);

      const journal = await openIn(folder);
      assert.deepEqual(journal.standing, { kind: 'open' });
      const rows = journal.read(0);
      assert.equal(rows.length, 60 * count);
      for (const { ack, head } of writers.flatMap(({ lines }) => lines)) {
        if (ack !== undefined) assert.equal(rows[(head ?? 0) - 1]?.command, ack);
      }
      assert.deepEqual(
        rows.map((row) => row.command).sort(),
        writers.flatMap(({ lines }) => acks(lines)).sort(),
      );
    });
  }

  it('one whose head is old is told to read first, and nothing is written', async () => {
    const folder = newFolder();
    const [first, second] = [await openIn(folder), await openIn(folder)];
    assert.equal(first.append(0, [newRow('a')], [receiptOf('a')]).kind, 'kept');
    assert.deepEqual(second.append(0, [newRow('b')], [receiptOf('b')]), { kind: 'moved' });
    assert.deepEqual(second.append(1, [newRow('b')], [receiptOf('b')]), { kind: 'moved' }, 'not read yet');
    assert.equal(second.receipt('b'), undefined);
    assert.deepEqual(
      second.read(0).map(({ command }) => command),
      ['a'],
    );
    assert.deepEqual(second.append(0, [newRow('b')], []), { kind: 'moved' });
    assert.deepEqual(second.append(2, [newRow('b')], []), { kind: 'moved' });
    assert.deepEqual(second.append(1, [newRow('b')], [receiptOf('b')]), { kind: 'kept', head: 2 });
    assert.deepEqual(
      first.read(1).map(({ command }) => command),
      ['b'],
    );
  });

  it('a command that has its receipt is not kept twice', async () => {
    const folder = newFolder();
    const [first, second] = [await openIn(folder), await openIn(folder)];
    assert.equal(first.append(0, [newRow('a')], [receiptOf('a')]).kind, 'kept');
    second.read(0);
    assert.deepEqual(second.append(1, [newRow('x'), newRow('a')], [receiptOf('x'), receiptOf('a')]), {
      kind: 'moved',
    });
    assert.deepEqual(second.receipt('a'), receiptOf('a'));
    assert.equal(second.receipt('x'), undefined);
    assert.equal(second.read(0).length, 1);
  });

  it('a writer stopped and continued (SIGSTOP, SIGCONT) anywhere: one history, no fork', async () => {
    const folder = newFolder();
    const writer = startWriter(folder, {
      steps: [{ do: 'append', prefix: 'a', count: 300 }, { do: 'close' }],
    });
    await writer.line(({ ack }) => ack === 'a20');
    writer.process.kill('SIGSTOP');
    const journal = await openIn(folder);
    for (const command of names('b', 5)) {
      journal.read(journal.head());
      const outcome = journal.append(journal.head(), [newRow(command)], [receiptOf(command)]);
      // Stopped inside its transaction it holds the lock, and this one is only told to come again.
      assert.ok(outcome.kind === 'kept' || outcome.kind === 'busy', JSON.stringify(outcome));
    }
    writer.process.kill('SIGCONT');
    assert.equal((await writer.ended).code, 0);
    journal.read(0);
    const commands = journal.read(0).map(({ command }) => command);
    assert.equal(new Set(commands).size, commands.length);
    assert.deepEqual(
      commands.filter((command) => command.startsWith('a')),
      names('a', 300),
    );
  });

  for (const point of [
    'append:begin',
    'append:begun',
    'append:row',
    'append:commit',
    'append:committed',
  ] as const) {
    it(`a writer stopped at ${point} and continued: one history, no fork`, async () => {
      const folder = newFolder();
      const journal = await openIn(folder);
      const writer = startWriter(folder, {
        stopAt: { point, nth: 3 },
        steps: [{ do: 'append', prefix: 'a', count: 5 }, { do: 'close' }],
      });
      await writer.line(({ stopping }) => stopping === true);
      // It says so before it stands; who is sent on before that stands for ever.
      await until(
        () => stateOf(writer.process.pid ?? 0),
        (state) => state.startsWith('T'),
      );
      // Past its lock it holds it while it stands; before, and after the commit, others go on without it.
      const holds = point !== 'append:begin' && point !== 'append:committed';
      journal.read(journal.head());
      const outcome = journal.append(journal.head(), [newRow('b')], [receiptOf('b')]);
      assert.equal(outcome.kind, holds ? 'busy' : 'kept');
      writer.process.kill('SIGCONT');
      assert.equal((await writer.ended).code, 0);
      journal.read(journal.head());
      const commands = journal.read(0).map(({ command }) => command);
      assert.deepEqual(commands.filter((command) => command !== 'b').sort(), names('a', 5));
      assert.equal(commands.length, holds ? 5 : 6);
    });
  }

  it('20 reloads, each before the one before is gone, some of them killed: one history, no fork', async () => {
    const folder = newFolder();
    const acked: string[] = [];
    let leaving = (): void => undefined;
    for (let reload = 1; reload <= 20; reload++) {
      const prefix = `r${reload}-`;
      if (reload % 5 === 0) {
        const steps: Step[] = [{ do: 'append', prefix, count: 3 }, { do: 'die' }];
        const killed = startWriter(folder, { steps });
        assert.equal((await killed.ended).signal, 'SIGKILL');
        acked.push(...acks(killed.lines));
      } else {
        const journal = await openIn(folder);
        assert.deepEqual([journal.standing, journal.notices], [{ kind: 'open' }, []]);
        appendAll(journal, names(prefix, 3));
        acked.push(...names(prefix, 3));
        leaving();
        leaving = () => journal.close();
      }
    }
    leaving();
    assert.equal(acked.length, 60);
    const rows = (await openIn(folder)).read(0);
    assert.deepEqual(
      rows.map(({ command }) => command),
      acked,
    );
  });

  it('a file locked by another is busy, and free again afterwards', async () => {
    const folder = newFolder();
    const journal = await openIn(folder);
    const other = new DatabaseSync(folder.file);
    other.exec('BEGIN IMMEDIATE');
    assert.deepEqual(journal.append(0, [newRow('a')], []), { kind: 'busy' });
    assert.deepEqual(journal.lease.take({ pid: 1, startedAt: 1, port: 1 }, 1), { kind: 'busy' });
    other.close();
    assert.deepEqual(journal.append(0, [newRow('a')], []), { kind: 'kept', head: 1 });
  });

  it('one hears of what another process wrote, and not of what it wrote itself', async () => {
    const folder = newFolder();
    const journal = await openIn(folder);
    const writer = startWriter(folder, {
      steps: [{ do: 'wait' }, { do: 'append', prefix: 'a', count: 3 }, { do: 'wait' }],
    });
    await writer.line(({ waiting }) => waiting === true);
    let heard = 0;
    const listener = { moved: (): void => undefined };
    journal.onMoved(() => {
      heard++;
      listener.moved();
    });
    assert.equal(journal.append(0, [newRow('own')], []).kind, 'kept');
    const moved = new Promise<void>((resolve) => (listener.moved = resolve));
    writer.goOn();
    await moved;
    assert.ok(journal.read(1).length > 0);
    await writer.line(({ ack }) => ack === 'a3');
    while (journal.head() < 4) {
      journal.read(journal.head());
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(heard >= 1 && heard <= 3);
  });

  it('the watching keeps no process alive', async () => {
    const folder = newFolder();
    const writer = startWriter(folder, { steps: [] }, ([node, , orders]) => [
      node ?? '',
      '--input-type=module',
      '-e',
      `const { openJournal } = await import(${JSON.stringify(new URL('../../../src/journal/sqlite.ts', import.meta.url).href)});
       const journal = await openJournal(JSON.parse(process.argv[1]));
       journal.onMoved(() => {});
       journal.lease.take({ pid: process.pid, startedAt: 1, port: 1 }, Date.now());`,
      orders ?? '',
    ]);
    const [code] = (await once(writer.process, 'close')) as [number];
    assert.equal(code, 0);
  });
});
