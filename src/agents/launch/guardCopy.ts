import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where agents' hooks find the guard program, whatever version of Lockkeeper is there. */
export function guardCopyIn(folder: string): string {
  // Whatever stands beside it says: its name tells that it is no module.
  return join(folder, 'guard.cjs');
}

/**
 * Puts a program that came with this version where agents look for it: whole or not at all, so that a hook that starts
 * meanwhile runs the old one or the new one. What is there already stays untouched.
 */
export async function copyProgram(source: string, copy: string): Promise<void> {
  const program = await readFile(source);
  const before = await readFile(copy).catch(() => undefined);
  if (before?.equals(program)) return;
  await mkdir(dirname(copy), { recursive: true });
  const beside = `${copy}.${randomUUID()}`;
  try {
    await writeFile(beside, program, { flush: true });
    await rename(beside, copy);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** What a hook starts: a Node, or an editor that runs as one, and the copy of the guard. */
export interface GuardPlace {
  readonly runtime: string;
  readonly guard: string;
}

/**
 * The command of an agent's hook, for a POSIX shell. Who is no worker passes without a program being started: a worker
 * has a token, and in a terminal of ours the guard's place too, should its agent keep the token from its hooks. A no
 * of the guard's goes through as it is; and a guard that is missing, or ends in any other way, is a no too.
 */
export function hookCommand(profile: string, { runtime, guard }: GuardPlace): string {
  const run = `ELECTRON_RUN_AS_NODE=1 ${quoted(runtime)} ${quoted(guard)} ${profile}`;
  const ruled = `{ ${run}; lk=$?; [ $lk -ne 2 ] || exit 2; [ $lk -eq 0 ]; }`;
  // An agent may put values in the place of the variables that its configuration names: of these only that they are set.
  const nobody = `[ -z "\${LOCKKEEPER_TOKEN:+1}\${LOCKKEEPER_GUARD:+1}" ]`;
  return `${nobody} || ${ruled} || { echo guard unavailable >&2; exit 2; }`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
