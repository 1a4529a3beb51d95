import type { Figure } from './figure.ts';
import { openInserts } from './inserts.ts';
import { Line } from './line.ts';
import { median, ms, spread } from './numbers.ts';
import { serve } from './server.ts';

const sizes = [100, 1_000, 10_000];
const rounds = 5;
const block = 200;
const warmUp = 300;
const most = 1.3;

interface Blocks {
  readonly calls: readonly number[];
  readonly empties: readonly number[];
  readonly inserts: readonly number[];
}

/** A worker's durable call against the same server's empty call and one durable insert, in alternating blocks. */
async function measured(todos: number): Promise<Blocks> {
  const bench = await serve(1, todos);
  const inserts = await openInserts();
  const { url, orchestrator, workers } = bench.said;
  const lead = new Line(url, orchestrator);
  const worker = new Line(url, workers[0]?.token ?? '');
  try {
    await lead.call('dispatch_todo', { worker: 1 });
    const { task } = (await worker.call('get_task')).result.structuredContent ?? {};
    let said = 0;
    const call = async (): Promise<number> => {
      said += 1;
      return (await worker.call('report_progress', { task, text: `At checkpoint ${said}.` })).took;
    };
    const empty = async (): Promise<number> => (await worker.nothing()).took;
    for (let n = 0; n < warmUp; n += 1) {
      await call();
      await empty();
      inserts.once();
    }
    const blockOf = async (one: () => Promise<number> | number): Promise<number> => {
      const took = [];
      for (let n = 0; n < block; n += 1) took.push(await one());
      return median(took);
    };
    const blocks = { calls: [] as number[], empties: [] as number[], inserts: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      blocks.calls.push(await blockOf(call));
      blocks.empties.push(await blockOf(empty));
      blocks.inserts.push(await blockOf(() => inserts.once()));
    }
    return blocks;
  } finally {
    lead.hangUp();
    worker.hangUp();
    await inserts.close();
    await bench.end();
    await bench.remove();
  }
}

export async function calls(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const todos of sizes) {
    const blocks = await measured(todos);
    const [empty, insert] = [median(blocks.empties), median(blocks.inserts)];
    const ratio = median(blocks.calls) / (empty + insert);
    figures.push({
      what: `a worker's durable call over HTTP, ${todos.toLocaleString('en-US')} TODOs`,
      ours: spread(blocks.calls),
      floor: `${ms(empty)} empty call + ${ms(insert)} insert`,
      target: `≤ ${most} × the floor: ${ratio.toFixed(2)} ×`,
      holds: ratio <= most,
    });
  }
  return figures;
}
