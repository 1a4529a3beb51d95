// `test.mjs` runs everything; `test.mjs SUITE [arguments for mocha]` one of unit, host, ui, shots, agents, editors.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cutOff } from './cutOff.mjs';
import { ensure } from './ensure.mjs';
import { node24, plainEnvironment, toolEnvironment } from './node24.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const mocha = join(root, 'node_modules/mocha/bin/mocha.js');

const [only, ...rest] = process.argv.slice(2);
const files = (...patterns) => (rest.some((word) => word.endsWith('.ts')) ? rest : [...patterns, ...rest]);

/** Two files at a time: a window is idle for most of its test, and so is what waits for processes and for disks. */
const abreast = ['--parallel', '--jobs', '2'];

/** On a slow machine, with three others at work, a minute is soon over. */
const windows = [...abreast, '--require', 'test/ui/failures.ts', '--timeout', '180000'];

/** What seldom happens to anybody, several repositories, and the test of what drives the window: the long run has them. */
const seldom = ['twoWindows', 'adoption', 'journalLost', 'multiRoot', 'driver'];

const suites = {
  unit: {
    // First what starts most processes: each costs more, the more its parent holds, and much is kept of what ran before.
    args: () => [
      mocha,
      ...abreast,
      ...files(
        'test/unit/{git,rehearsal}/**/*.test.ts',
        'test/unit/!(git|rehearsal|contract|core|desk)/**/*.test.ts',
        'test/unit/{contract,core,desk}/**/*.test.ts',
      ),
    ],
  },
  host: { args: () => ['test/host/run.ts', ...rest], rig: true },
  ui: {
    // The longest first.
    args: () => [
      mocha,
      ...windows,
      ...files('test/ui/story.test.ts', `test/ui/!(${['story', ...seldom].join('|')}).test.ts`),
    ],
    rig: true,
  },
  /** What says in its title that it is the long form, the longest first. */
  long: {
    args: () => [
      mocha,
      ...windows,
      '--grep',
      '\\(long\\)',
      ...files(
        'test/ui/story.test.ts',
        ...seldom.map((name) => `test/ui/${name}.test.ts`),
        'test/ui/questionPanel.test.ts',
        'test/unit/rehearsal/play.test.ts',
        'test/unit/git/shown.test.ts',
        'test/unit/git/fullDisk.test.ts',
        'test/unit/core/explored.test.ts',
        'test/unit/journal/damage.test.ts',
        // It leaves no processor to anybody.
        'test/unit/agents/attack.test.ts',
      ),
    ],
    env: { LOCKKEEPER_LONG: '1' },
    rig: true,
  },
  /** Pictures of every surface in every theme, to look at; tests that show more are played for theirs. */
  shots: {
    args: () => [
      mocha,
      ...windows,
      ...files('test/ui/shots.ts', 'test/ui/agentShots.ts', 'test/ui/!(story).test.ts'),
    ],
    env: { LOCKKEEPER_SHOTS: '1' },
    rig: true,
  },
  /** The real agents, with a scripted model and no way out. */
  agents: {
    args: () => [mocha, ...abreast, ...files('test/agents/!(editorsOwn).test.ts')],
    agents: true,
  },
  /** VS Code's own agents, with no way out either: the editor tries one of its own, so nothing is counted there. */
  editors: { args: () => [mocha, ...files('test/agents/editorsOwn.test.ts')], agents: true, reaches: true },
};

if (only !== undefined && !(only in suites)) throw new Error(`There is no suite ${only}.`);
const withRig = only === undefined || suites[only].rig === true;

await ensure({
  // Nothing can be installed from where real agents run.
  withRig: (withRig || suites[only]?.agents === true) && only !== undefined,
  withAgents: only !== undefined && suites[only].agents === true,
});
const node = node24(root);
const scratch = mkdtempSync(join(tmpdir(), 'lk-test-'));
/** Hundreds of processes load the same sources; the first one to load a file leaves it compiled for the others. */
const compiled = { NODE_COMPILE_CACHE: join(scratch, 'compiled') };

const run = (args, env, stdio = ['ignore', 'inherit', 'inherit'], from = process.env, before = []) =>
  new Promise((resolve, reject) => {
    const options = { cwd: root, stdio, env: toolEnvironment(root, { ...compiled, ...env }, from) };
    const [program, ...rest] = [...before, node, ...args];
    const child = spawn(program, rest, options);
    const printed = [];
    child.stdout?.on('data', (chunk) => printed.push(chunk));
    child.stderr?.on('data', (chunk) => printed.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, printed: Buffer.concat(printed) }));
  });

/** A suite that ran nothing, or ended badly without a failed test, counts as one failure. */
async function runSuite(name, env) {
  const file = join(scratch, `${name}.json`);
  if (only !== undefined) process.stdout.write(`\n── ${name} ──\n`);
  const { agents, reaches } = suites[name];
  const alone = agents ? cutOff(root, scratch) : undefined;
  if (agents && !alone)
    process.stdout.write(
      'This system gives no network of its own: that no agent reaches outside is not shown.\n',
    );
  const { code, printed } = await run(
    suites[name].args(),
    {
      ...env,
      ...suites[name].env,
      LOCKKEEPER_COUNT: file,
      ...(alone && !reaches ? { LOCKKEEPER_CUT_OFF: '1' } : {}),
    },
    // Suites that run at the same time print one after the other, each whole.
    only === undefined ? ['ignore', 'pipe', 'pipe'] : undefined,
    agents ? plainEnvironment() : process.env,
    alone,
  );
  if (only === undefined) process.stdout.write(`\n── ${name} ──\n${printed}`);
  const {
    passed,
    failed,
    why = [],
  } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0 };
  const broken = failed === 0 && (code !== 0 || passed === 0);
  if (broken)
    process.stdout.write(`The ${name} suite ${passed === 0 ? 'ran nothing' : `ended with ${code}`}.\n`);
  return { passed, failed: failed + (broken ? 1 : 0), why: why.map((text) => `${name}: ${text}`) };
}

async function stage() {
  const staged = join(scratch, 'staged');
  const { code } = await run(['.tools/stage.mjs', staged], {});
  if (code !== 0) throw new Error('The extension could not be packed.');
  return {
    LOCKKEEPER_EXTENSION: join(staged, 'extension'),
    LOCKKEEPER_VSIX: join(staged, 'lockkeeper.vsix'),
  };
}

const counts = [];
try {
  if (only === undefined) {
    // What needs no window begins while the workbench is installed; the host's window opens when one of the two is done.
    const rig = ensure({ withRig: true });
    const env = stage();
    const unit = env.then((given) => runSuite('unit', given));
    const ui = Promise.all([env, rig]).then(([given]) => runSuite('ui', given));
    const host = Promise.all([env, rig, Promise.race([unit, ui])]).then(([given]) => runSuite('host', given));
    for (const suite of await Promise.allSettled([ui, host, unit])) {
      if (suite.status === 'rejected') throw suite.reason;
      counts.push(suite.value);
    }
  } else {
    const env = withRig ? await stage() : {};
    counts.push(await runSuite(only, env));
    if (only === 'agents' && rest.length === 0) counts.push(await runSuite('editors', env));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

// Once more at the end: what is far up in a long log is not read.
for (const why of counts.flatMap((count) => count.why)) process.stdout.write(`\nFailed: ${why}\n`);
const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
