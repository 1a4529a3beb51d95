import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildGuard } from '../../.tools/build.mjs';
import { copyProgram, guardCopyIn } from '../../src/agents/launch/guardCopy.ts';
import type { Figure } from './figure.ts';
import { median, ms, spread } from './numbers.ts';
import { serve } from './server.ts';

const rounds = 40;
const most = 60;

/** From the start of the guard to its answer, the door asked, beside a Node that does nothing. */
export async function guard(): Promise<readonly Figure[]> {
  const bench = await serve(1, 100);
  try {
    const program = guardCopyIn(bench.folder);
    await buildGuard(bench.folder);
    await copyProgram(join(bench.folder, 'guard.js'), program);
    const [worker] = bench.said.workers;
    const env = { LOCKKEEPER_URL: bench.said.url, LOCKKEEPER_TOKEN: worker?.token ?? '' };
    const file = join(bench.folder, 'src/a.ts');
    const hook = (tool: string, input: object): string =>
      JSON.stringify({ hook_event_name: 'PreToolUse', tool_name: tool, tool_input: input });
    const asked = hook('Write', { file_path: file, content: 'x'.repeat(10_000) });
    const unasked = hook('Bash', { command: 'npm test 2>&1 | tail' });
    const [asking, passing, floor]: [number[], number[], number[]] = [[], [], []];
    let wrong = 0;
    for (let round = 0; round < rounds; round += 1) {
      floor.push((await run(['-e', '0'], {}, '')).took);
      const no = await run([program], env, asked);
      const yes = await run([program], env, unasked);
      asking.push(no.took);
      passing.push(yes.took);
      // The worker of the bench has no task, so its write is denied by the door's own word.
      if (no.code !== 2 || !no.said.includes('no task') || yes.code !== 0) wrong += 1;
    }
    const least = median(floor);
    return [
      {
        what: 'the guard, from its start to the answer of the door',
        ours: `${spread(asking)}, ${(median(asking) / least).toFixed(2)} × the floor`,
        floor: `${ms(least)} for node -e 0`,
        target: `≤ ${most} ms`,
        holds: median(asking) <= most,
        broken: wrong > 0,
      },
      {
        what: 'the guard, a command that writes nothing',
        ours: spread(passing),
        floor: ms(least),
        target: '',
      },
    ];
  } finally {
    await bench.end();
    await bench.remove();
  }
}

async function run(
  args: readonly string[],
  env: Record<string, string>,
  stdin: string,
): Promise<{ readonly took: number; readonly code: number | null; readonly said: string }> {
  const from = performance.now();
  const child = spawn(process.execPath, args, { env });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const [code] = (await once(child, 'close')) as [number | null];
  return { took: performance.now() - from, code, said };
}
