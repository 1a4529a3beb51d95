import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { oneWriter } from './git.ts';
import { readWhole, recordFolder, writeWhole } from './recordFiles.ts';

const record = z.object({
  version: z.literal(1),
  id: z.string().check(z.regex(/^[a-z0-9-]+$/)),
  /** Whose it is: the journal it belongs to. Two windows on two folders of a repository have two. */
  owner: z.string(),
  dispatch: z.int(),
  worker: z.string(),
  todo: z.int(),
  path: z.string(),
  branch: z.string(),
  /** The commit the work is compared with. */
  base: z.string(),
  /** The commit the person's branch stood at, where the base holds what was not committed on top of it. */
  from: z.optional(z.string()),
  /** The branch the person was on when it was made; null where HEAD was detached. */
  onto: z.nullable(z.string()),
  /** Whether the branch was made with the worktree, so that an interrupted making takes it away again. */
  newBranch: z.boolean(),
  /** Its folder below `worktrees` in the common git folder. */
  admin: z.string().check(z.regex(/^[^/\\]+$/)),
  /** `waiting`: it is made, and whether its dispatch came about is known by `command` alone. */
  state: z.enum(['making', 'waiting', 'ready', 'removing']),
  /** The command that it was made for, before its dispatch was true. */
  command: z.optional(z.string()),
  /** Processes that may still be at work on it; each as `Processes.markOf` writes it. */
  makers: z.array(z.string()),
  /** Its dispatch was withdrawn, and what it left is committed: what is done there since is somebody else's. */
  kept: z.optional(z.literal(true)),
  /** Links in the worktree, from its root. */
  links: z.array(z.string()),
});

/** What Lockkeeper knows of a worktree it made. It is written before anything is made, and goes last. */
export type WorktreeRecord = z.output<typeof record>;

/** Tells processes apart, beyond the reuse of their numbers. */
export interface Processes {
  markOf(pid: number): string;
  isAlive(mark: string): boolean;
}

/** The files of a worktree in the common git folder: its record, our index of it, what is hidden in it and how it reads. */
export function filesOf(
  commonDir: string,
  id: string,
): { record: string; index: string; hidden: string; config: string; texts: string } {
  const at = (ending: string): string => join(recordFolder(commonDir), `${id}.${ending}`);
  return {
    record: at('json'),
    index: at('index'),
    hidden: at('hidden'),
    config: at('config'),
    texts: at('texts'),
  };
}

/** Holds what the work is compared with, whatever a worker does to its branch. */
export function baseRef(id: string): string {
  return `refs/lockkeeper/base/${id}`;
}

/** Takes a name for one of ours, unless another process was first. */
export async function reserve(commonDir: string, id: string): Promise<boolean> {
  await mkdir(recordFolder(commonDir), { recursive: true });
  try {
    await (await open(filesOf(commonDir, id).record, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** On the disk when it resolves: whoever comes after a crash finds the whole of it, or what was before. */
export function writeRecord(commonDir: string, value: WorktreeRecord): Promise<void> {
  return writeWhole(filesOf(commonDir, value.id).record, value);
}

/**
 * The dispatch it waited for came about. What another command made for a dispatch of this number was made in a history
 * that the journal has lost, and is left to itself.
 */
export function keepWorktree(commonDir: string, waiting: WorktreeRecord): Promise<void> {
  const { owner, dispatch, command } = waiting;
  return oneWriter(commonDir, async () => {
    const known = (await readRecords(commonDir)).filter(
      (one) => one.owner === owner && one.dispatch === dispatch && one.state === 'ready',
    );
    // Given again after the window had died, the command made a second one; its worker got the first.
    if (known.some((one) => one.command === command)) return;
    for (const one of known) await writeRecord(commonDir, { ...one, owner: `${owner} before` });
    await writeRecord(commonDir, { ...waiting, state: 'ready', makers: [] });
  });
}

/** What a withdrawn dispatch left is committed. */
export function noteKept(commonDir: string, { id }: WorktreeRecord): Promise<void> {
  return oneWriter(commonDir, async () => {
    const known = (await readRecords(commonDir)).find((one) => one.id === id);
    if (known) await writeRecord(commonDir, { ...known, kept: true });
  });
}

/** Every record of the repository that can be read. What is not one of ours is left alone. */
export function readRecords(commonDir: string): Promise<readonly WorktreeRecord[]> {
  return readWhole(commonDir, '.json', record);
}

/** The record goes after everything else of the worktree. */
export async function forget(commonDir: string, id: string): Promise<void> {
  const { record: file, ...others } = filesOf(commonDir, id);
  for (const one of [...Object.values(others), `${others.texts}.new`, `${file}.new`])
    await rm(one, { force: true });
  await rm(file, { force: true });
}
