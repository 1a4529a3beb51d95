import assert from 'node:assert/strict';
import { mostFiles, pageOf, worstFirst } from '../../../../src/core/views/worstFirst.ts';
import { nothing } from '../drafts.ts';
import { released, resulted } from '../given.ts';
import { user } from '../history.ts';
import { changed, seen } from '../seen.ts';

describe('the files of a change', () => {
  it('P8: stand worst first: what fails a gate, what the text does not show, the rest', () => {
    const history = released('Add the first sluice');
    history.does(user, { type: 'edit-todo', todo: 1, packet: { scope: ['src/'] }, role: '' });
    resulted(history, nothing());
    const files = [
      ...Array.from({ length: 450 }, (_, n) => changed(`src/part${n}.js`)),
      changed('src/run.sh', { mode: { old: '100644', new: '100755' } }),
      changed('src/gate.png', { binary: true }),
      changed('lib/other.js'),
    ];
    const all = worstFirst(history.state, seen({ files }).measured, history.workspace);
    assert.deepEqual(
      all.slice(0, 4).map(({ file, faults, notes }) => [file.path, faults.length, notes.length]),
      [
        ['lib/other.js', 1, 0],
        ['src/run.sh', 0, 1],
        ['src/gate.png', 0, 1],
        ['src/part0.js', 0, 0],
      ],
    );
    assert.equal(all.length, files.length);
  });

  it('P8: are open two hundred at a time, each on one page, and behind the last page is the first', () => {
    const all = Array.from({ length: 453 }, (_, n) => n);
    const pages = [0, 1, 2].map((page) => pageOf(all, page));
    assert.deepEqual(
      pages.map(({ page, shown }) => [page, shown.length]),
      [
        [0, mostFiles],
        [1, mostFiles],
        [2, 53],
      ],
    );
    assert.equal(mostFiles, 200);
    assert.deepEqual(
      pages.flatMap(({ shown }) => shown),
      all,
    );
    assert.equal(pageOf(all, 3).page, 0);
    assert.deepEqual(pageOf([], 1), { page: 0, shown: [] });
  });
});
