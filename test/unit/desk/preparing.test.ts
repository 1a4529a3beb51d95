import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Desk } from '../../../src/desk/desk.ts';
import type { Preparation, Prepared } from '../../../src/desk/preparing.ts';
import { refusal } from '../../../src/contract/refusal.ts';
import { takeTurn } from '../../../src/journal/turn.ts';
import { addWorker } from '../core/drafts.ts';
import { user } from '../core/history.ts';
import { newFolder, openIn, sweep } from '../journal/folder.ts';
import { closeDesks, command, deskIn, made, refused, start, todo } from './given.ts';

/** A desk on which adding a TODO needs work outside; what became of that stands in `log`. */
async function preparing(more: {
  readonly prepare?: () => Promise<Prepared | ReturnType<typeof refusal>> | undefined;
  readonly fits?: boolean;
  readonly fault?: (point: string) => void;
}): Promise<{ desk: Desk; log: string[]; folder: ReturnType<typeof newFolder> }> {
  const folder = newFolder();
  const log: string[] = [];
  const note = (what: string) => (): Promise<void> => Promise.resolve(void log.push(what));
  const preparation: Preparation = {
    turn: 'adding',
    prepare: async (_, events) => {
      log.push('prepared');
      return (
        (await more.prepare?.()) ?? {
          ...(more.fits ? { fits: (now) => JSON.stringify(now) === JSON.stringify(events) } : {}),
          keep: note('kept'),
          undo: note('undone'),
        }
      );
    },
  };
  const journal = await openIn(folder, more.fault ? { fault: more.fault } : {});
  const desk = new Desk(journal, () => 1, undefined, { 'add-todo': preparation });
  made(await desk.submit(command(start)));
  return { desk, log, folder };
}

describe('the desk: work outside that goes before an act', () => {
  afterEach(() => {
    closeDesks();
    sweep();
  });

  it('is kept once the act is durable, and done once for a command that is given twice', async () => {
    const { desk, log } = await preparing({});
    const add = command(todo(1), user, 'the one');
    const [first, second] = await Promise.all([desk.submit(add), desk.submit(add)]);
    assert.deepEqual(second, first);
    assert.deepEqual(await desk.submit(add), first);
    assert.deepEqual(log, ['prepared', 'kept']);
    assert.deepEqual(desk.madeBy('the one'), { todo: 1 });
    assert.equal(desk.madeBy('another'), undefined);
    desk.dispose();
  });

  it('is not begun for an act that the rules refuse', async () => {
    const { desk, log } = await preparing({});
    refused(await desk.submit(command(todo(1), { seat: 'worker', worker: 1 })), 'not-a-workers');
    assert.equal(desk.state.seq, 2, 'the try is on the record');
    assert.deepEqual(log, []);
    assert.equal(desk.state.todos.size, 0);
    desk.dispose();
  });

  it('where it fails, that is the answer, and nothing has changed', async () => {
    const why = refusal('setup-failed', 'The setup ended with code 1.', 'Mend it.');
    const { desk } = await preparing({ prepare: () => Promise.resolve(why) });
    const { seq } = desk.state;
    assert.deepEqual(await desk.submit(command(todo(1), user, 'no')), { ok: false, refusal: why });
    assert.equal(desk.state.seq, seq);
    assert.equal(desk.madeBy('no'), undefined);
    desk.dispose();
  });

  it('work that throws refuses the act, and the next one goes on', async () => {
    let fails = true;
    const { desk } = await preparing({
      prepare: () => (fails ? Promise.reject(new Error('a bug')) : undefined),
    });
    assert.match(refused(await desk.submit(command(todo(1))), 'defect').sentence, /a bug/);
    fails = false;
    made(await desk.submit(command(todo(1))));
    desk.dispose();
  });

  it('holds up the acts of its turn, and no other', async () => {
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const { desk, log } = await preparing({ prepare: () => gate.then(() => undefined as never) });
    const adding = [desk.submit(command(todo(1))), desk.submit(command(todo(2)))];
    made(await desk.submit(command(addWorker('web', 'code'))));
    assert.deepEqual(log, ['prepared']);
    assert.equal(desk.state.todos.size, 0);
    go();
    assert.deepEqual((await Promise.all(adding)).map(made), [{ todo: 1 }, { todo: 2 }]);
    assert.deepEqual(log, ['prepared', 'kept', 'prepared', 'kept']);
    desk.dispose();
  });

  it('P12: waits for an act of its turn in another window, and is judged by what that made', async () => {
    const folder = newFolder();
    const log: string[] = [];
    const windowOn = async (name: string): Promise<Desk> => {
      const preparation: Preparation = {
        turn: 'closing',
        alone: () => takeTurn(folder.file, 'closing'),
        prepare: () => {
          const other = new DatabaseSync(join(dirname(folder.file), 'closing.turn'), { timeout: 0 });
          assert.throws(() => other.exec('BEGIN EXCLUSIVE'), /locked/);
          other.close();
          log.push(`${name} prepared`);
          return Promise.resolve({
            keep: () => Promise.resolve(void log.push(`${name} kept`)),
            undo: () => Promise.resolve(void log.push(`${name} undone`)),
          });
        },
      };
      return new Desk(await openIn(folder), () => 1, undefined, { close: preparation });
    };
    const [one, other] = [await windowOn('one'), await windowOn('other')];
    made(await one.submit(command(start)));
    const closing = { type: 'close' };
    const replies = await Promise.all([one, other].map((desk) => desk.submit(command(closing as never))));
    assert.deepEqual(replies.map(({ ok }) => ok).toSorted(), [false, true]);
    const first = replies[0]?.ok === true ? 'one' : 'other';
    assert.deepEqual(log, [`${first} prepared`, `${first} kept`]);
    one.dispose();
    other.dispose();
  });

  for (const [often, end] of [
    [1, 'is undone and done again'],
    [9, 'is undone, and the act refused after three tries'],
  ] as const)
    it(`where another window makes another act of it meanwhile, it ${end}`, async () => {
      let times = 0;
      const meanwhile = async (): Promise<never> => {
        if ((times += 1) <= often) made(await other.submit(command(todo(`${times} of another`))));
        return undefined as never;
      };
      const { desk, log, folder } = await preparing({ fits: true, prepare: meanwhile });
      const { desk: other } = await deskIn(folder);
      const reply = await desk.submit(command(todo('of mine')));
      if (often === 1) assert.deepEqual(made(reply), { todo: 2 });
      else refused(reply, 'moved-meanwhile');
      const tries = ['prepared', 'undone'];
      assert.deepEqual(log, often === 1 ? [...tries, 'prepared', 'kept'] : [...tries, ...tries, ...tries]);
      desk.dispose();
    });

  it('where the journal cannot tell whether the act is kept, it is neither kept nor undone', async () => {
    let breaks = false;
    const { desk, log } = await preparing({
      fault: (point) => {
        if (breaks && point === 'append:committed') throw Object.assign(new Error('EIO'), { code: 'EIO' });
      },
    });
    breaks = true;
    const reply = await desk.submit(command(todo(1)));
    assert.ok(!reply.ok, JSON.stringify(reply));
    assert.ok(desk.trouble);
    assert.deepEqual(log, ['prepared']);
    desk.dispose();
  });
});
