import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRehearsalFolder } from '../../src/git/rehearsalFolder.ts';
import { root } from '../rig/places.ts';

/** A fresh copy of the rehearsal project, as the product makes it; its parent is to be removed. */
export async function rehearsalFolder(): Promise<string> {
  return realpath(await makeRehearsalFolder(join(root, 'media/rehearsal/project')));
}
