import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createTeller, type Teller } from '../../../src/journal/teller.ts';
import { newFolder, sweep } from './folder.ts';

describe('journal: the one window of several that speaks', () => {
  const windows: ChildProcess[] = [];
  let file: string;
  beforeEach(() => {
    ({ file } = newFolder());
    mkdirSync(dirname(file), { recursive: true });
  });
  afterEach(() => {
    for (const window of windows.splice(0)) window.kill('SIGKILL');
    sweep();
  });

  /** The teller of a window: a process that lives until it is killed. */
  const open = async (): Promise<{ process: ChildProcess; teller: Teller }> => {
    const window = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    windows.push(window);
    await once(window, 'spawn');
    return { process: window, teller: createTeller(file, { pid: window.pid ?? 0, startedAt: 1 }) };
  };

  it('is the first that has something to say, and then the one that took it last', async () => {
    const [first, second] = [await open(), await open()];
    assert.deepEqual([first.teller.isMine(), second.teller.isMine()], [true, false]);
    second.teller.take();
    assert.deepEqual([first.teller.isMine(), second.teller.isMine()], [false, true]);
    first.teller.take();
    assert.deepEqual([first.teller.isMine(), second.teller.isMine()], [true, false]);
  });

  it('is another once it was closed, or killed', async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    first.teller.take();
    first.teller.dispose();
    assert.deepEqual([second.teller.isMine(), third.teller.isMine()], [true, false]);
    first.teller.dispose();
    assert.equal(second.teller.isMine(), true, 'only its own word is taken back');
    second.process.kill('SIGKILL');
    await once(second.process, 'exit');
    assert.deepEqual([third.teller.isMine(), first.teller.isMine()], [true, false]);
  });

  it('is everybody where no word can be kept, and nobody is kept silent by another machine', async () => {
    const [first, second] = [await open(), await open()];
    first.teller.take();
    const record = join(dirname(file), 'teller.json');
    writeFileSync(record, readFileSync(record, 'utf8').replace(/"place":"/, '"place":"elsewhere '));
    assert.equal(second.teller.isMine(), true);
    for (const garbage of ['', '{', 'null', '{"pid":"x"}']) {
      writeFileSync(record, garbage);
      assert.equal(first.teller.isMine(), true, garbage);
    }
    rmSync(dirname(file), { recursive: true });
    assert.deepEqual([first.teller.isMine(), second.teller.isMine()], [true, true]);
  });
});
