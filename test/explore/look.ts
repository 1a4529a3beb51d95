import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Told } from './lookAt.ts';
import type { AnyBounds } from './models.ts';

/** Runs a program of the exploration on the sources at `folder`; the last thing it says. */
async function last<T>(
  folder: string,
  program: string,
  bounds: AnyBounds,
  told: (said: T) => void,
): Promise<T> {
  const child = fork(join(folder, 'test/explore', program), [JSON.stringify(bounds)], {
    execArgv: ['--max-old-space-size=4096'],
  });
  let said: { readonly it: T } | undefined;
  child.on('message', (message) => {
    said = { it: message as T };
    told(said.it);
  });
  const end = await new Promise<string | number | null>((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => resolve(signal ?? code));
  });
  if (end !== 0 || !said) throw new Error(`${program} ended with ${end}.`);
  return said.it;
}

/** Explores the sources at `folder`, the repository or a copy of it; tells what is found level by level. */
export function look(
  folder: string,
  bounds: AnyBounds,
  told: (level: Told) => void = () => undefined,
): Promise<Told> {
  return last(folder, 'lookAt.ts', bounds, told);
}

/** Whether like states are alike (`alike.ts`): the first difference, or an empty text. */
export function compare(folder: string, bounds: AnyBounds): Promise<string> {
  return last<string>(folder, 'alikeAt.ts', bounds, () => undefined);
}
