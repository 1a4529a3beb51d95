import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stage } from './stage.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = await mkdtemp(join(tmpdir(), 'lk-package-'));
try {
  const { vsix } = await stage(folder);
  await copyFile(vsix, join(root, 'lockkeeper.vsix'));
  process.stdout.write('lockkeeper.vsix\n');
} finally {
  await rm(folder, { recursive: true, force: true });
}
