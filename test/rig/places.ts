import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const rigFolder = dirname(fileURLToPath(import.meta.url));
export const root = dirname(dirname(rigFolder));
export const builtinExtensions = join(rigFolder, 'node_modules/code-server/lib/vscode/extensions');
export const codeServerEntry = join(rigFolder, 'node_modules/code-server/out/node/entry.js');

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
}

export function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The Node that code-server was built for. */
export function rigNode(): string {
  const installed = join(rigFolder, `node_modules/node-linux-${process.arch}/bin/node`);
  return process.platform === 'linux' && existsSync(installed) ? installed : process.execPath;
}

/** Where `.tools/ensure.mjs` unpacked the browser; undefined where npm has none for this system. */
export function browserFolder(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const { version } = manifestOf(join(rigFolder, 'node_modules/@sparticuz/chromium'));
  return join(root, `.rig/browser-${version}`);
}
