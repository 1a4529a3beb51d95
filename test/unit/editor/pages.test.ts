import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { longestPage, pageStarts, rowsOf } from '../../../src/editor/tree/pages.ts';
import { listing, type Row } from '../../../src/editor/tree/row.ts';

const named = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `todo:${from + index}`);
const begins = (ids: readonly string[], starts: readonly number[]): Set<string> =>
  new Set(starts.slice(1).map((start) => ids[start] ?? ''));
const wholeOf = (ids: readonly string[]) =>
  listing(ids, {
    id: (id) => id,
    name: (id) => id.toUpperCase(),
    row: (id): Row => ({ id, label: id, icon: 'circle', context: 'todo', spoken: id }),
  });

describe('a long listing', () => {
  it('is drawn whole up to its longest page', () => {
    assert.deepEqual(pageStarts([], new Set()), [0]);
    assert.deepEqual(pageStarts(named(1, longestPage), new Set()), [0]);
    assert.deepEqual(pageStarts(named(1, longestPage + 1), new Set()), [0, 200]);
  });

  it('shows a row for each page with what is in it, the first one open', () => {
    const ids = named(1, 10_000);
    const rows = rowsOf(wholeOf(ids), pageStarts(ids, new Set()));
    assert.equal(rows.length, 50);
    assert.deepEqual(
      [rows[0]?.id, rows[0]?.label, rows[0]?.collapsed],
      ['from:head', 'TODO:1 … TODO:200', false],
    );
    const last = rows.at(-1);
    assert.deepEqual(
      [last?.label, last?.description, last?.collapsed],
      ['TODO:9801 … TODO:10000', '200', true],
    );
    assert.equal(last?.children?.().ids.length, 200);
    assert.equal(last?.children?.().row(41).id, 'todo:9842');
  });

  it('keeps its pages while the head is done and the tail grows', () => {
    let ids = named(1, 10_000);
    let starts = pageStarts(ids, new Set());
    const later = begins(ids, starts);
    ids = [...ids.slice(60), 'todo:10001'];
    starts = pageStarts(ids, later);
    assert.deepEqual(begins(ids, starts), later);
    // Too short a first page takes the next one in, and no other page moves.
    ids = ids.slice(60);
    starts = pageStarts(ids, later);
    later.delete('todo:201');
    assert.deepEqual(begins(ids, starts), later);
  });

  it('has every row on one page, none of them too long, whatever happens to it', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 3_000 }), { maxLength: 2_000 });
    fc.assert(
      fc.property(numbers, numbers, (before, after) => {
        const [first, then] = [before, after].map((list) => list.map((n) => `todo:${n}`));
        const known = begins(first ?? [], pageStarts(first ?? [], new Set()));
        const whole = wholeOf(then ?? []);
        const starts = pageStarts(whole.ids, known);
        const shown = rowsOf(whole, starts).flatMap((row) => row.children?.().ids ?? [row.id]);
        assert.deepEqual(shown, whole.ids);
        const ends = [...starts.slice(1), whole.ids.length];
        for (const [index, start] of starts.entries()) assert.ok((ends[index] ?? 0) - start <= longestPage);
      }),
    );
  });
});
