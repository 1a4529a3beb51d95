// `stage.mjs FOLDER` leaves FOLDER/extension, as it will be installed, and FOLDER/lockkeeper.vsix.
import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const shipped = ['package.json', '.vscodeignore', 'README.md', 'CHANGELOG.md', 'LICENSE', 'media'];

/** Builds and packs outside the repository: nothing forgotten is found by accident, no other run is disturbed. */
export async function stage(folder) {
  const extension = join(folder, 'extension');
  const vsix = join(folder, 'lockkeeper.vsix');
  await mkdir(extension, { recursive: true });
  for (const name of shipped) await cp(join(root, name), join(extension, name), { recursive: true });
  await build(join(extension, 'dist'));
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  const args = [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    vsix,
  ];
  await promisify(execFile)(process.execPath, [vsce, ...args], { cwd: extension });
  return { extension, vsix };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await stage(process.argv[2]);
