import assert from 'node:assert/strict';
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Saves } from '../../../src/editor/worktrees/saves.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';

describe('what was saved in an editor of this folder', () => {
  let folder: string;
  before(async () => void (folder = await temporaryFolder('saves')));
  after(() => removeFolder(folder));

  it('is known after a reload, and to every other window, from that time on', () => {
    const file = join(folder, 'one.saves');
    const [first, other] = [new Saves(file), new Saves(file)];
    assert.equal(other.has('/a b/"é\n.js', 0), false);
    first.note('/a b/"é\n.js', 5);
    first.note('/c.js', 7);
    for (const window of [first, other, new Saves(file)]) {
      assert.deepEqual(
        [window.has('/a b/"é\n.js', 5), window.has('/a b/"é\n.js', 6), window.has('/c.js', 6)],
        [true, false, true],
      );
    }
    other.note('/c.js', 9);
    assert.equal(first.has('/c.js', 9), true);
    first.forget();
    assert.deepEqual([existsSync(file), first.has('/c.js', 0)], [false, false]);
    other.note('/d.js', 1);
    assert.equal(first.has('/d.js', 1), true);
  });

  it('a line that is cut short or damaged counts for nothing, and its rest when it comes', () => {
    const file = join(folder, 'two.saves');
    writeFileSync(file, 'x\n5 "\\q"\n12 "/a.js"\n13 "/b');
    const saves = new Saves(file);
    assert.deepEqual([saves.has('/a.js', 12), saves.has('/b.js', 1)], [true, false]);
    appendFileSync(file, '.js"\n');
    assert.equal(saves.has('/b.js', 13), true);
  });

  it('where it cannot be written, this window still knows', () => {
    const saves = new Saves(join(folder, 'nowhere', 'at-all.saves'));
    saves.note('/a.js', 3);
    assert.deepEqual([saves.has('/a.js', 3), saves.has('/a.js', 4)], [true, false]);
  });
});
