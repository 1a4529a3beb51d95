import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensure } from './ensure.mjs';
import { node24, toolEnvironment } from './node24.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
await ensure();
const args = [
  'node_modules/c8/bin/c8.js',
  '--include=src/**',
  '--reporter=text',
  '--reporter=html',
  'node_modules/mocha/bin/mocha.js',
  'test/unit/**/*.test.ts',
];
const node = node24(root);
const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: toolEnvironment(root) });
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
