import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { dirname, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { gatesOf } from '../../src/core/gates.ts';
import { reviewLines } from '../../src/core/views/reviewLines.ts';
import { worstFirst } from '../../src/core/views/worstFirst.ts';
import { commit, Ground } from '../unit/git/given.ts';
import { closeHouses, dispatched, submitted, type GitHouse } from '../unit/git/house.ts';
import type { Figure } from './figure.ts';
import { count, median, ms, spread } from './numbers.ts';

const files = 1_000;
const rounds = 5;
/** A result lists no more files than that. */
const mostListed = 200;
const twice = 2;
/** A keystroke that waits longer is felt. */
const felt = 50;
const run = promisify(execFile);

const nameOf = (n: number): string => `src/part${n % 20}/file${n}.js`;
const textOf = (n: number, round: number): string =>
  Array.from(
    { length: 40 },
    (_, line) => `export const value${line} = ${(n + 1) * (line % 7 === 0 ? round : 1)};\n`,
  ).join('');

async function writeAll(folder: string, round: number): Promise<void> {
  for (let n = 0; n < files; n += 1) {
    const file = join(folder, nameOf(n));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, textOf(n, round));
  }
}

/** The git commands alone that any measure of a change needs: what stands there, how it differs, and how it merges. */
async function bare(path: string, index: string, base: string, head: string): Promise<void> {
  const maxBuffer = 64_000_000;
  const git = async (own: string, ...args: readonly string[]): Promise<string> =>
    (await run('git', ['-C', path, ...args], { env: { ...process.env, GIT_INDEX_FILE: own }, maxBuffer }))
      .stdout;
  await git(index, 'add', '--all');
  const tree = (await git(index, 'write-tree')).trim();
  await git(
    index,
    'diff-tree',
    '-r',
    '-z',
    '--raw',
    '--numstat',
    '--no-abbrev',
    '--find-renames',
    base,
    tree,
  );
  const side = (await git(index, 'commit-tree', '-p', base, '-m', 'side', tree)).trim();
  await git(index, 'merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', head, side);
}

async function opened(house: GitHouse): Promise<void> {
  const seen = await house.outside.reviews.measure(1);
  if (!('measured' in seen) || seen.measured.files.length !== files) throw new Error(JSON.stringify(seen));
  gatesOf(house.desk.state, 1, seen, house.workspace);
  reviewLines(house.desk.state, 1, seen, house.workspace);
  worstFirst(house.desk.state, seen.measured, house.workspace);
}

interface Times {
  readonly ours: number[];
  readonly floor: number[];
}

function besideGit(what: string, { ours, floor }: Times): Figure {
  return {
    what,
    ours: `${spread(ours)}, ${(median(ours) / median(floor)).toFixed(2)} × the floor`,
    floor: `${ms(median(floor))} for the git commands alone`,
    target: '≤ 2 × the floor',
    holds: median(ours) <= twice * median(floor),
  };
}

/** A change of a thousand files, measured and judged, beside git's own part of that; and what it holds up meanwhile. */
export async function review(): Promise<readonly Figure[]> {
  const ground = new Ground();
  await ground.open();
  try {
    const before = Object.fromEntries(Array.from({ length: files }, (_, n) => [nameOf(n), textOf(n, 1)]));
    const top = ground.repository(before);
    const { house, path } = await dispatched(top, 'worktree');
    const base = (await run('git', ['-C', path, 'rev-parse', 'HEAD'])).stdout.trim();
    const index = join(ground.folder, 'bench.index');
    const own = (await run('git', ['-C', path, 'rev-parse', '--git-path', 'index'])).stdout.trim();
    await copyFile(isAbsolute(own) ? own : join(path, own), index);
    await writeAll(path, 2);
    // The person went on meanwhile, so that there is something to merge with.
    const head = commit(top, { 'README.md': 'The sluice\n' });
    await submitted(house, Object.keys(before).slice(0, mostListed));
    const fresh: Times = { ours: [], floor: [] };
    const known: Times = { ours: [], floor: [] };
    const pauses: number[] = [];
    const timed = async (times: Times, mine: number, gits: number): Promise<void> => {
      await writeAll(path, mine);
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const from = performance.now();
      await opened(house);
      times.ours.push(performance.now() - from);
      delay.disable();
      pauses.push(delay.max / 1e6);
      await writeAll(path, gits);
      const again = performance.now();
      await bare(path, index, base, head);
      times.floor.push(performance.now() - again);
    };
    for (let round = 0; round < rounds; round += 1) {
      const [mine, gits] = [3 + 2 * round, 4 + 2 * round];
      // Content that git has seen before costs it no object to write: at first each side gets its own.
      await timed(fresh, mine, gits);
      await timed(known, gits, mine);
    }
    return [
      besideGit(`a change of ${count(files)} files measured, and its four gates`, fresh),
      besideGit('the same where git has seen the content before', known),
      {
        what: 'what that holds up typing meanwhile: longest pause of the event loop',
        ours: spread(pauses),
        floor: '',
        target: `≤ ${felt} ms`,
        holds: median(pauses) <= felt,
      },
    ];
  } finally {
    closeHouses();
    await ground.close();
  }
}
