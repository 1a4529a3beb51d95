import type { ServerOptions } from '../rig/server.ts';

/** What the VSIX holds without the work of installing it, in an editor with little else; and these folders. */
export function unpacked(...others: string[]): ServerOptions {
  const folder = process.env.LOCKKEEPER_EXTENSION;
  if (folder === undefined)
    throw new Error('Start these tests with `npm run test:ui`; a file or -g may follow `--`.');
  return { linked: [folder, ...others], lean: true };
}

/** The VSIX under test. */
export function installed(): string {
  const vsix = process.env.LOCKKEEPER_VSIX;
  if (vsix === undefined)
    throw new Error('Start these tests with `npm run test:ui`; a file or -g may follow `--`.');
  return vsix;
}
