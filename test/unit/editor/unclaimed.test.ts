import assert from 'node:assert/strict';
import { Unclaimed } from '../../../src/editor/ownership/unclaimedRow.ts';

describe('writes beside every scope', () => {
  it('are one row that says how many, and that nobody knows by whom, until it is dismissed', () => {
    let drawn = 0;
    const unclaimed = new Unclaimed(() => (drawn += 1));
    assert.equal(unclaimed.rows.length, 0);
    for (const name of ['a.md', 'src/\u202eb.md', 'a.md']) unclaimed.add(name);
    assert.equal(drawn, 2);
    const [row, another] = unclaimed.rows;
    assert.equal(another, undefined);
    assert.equal(row?.label, '2 files written outside every scope');
    assert.match(row?.description ?? '', /^inferred, nobody knows by whom: .*a\.md$/);
    assert.ok(!JSON.stringify([row?.description, row?.tooltip?.()]).includes('\u202e'));
    unclaimed.dismiss();
    assert.deepEqual([unclaimed.rows.length, unclaimed.names.length, drawn], [0, 0, 3]);
  });

  it('are counted to an end: a build writes a hundred thousand', () => {
    const unclaimed = new Unclaimed(() => undefined);
    for (let n = 0; n < 2_000; n += 1) unclaimed.add(`out/${n}.js`);
    assert.match(unclaimed.rows[0]?.label ?? '', /^500 or more files/);
  });
});
