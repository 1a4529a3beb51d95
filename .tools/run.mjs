// `run.mjs FILE [arguments]` runs on whatever Node is there: installs what is lacking and hands over to a program.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensure } from './ensure.mjs';
import { node24, toolEnvironment } from './node24.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [file = '', ...args] = process.argv.slice(2);

await ensure();
const options = { cwd: root, stdio: 'inherit', env: toolEnvironment(root) };
const child = spawn(node24(root), [join(root, file), ...args], options);
// Ctrl+C reaches the child as well; it cleans up, then this ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
