// `lint.mjs` checks everything; `lint.mjs --fix` repairs what eslint and prettier can.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node24, toolEnvironment } from './node24.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const fix = process.argv.includes('--fix');
const tool = (path) => join(root, 'node_modules', path);
const holdsCode = (folder) =>
  existsSync(join(root, folder)) && readdirSync(join(root, folder)).some((name) => name.endsWith('.ts'));

const formatted = [
  '{src,test,.tools,.vscode}/**/*.{ts,mjs,cjs,json,css,md}',
  '*.{json,md}',
  'media/*.{css,md}',
  '!**/package-lock.json',
  '!test/fixtures/**',
];

const checks = {
  types: [tool('typescript/bin/tsc'), '--pretty', 'false', '--project', 'tsconfig.json'],
  ...(holdsCode('src/panel')
    ? {
        'panel types': [
          tool('typescript/bin/tsc'),
          '--pretty',
          'false',
          '--project',
          'src/panel/tsconfig.json',
        ],
      }
    : {}),
  eslint: [
    tool('eslint/bin/eslint.js'),
    '--config',
    '.tools/eslint.config.mjs',
    '--max-warnings',
    '0',
    'src',
    'test',
    '.tools',
  ],
  prettier: [
    tool('prettier/bin/prettier.cjs'),
    '--check',
    '--no-color',
    '--no-error-on-unmatched-pattern',
    ...formatted,
  ],
  layers: [
    tool('dependency-cruiser/bin/dependency-cruiser.mjs'),
    '--config',
    '.tools/layers.cjs',
    '--output-type',
    'err',
    'src',
    'test',
  ],
  unused: [tool('knip/bin/knip.js'), '--no-progress', '--no-config-hints'],
};

const repairs = {
  eslint: [...checks.eslint, '--fix'],
  prettier: [
    tool('prettier/bin/prettier.cjs'),
    '--write',
    '--log-level',
    'warn',
    '--no-error-on-unmatched-pattern',
    ...formatted,
  ],
};

function run(name, args) {
  return new Promise((resolve, reject) => {
    const printed = [];
    const child = spawn(node24(root), args, {
      cwd: root,
      env: toolEnvironment(root, { FORCE_COLOR: '0' }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk) => printed.push(chunk));
    child.stderr.on('data', (chunk) => printed.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      process.stdout.write(
        code === 0 ? `  ✔ ${name}\n` : `  ✖ ${name}\n${Buffer.concat(printed).toString()}\n`,
      );
      resolve(code === 0);
    });
  });
}

const results = [];
if (fix) {
  for (const [name, args] of Object.entries(repairs)) results.push(await run(name, args));
} else {
  const waiting = Object.entries(checks);
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results.push(await run(...next));
  };
  await Promise.all([lane(), lane()]);
}
process.exitCode = results.every(Boolean) ? 0 : 1;
