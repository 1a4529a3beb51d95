import assert from 'node:assert/strict';
import { at, change, each, emptyTable, put, type Table } from '../../../src/core/table.ts';

describe('a table', () => {
  it('T3: keeps every older state whole and shares what did not change', () => {
    let table: Table<{ readonly words: string }> = emptyTable();
    for (let n = 1; n <= 300; n += 1) table = put(table, n, { words: `TODO ${n}` });
    const later = change(table, 150, { words: 'other' });
    assert.deepEqual([at(table, 150)?.words, at(later, 150)?.words], ['TODO 150', 'other']);
    assert.equal(later.chunks.filter((chunk, index) => chunk !== table.chunks[index]).length, 1);
    assert.equal([...each(later)].length, 300);
  });

  it('T3: takes no gap and no number that is none', () => {
    const table = put(emptyTable<object>(), 1, {});
    for (const n of [0, -1, 1.5, 3, Number.NaN]) assert.throws(() => put(table, n, {}), RangeError);
    assert.throws(() => change(table, 2, {}), RangeError);
    assert.equal(at(table, 0), undefined);
  });
});
