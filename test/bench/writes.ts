import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reading } from '../rig/reading.ts';
import { temporaryFolder } from '../rig/temporary.ts';
import type { Figure } from './figure.ts';
import { Line } from './line.ts';
import { count, median } from './numbers.ts';
import { journalIn, serve, start } from './server.ts';

const clients = 16;
const perClient = 250;
const rounds = 3;

/** Writes a second of so many clients, each with one call under way at any time. */
async function rate(
  lines: readonly Line[],
  write: (line: Line, n: number) => Promise<unknown>,
): Promise<number> {
  const from = performance.now();
  await Promise.all(
    lines.map(async (line, index) => {
      for (let n = 0; n < perClient; n += 1) await write(line, index * perClient + n);
    }),
  );
  return (clients * perClient * 1_000) / (performance.now() - from);
}

const linesTo = (url: string, token: string): Line[] =>
  Array.from({ length: clients }, () => new Line(url, token));

function rowsOf(file: string, sql: string): number {
  return reading(file, (db) => Number(db.prepare(sql).get()?.['n']));
}

/** Ours and the reference server in alternating rounds; afterwards every acknowledged write is looked for. */
export async function writes(): Promise<readonly Figure[]> {
  const ours = await serve(1, 100);
  const folder = await temporaryFolder('reference');
  const program = fileURLToPath(new URL('referenceServer.ts', import.meta.url));
  const reference = await start<{ url: string }>(folder, program, [folder]);
  const { url, orchestrator, workers } = ours.said;
  const lead = new Line(url, orchestrator);
  const own = linesTo(url, workers[0]?.token ?? '');
  const others = linesTo(reference.said.url, '');
  try {
    await lead.call('dispatch_todo', { worker: 1 });
    const { task } = (await own[0]?.call('get_task'))?.result.structuredContent ?? {};
    let said = 0;
    const ourRates: number[] = [];
    const referenceRates: number[] = [];
    const text = (): string =>
      `At checkpoint ${(said += 1)} of a task that reports more often than it should.`;
    for (let round = 0; round <= rounds; round += 1) {
      const mine = await rate(own, (line) => line.call('report_progress', { task, text: text() }));
      const theirs = await rate(others, (line) => line.call('add', { text: text() }));
      // The first round warms both up.
      if (round > 0) {
        ourRates.push(mine);
        referenceRates.push(theirs);
      }
    }
    const [mine, theirs] = [median(ourRates), median(referenceRates)];
    for (const line of [lead, ...own, ...others]) line.hangUp();
    await Promise.all([ours.end(), reference.end()]);
    const sent = clients * perClient * (rounds + 1);
    const kept = rowsOf(
      journalIn(ours.folder).file,
      "SELECT count(DISTINCT body) AS n FROM event WHERE type = 'progressed'",
    );
    const twice = rowsOf(
      journalIn(ours.folder).file,
      "SELECT count(*) - count(DISTINCT body) AS n FROM event WHERE type = 'progressed'",
    );
    const lost = sent - kept;
    return [
      {
        what: `writes a second, ${clients} clients`,
        ours: count(mine),
        floor: `${count(theirs)} of the reference server`,
        target: '≥ the reference server',
        holds: mine >= theirs,
      },
      {
        what: `of ${count(sent)} acknowledged writes: lost / twice`,
        ours: `${lost} / ${twice}`,
        floor: `${sent - rowsOf(join(reference.folder, 'reference.db'), 'SELECT count(*) AS n FROM note')} / 0`,
        target: '0 / 0',
        holds: lost === 0 && twice === 0,
        broken: lost !== 0 || twice !== 0,
      },
    ];
  } finally {
    await Promise.all([ours.remove(), reference.remove()]);
  }
}
