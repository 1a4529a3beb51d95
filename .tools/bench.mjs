// Runs on whatever Node is there: installs what is lacking and hands over to test/bench/main.ts.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensure } from './ensure.mjs';
import { node24, toolEnvironment } from './node24.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const topics = process.argv.slice(2).filter((word) => /^[a-z]+$/.test(word));

await ensure({ withRig: topics.length === 0 || topics.includes('windows') || topics.includes('timeline') });
const args = [join(root, 'test/bench/main.ts'), ...process.argv.slice(2)];
const child = spawn(node24(root), args, { cwd: root, stdio: 'inherit', env: toolEnvironment(root) });
process.exitCode = await new Promise((resolve, reject) => {
  child.on('error', reject);
  child.on('close', (code) => resolve(code ?? 1));
});
