import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../rig/places.ts';
import { temporaryFolder } from '../rig/temporary.ts';

interface Staged {
  /** As it will be installed. */
  readonly extension: string;
  readonly vsix: string;
}

let made: Promise<Staged> | undefined;

/** The extension, built and packed once for a run; gone when the run ends. */
export function staged(): Promise<Staged> {
  return (made ??= stage());
}

async function stage(): Promise<Staged> {
  const folder = await temporaryFolder('staged');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await promisify(execFile)(process.execPath, [join(root, '.tools/stage.mjs'), folder], { cwd: root });
  return { extension: join(folder, 'extension'), vsix: join(folder, 'lockkeeper.vsix') };
}
