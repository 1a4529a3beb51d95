import type { Listing, Row } from './row.ts';

const pageSize = 200;
const shortest = pageSize / 2;
/** What is not longer is drawn whole. */
export const longestPage = pageSize + shortest;

/**
 * Where the pages of a long listing begin. `before` holds the ids with which they began so far: a page keeps its
 * beginning while that is there, so that what is done at the head or added at the end moves no other page.
 */
export function pageStarts(ids: readonly string[], before: ReadonlySet<string>): readonly number[] {
  const kept = before.size === 0 ? [] : ids.flatMap((id, index) => (before.has(id) ? [index] : []));
  const starts = [0];
  let last = 0;
  for (const next of [...kept, ids.length]) {
    while (next - last > longestPage) starts.push((last += pageSize));
    if (next < ids.length && next - last >= shortest) starts.push((last = next));
  }
  return starts;
}

/**
 * The rows of a listing: each of them, or a row for each page, the first of which is open. VS Code fetches all that
 * stands below a row that changed, so what changes on one page changes that page's row alone.
 */
export function rowsOf(whole: Listing, starts: readonly number[]): readonly Row[] {
  const { length } = whole.ids;
  if (starts.length === 1) return whole.ids.map((_, index) => whole.row(index));
  return starts.map((start, index) => pageRow(whole, start, starts[index + 1] ?? length));
}

function pageRow(whole: Listing, start: number, end: number): Row {
  const label = `${whole.name(start)} … ${whole.name(end - 1)}`;
  return {
    id: `from:${start === 0 ? 'head' : whole.ids[start]}`,
    label,
    description: String(end - start),
    icon: 'ellipsis',
    context: 'page',
    spoken: `${end - start} rows, from ${whole.name(start)} to ${whole.name(end - 1)}`,
    tooltip: () => 'Open it to see its rows. The find of this view looks only into what is open.',
    collapsed: start > 0,
    children: () => ({
      ids: whole.ids.slice(start, end),
      name: (index) => whole.name(start + index),
      row: (index) => whole.row(start + index),
    }),
  };
}
