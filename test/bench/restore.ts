import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { root } from '../rig/places.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import type { Figure } from './figure.ts';
import { makeHistory } from './history.ts';
import { count, median, ms, spread } from './numbers.ts';
import type { Restored } from './restoreProgram.ts';
import { journalIn } from './server.ts';

const events = 100_000;
const rounds = 7;
const most = 500;

/** As it ships: compiled, and the thread that verifies in a file of its own. */
async function build(folder: string): Promise<string> {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { restore: 'test/bench/restoreProgram.ts', verify: 'src/journal/verifyProgram.ts' },
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    logLevel: 'warning',
  });
  return join(folder, 'restore.js');
}

/** Opening, verifying and replaying, beside a bare reading of the same rows with JSON.parse. */
export async function restore(): Promise<readonly Figure[]> {
  const folder = await temporaryFolder('restore');
  const place = journalIn(folder);
  try {
    await makeHistory(place, events);
    const args = [await build(folder), place.file, place.headFile, String(rounds)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const { ours, floors, seq } = JSON.parse(stdout) as Restored;
    return [
      {
        what: `${count(seq)} events with their receipts opened, verified and replayed`,
        ours: spread(ours),
        floor: `${ms(median(floors))} rows and JSON.parse alone`,
        target: `≤ ${most} ms`,
        holds: median(ours) <= most,
        broken: seq < events,
      },
    ];
  } finally {
    await removeFolder(folder);
  }
}
