// `play.ts FOLDER ID…`: runs the unit tests named after these rules in a copy of the sources, and tells its parent.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** What the tests of a rule came to. */
export interface Played {
  readonly passed: readonly string[];
  /** Tests that an assertion turned red. */
  readonly noticed: readonly string[];
  /** Anything else that went wrong, a change that does not load among it. */
  readonly broken: readonly string[];
}

const rooms = ['contract', 'core', 'desk', 'editor'];
/** Of the agents' room what needs no process of its own. */
const besides = ['agents/guard/route.test.ts', 'agents/guard/hook.test.ts', 'agents/cadence.test.ts'];
/** A rule has a test that says what is wrong; random histories and pairs notice much, and by luck. */
const leftOut = ['anyHistory.test.ts', 'waysOut.test.ts', 'pairs.test.ts', 'desk/ownership.test.ts'];

function filesOf(folder: string, ids: readonly string[]): readonly string[] {
  const named = new RegExp(`\\b(?:it|describe)\\(\\s*['"\`](?:${ids.join('|')}): `);
  const within = rooms.flatMap((room) =>
    readdirSync(join(folder, 'test/unit', room), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(room, name),
    ),
  );
  return [...within, ...besides]
    .map((name) => join(folder, 'test/unit', name))
    .filter((path) => path.endsWith('.test.ts') && !leftOut.some((name) => path.endsWith(name)))
    .filter((path) => named.test(readFileSync(path, 'utf8')));
}

function isAssertion(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name.startsWith('AssertionError') || isAssertion(error.cause);
}

async function play(folder: string, ids: readonly string[]): Promise<Played> {
  const played = { passed: [] as string[], noticed: [] as string[], broken: [] as string[] };
  const grep = new RegExp(`(?:^| )(?:${ids.join('|')}): `);
  const mocha = new Mocha({ timeout: 60_000, grep, reporter: class {} as never });
  for (const file of filesOf(folder, ids)) mocha.addFile(file);
  try {
    await mocha.loadFilesAsync();
  } catch (error) {
    return { ...played, broken: [`does not load: ${String(error)}`] };
  }
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(played));
    runner.on('pass', (test) => played.passed.push(test.fullTitle()));
    runner.on('fail', (test, error: unknown) => {
      if (isAssertion(error)) played.noticed.push(test.fullTitle());
      else played.broken.push(`${test.fullTitle()}: ${String(error)}`);
    });
  });
}

const [folder = '', ...ids] = process.argv.slice(2);
process.send?.(await play(folder, ids));
process.disconnect();
