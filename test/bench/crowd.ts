import { setTimeout as wait } from 'node:timers/promises';
import type { Effort, Figure } from './figure.ts';
import { Line } from './line.ts';
import { count, median, ms, quantile } from './numbers.ts';
import { journalIn, serve } from './server.ts';
import { reading } from '../rig/reading.ts';
import { shown } from '../rig/unchanged.ts';

const crowd = 100;
const perSecond = 100;
const reports = 5;
const mostAtP99 = 50;
/** Dispatch, acknowledge, the reports, submit, approve: all durable. */
const perTask = reports + 4;

const result = (task: unknown, n: number): Record<string, unknown> => ({
  task,
  outcome: 'done',
  summary: `The function part${n} is exported.`,
  evidence: [{ done_when: 1, shows: `src/part${n}.ts exports part${n}` }],
  files: [`src/part${n}.ts`],
  plan_affected: 'no',
  still_open: 'Nothing',
});
const judged = [{ done_when: 1, pass: true, word: 'Seen.' }];

/**
 * A hundred workers wait for work in long polls, and take it in turn as the gate hands it out. What they write is
 * due at even moments; a call is timed from the moment it was due, so that a slow one counts against those behind.
 */
export async function crowdOfWorkers({ seconds }: Effort): Promise<readonly Figure[]> {
  const tasks = Math.ceil((seconds * perSecond) / perTask);
  const bench = await serve(crowd, tasks);
  const { url, orchestrator, workers } = bench.said;
  const lead = new Line(url, orchestrator);
  const own = workers.map(({ token }) => new Line(url, token));
  const took: number[] = [];
  const errors: string[] = [];
  let isOver = false;
  const acknowledged = new Map<string, number>();

  const began = performance.now();
  let due = began;
  const durable = async (line: Line, name: string, input: Record<string, unknown>) => {
    due += 1_000 / perSecond;
    await wait(Math.max(0, due - performance.now()));
    const from = Math.min(due, performance.now());
    const said = await line.call(name, input);
    took.push(performance.now() - from);
    acknowledged.set(name, (acknowledged.get(name) ?? 0) + 1);
    return said.result.structuredContent ?? {};
  };

  const handed = new Map<number, (task: unknown) => void>();
  /** Waits for work as an agent does, until there is some. */
  const poll = async (index: number): Promise<void> => {
    while (!isOver) {
      const { task } =
        (await own[index]?.call('get_task', { wait_seconds: 45 }))?.result.structuredContent ?? {};
      if (typeof task === 'string') return handed.get(index)?.(task);
    }
  };
  const fail = (error: unknown): void => {
    if (!isOver) errors.push(error instanceof Error ? error.message : String(error));
  };
  const pollAgain = (index: number): void => void poll(index).catch(fail);
  for (const index of own.keys()) pollAgain(index);

  try {
    for (let n = 1; n <= tasks; n += 1) {
      const index = (n - 1) % crowd;
      const line = own[index];
      if (!line) break;
      const got = new Promise<unknown>((resolve) => handed.set(index, resolve));
      await durable(lead, 'dispatch_todo', { worker: index + 1 });
      const task = await got;
      await durable(line, 'acknowledge_task', { task });
      for (let k = 1; k <= reports; k += 1)
        await durable(line, 'report_progress', { task, text: `Checkpoint ${k} of ${reports}.` });
      const { result: number } = await durable(line, 'submit_result', result(task, n));
      await durable(lead, 'approve_result', { result: number, judged, shown });
      pollAgain(index);
    }
  } catch (error) {
    fail(error);
  }
  const lasted = (performance.now() - began) / 1_000;
  isOver = true;
  for (const line of [lead, ...own]) line.hangUp();
  await bench.end();
  const lost = lostOf(journalIn(bench.folder).file, acknowledged);
  await bench.remove();
  const p99 = quantile(took, 0.99);
  return [
    {
      what: `${crowd} workers, ${(took.length / lasted).toFixed(0)} durable calls a second in all, ${lasted.toFixed(0)} s: p50 / p99`,
      ours: `${ms(median(took))} / ${ms(p99)}`,
      floor: '',
      target: `p99 ≤ ${mostAtP99} ms`,
      holds: p99 <= mostAtP99,
    },
    {
      what: `of those ${count(took.length)}: errors / lost`,
      ours: `${errors.length} / ${lost}${errors[0] === undefined ? '' : ` (${errors[0].slice(0, 100)})`}`,
      floor: '',
      target: '0 / 0',
      holds: errors.length === 0 && lost === 0,
      broken: errors.length > 0 || lost !== 0,
    },
  ];
}

const eventOf: Readonly<Record<string, string>> = {
  dispatch_todo: 'dispatched',
  acknowledge_task: 'acknowledged',
  report_progress: 'progressed',
  submit_result: 'resulted',
  approve_result: 'approved',
};

/** Acknowledged calls that the journal has no event of. */
function lostOf(file: string, acknowledged: ReadonlyMap<string, number>): number {
  return reading(file, (db) => {
    const counted = db.prepare('SELECT count(*) AS n FROM event WHERE type = ?');
    let lost = 0;
    for (const [call, times] of acknowledged)
      lost += Math.max(0, times - Number(counted.get(eventOf[call] ?? '')?.['n']));
    return lost;
  });
}
