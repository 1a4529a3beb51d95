/** The VSIX under test. */
export function installed(): string {
  const vsix = process.env.LOCKKEEPER_VSIX;
  if (vsix === undefined)
    throw new Error('Start these tests with `npm run test:ui`; a file or -g may follow `--`.');
  return vsix;
}
