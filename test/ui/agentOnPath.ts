import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rigNode } from '../rig/places.ts';

const program = (version: string): string => `#!${rigNode()}
if (process.argv[2] === '--version') console.log('${version}');
else {
  require('fs').writeFileSync(__dirname + '/heard', process.env.LOCKKEEPER_TOKEN);
  fetch(process.env.LOCKKEEPER_URL, {
    method: 'POST',
    headers: { authorization: 'Bearer ' + process.env.LOCKKEEPER_TOKEN },
  }).then(() => console.log('lockkeeper: Connected'));
}
`;

/** Stands for an agent in a folder of a person's PATH: it tells its version, and asked for its servers it calls the one it is given. */
export async function putAgent(folder: string, name: string, version: string): Promise<void> {
  await writeFile(join(folder, name), program(version), { mode: 0o755 });
}
