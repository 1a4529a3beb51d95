// `test.mjs` runs everything; `test.mjs SUITE [arguments for mocha]` one of unit, host, ui, shots.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensure } from './ensure.mjs';
import { node24, toolEnvironment } from './node24.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const mocha = join(root, 'node_modules/mocha/bin/mocha.js');

const [only, ...rest] = process.argv.slice(2);
const files = (pattern) => (rest.some((word) => word.endsWith('.ts')) ? rest : [pattern, ...rest]);

const suites = {
  unit: { args: () => [mocha, ...files('test/unit/**/*.test.ts')] },
  host: { args: () => ['test/host/run.ts', ...rest], rig: true },
  ui: {
    args: () => [mocha, '--require', 'test/ui/failures.ts', ...files('test/ui/**/*.test.ts')],
    rig: true,
  },
  /** Pictures of every surface in every theme, to look at; no test. */
  shots: { args: () => [mocha, 'test/ui/shots.ts', ...rest], rig: true, aside: true },
};

if (only !== undefined && !(only in suites)) throw new Error(`There is no suite ${only}.`);
const all = Object.keys(suites).filter((name) => !suites[name].aside);
const chosen = only === undefined ? all : [only];
const withRig = chosen.some((name) => suites[name].rig);

await ensure({ withRig });
const node = node24(root);
const scratch = mkdtempSync(join(tmpdir(), 'lk-test-'));

const run = (args, env) =>
  new Promise((resolve, reject) => {
    const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: toolEnvironment(root, env) };
    spawn(node, args, options).on('error', reject).on('close', resolve);
  });

/** A suite that ran nothing, or ended badly without a failed test, counts as one failure. */
async function runSuite(name, env) {
  process.stdout.write(`\n── ${name} ──\n`);
  const file = join(scratch, `${name}.json`);
  const code = await run(suites[name].args(), { ...env, LOCKKEEPER_COUNT: file });
  const { passed, failed } = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { passed: 0, failed: 0 };
  const broken = failed === 0 && (code !== 0 || passed === 0);
  if (broken)
    process.stdout.write(`The ${name} suite ${passed === 0 ? 'ran nothing' : `ended with ${code}`}.\n`);
  return { passed, failed: failed + (broken ? 1 : 0) };
}

const counts = [];
try {
  if (only === undefined) {
    process.stdout.write('── lint ──\n');
    const code = await run(['.tools/lint.mjs'], {});
    counts.push({ passed: 0, failed: code === 0 ? 0 : 1 });
  }
  const env = {};
  if (withRig) {
    const staged = join(scratch, 'staged');
    const code = await run(['.tools/stage.mjs', staged], {});
    if (code !== 0) throw new Error('The extension could not be packed.');
    env.LOCKKEEPER_EXTENSION = join(staged, 'extension');
    env.LOCKKEEPER_VSIX = join(staged, 'lockkeeper.vsix');
  }
  for (const name of chosen) counts.push(await runSuite(name, env));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
