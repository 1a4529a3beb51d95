import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An extension beside ours, in the same extension host, that runs this text from one of these moments on. */
export async function makeWitness(
  folder: string,
  activationEvents: readonly string[],
  program: string,
): Promise<void> {
  const manifest = {
    name: 'witness',
    publisher: 'lockkeeper',
    version: '0.0.1',
    engines: { vscode: '^1.125.0' },
    main: './witness.cjs',
    extensionKind: ['workspace'],
    activationEvents,
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'witness.cjs'), program);
}
