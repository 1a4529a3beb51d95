import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { delimiter } from 'node:path';

const oldest = [24, 15];

/** The Node that tools and tests run on: the one npm installed beside them, else the one running now. */
export function node24(root) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const os = process.platform === 'win32' ? 'win' : process.platform;
  const installed = join(root, 'node_modules', `node-${os}-${process.arch}`, 'bin', name);
  if (existsSync(installed)) return installed;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return process.execPath;
  throw new Error(
    `Lockkeeper's tools need Node ${oldest.join('.')} or newer; this is ${process.versions.node} ` +
      `and npm offers no newer one for ${process.platform} ${process.arch}. Install Node 24 and try again.`,
  );
}

/** What real agents are run with: no key, token or setting of a person's. */
const plain = /^(PATH|HOME|USER|LANG|LC_ALL|SHELL|TMPDIR|LOCKKEEPER_\w+)$/;

export const plainEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => plain.test(name)));

/** The environment for a tool, with that Node first on the path. */
export function toolEnvironment(root, extra = {}, from = process.env) {
  const bin = join(root, 'node_modules', '.bin');
  return { ...from, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, ...extra };
}
