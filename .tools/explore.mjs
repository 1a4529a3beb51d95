import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensure } from './ensure.mjs';
import { node24, toolEnvironment } from './node24.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
await ensure();
const child = spawn(node24(root), [join(root, 'test/explore/main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: toolEnvironment(root),
});
child.on('close', (code, signal) => {
  if (signal) process.stderr.write(`The exploration was ended by ${signal}.\n`);
  process.exitCode = code ?? 1;
});
