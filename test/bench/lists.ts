import type { Figure } from './figure.ts';
import { Line } from './line.ts';
import { count, kilobytes, median, ms } from './numbers.ts';
import { serve } from './server.ts';

const todos = 10_000;
const most = 32_000;

/** The whole TODO list over MCP, page after page, as large as it gives them. */
export async function lists(): Promise<readonly Figure[]> {
  const bench = await serve(1, todos);
  const lead = new Line(bench.said.url, bench.said.orchestrator);
  try {
    const bytes: number[] = [];
    const took: number[] = [];
    let listed = 0;
    for (let after: unknown; ;) {
      const page = await lead.call('list_todos', { limit: 500, ...(after === undefined ? {} : { after }) });
      const { todos: entries, next } = page.result.structuredContent ?? {};
      bytes.push(page.bytes);
      took.push(page.took);
      listed += (entries as unknown[]).length;
      if (next === undefined) break;
      after = next;
    }
    const status = [];
    for (let n = 0; n < 50; n += 1) status.push((await lead.call('get_status')).took);
    const longest = Math.max(...bytes);
    return [
      {
        what: `a page of the list over MCP, ${count(todos)} TODOs in ${bytes.length} pages: the longest`,
        ours: kilobytes(longest),
        floor: '',
        target: `≤ ${kilobytes(most)}`,
        holds: longest <= most,
        broken: listed !== todos,
      },
      { what: 'such a page', ours: ms(median(took)), floor: '', target: '' },
      { what: 'get_status there', ours: ms(median(status)), floor: '', target: '' },
    ];
  } finally {
    lead.hangUp();
    await bench.end();
    await bench.remove();
  }
}
