// Runs on whatever Node is there: installs what is lacking, builds, and hands over to test/rig/start.ts.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensure } from './ensure.mjs';
import { node24, toolEnvironment } from './node24.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const run = (file) =>
  new Promise((resolve, reject) => {
    const env = toolEnvironment(root);
    const child = spawn(node24(root), [join(root, file)], { cwd: root, stdio: 'inherit', env });
    // Ctrl+C reaches the child as well; it cleans up, then this ends.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });

await ensure();
await run('.tools/build.mjs');
process.exitCode = await run('test/rig/start.ts');
