import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const shipped = ['package.json', '.vscodeignore', 'README.md', 'CHANGELOG.md', 'LICENSE', 'media'];

/** Builds the extension into a folder outside the repository, where nothing it forgot can be found by accident. */
export async function stage() {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'lk-stage-')));
  const extension = join(folder, 'extension');
  await mkdir(extension);
  for (const name of shipped)
    if (existsSync(join(root, name))) await cp(join(root, name), join(extension, name), { recursive: true });
  await build(join(extension, 'dist'));
  return { extension, folder, discard: () => rm(folder, { recursive: true, force: true }) };
}

/** Packs a staged extension. */
export async function pack(extension, vsix) {
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  const args = ['package', '--no-dependencies', '--skip-license', '--allow-missing-repository', '--out', vsix];
  await promisify(execFile)(process.execPath, [vsce, ...args], { cwd: extension });
  return vsix;
}
