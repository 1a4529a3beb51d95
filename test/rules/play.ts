/**
 * `play.ts FOLDER`: runs the unit tests named after rules in a copy of the sources, as often as its parent asks, and
 * tells what they came to. Everything of the copy is loaded anew each time, everything else once.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import Mocha from 'mocha';
import '../unit/seed.ts';
import { Freshly } from './freshly.ts';

/** The tests of these rules; without any, those that went red in this process. */
export interface Wanted {
  readonly ids?: readonly string[];
  /** The file that was changed since, from the top of the repository; then the first red test is the last one run. */
  readonly changed?: string;
  /** Milliseconds of each file of tests when nothing was changed. The shortest is run first. */
  readonly took?: Readonly<Record<string, number>>;
}

/** What the tests of a rule came to. */
export interface Played {
  readonly passed: readonly string[];
  /** Tests that an assertion turned red. */
  readonly noticed: readonly string[];
  /** Anything else that went wrong, a change that does not load among it. */
  readonly broken: readonly string[];
  readonly took: Readonly<Record<string, number>>;
}

const rooms = ['agents', 'contract', 'core', 'desk', 'editor'];
/** A rule has a test that says what is wrong; random histories and pairs notice much, and by luck. */
const byLuck = ['anyHistory.test.ts', 'waysOut.test.ts', 'pairs.test.ts', 'desk/ownership.test.ts'];
/** A change is made in this process; what starts others of its own takes longer than all the rest. */
const inOthers = ['agents/stop.test.ts', 'agents/guard/guard.test.ts', 'agents/connect/launch.test.ts'];
/** What went red is played again alone, without the change; the tests of a story go on from each other. */
const inOrder = ['walk/gate.test.ts', 'walk/playbook.test.ts', 'agents/story.test.ts'];
const leftOut = [...byLuck, ...inOthers, ...inOrder];

const [folder = ''] = process.argv.slice(2);

function allTests(): ReadonlyMap<string, string> {
  const within = rooms.flatMap((room) =>
    readdirSync(join(folder, 'test/unit', room), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(room, name),
    ),
  );
  const paths = within
    .map((name) => join(folder, 'test/unit', name))
    .filter((path) => path.endsWith('.test.ts') && !leftOut.some((name) => path.endsWith(name)));
  return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

function isAssertion(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name.startsWith('AssertionError') || isAssertion(error.cause);
}

/** Runs one file; with `isToStop` no further than to its first red test. */
async function playFile(path: string, grep: RegExp, isToStop: boolean): Promise<Omit<Played, 'took'>> {
  const played = { passed: [] as string[], noticed: [] as string[], broken: [] as string[] };
  const mocha = new Mocha({ timeout: 60_000, grep, reporter: class {} as never });
  mocha.suite.emit('pre-require', globalThis as never, path, mocha);
  try {
    await import(pathToFileURL(path).href);
  } catch (error) {
    return { ...played, broken: [`does not load: ${String(error)}`] };
  }
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => played.passed.push(test.fullTitle()));
    runner.on('fail', (test, error: unknown) => {
      if (!isAssertion(error)) played.broken.push(`${test.fullTitle()}: ${String(error)}`);
      else {
        played.noticed.push(test.fullTitle());
        if (isToStop) runner.abort();
      }
    });
  });
  mocha.dispose();
  return played;
}

const tests = allTests();
const freshly = new Freshly(folder);
const name = (path: string): string => relative(folder, path);
/** Titles of tests that went red, by their file. */
const reds = new Map<string, Set<string>>();

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The files that hold what is wanted, each with the titles to run. */
function chosen({ ids, took = {} }: Wanted): readonly (readonly [string, RegExp])[] {
  if (ids === undefined)
    return [...reds].map(([path, titles]) => [
      path,
      new RegExp(`^(?:${[...titles].map(escaped).join('|')})$`),
    ]);
  const named = new RegExp(`\\b(?:it|describe)\\(\\s*['"\`](?:${ids.join('|')}): `);
  const grep = new RegExp(`(?:^| )(?:${ids.join('|')}): `);
  const files = [...tests].filter(([, text]) => named.test(text)).map(([path]) => path);
  files.sort((one, other) => (took[name(one)] ?? 0) - (took[name(other)] ?? 0));
  return files.map((path) => [path, grep]);
}

async function play(wanted: Wanted): Promise<Played> {
  const { changed } = wanted;
  freshly.begin(changed === undefined ? undefined : join(folder, changed));
  const all: Played[] = [];
  for (const [path, grep] of chosen(wanted)) {
    const begun = performance.now();
    const played = await playFile(path, grep, changed !== undefined);
    all.push({ ...played, took: { [name(path)]: performance.now() - begun } });
    if (changed !== undefined && played.noticed.length > 0)
      reds.set(path, new Set([...(reds.get(path) ?? []), ...played.noticed]));
    if (changed !== undefined && played.noticed.length > 0) break;
  }
  return {
    passed: all.flatMap(({ passed }) => passed),
    noticed: all.flatMap(({ noticed }) => noticed),
    broken: all.flatMap(({ broken }) => broken),
    took: Object.assign({}, ...all.map((one) => one.took)) as Played['took'],
  };
}

process.on('message', (wanted: Wanted) => {
  void play(wanted).then((played) => process.send?.(played));
});
