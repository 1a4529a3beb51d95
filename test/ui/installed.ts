/** The folder of the extension under test, for `linked`: what the VSIX holds, without the work of installing it. */
export function unpacked(): string {
  const folder = process.env.LOCKKEEPER_EXTENSION;
  if (folder === undefined)
    throw new Error('Start these tests with `npm run test:ui`; a file or -g may follow `--`.');
  return folder;
}

/** The VSIX under test. */
export function installed(): string {
  const vsix = process.env.LOCKKEEPER_VSIX;
  if (vsix === undefined)
    throw new Error('Start these tests with `npm run test:ui`; a file or -g may follow `--`.');
  return vsix;
}
