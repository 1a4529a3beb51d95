import { homedir } from 'node:os';
import { relative, sep } from 'node:path';
import { connectedIn, connecting, type FileChange, type Homes } from './agents/connect/changes.ts';
import { withTexts, writeAll } from './agents/connect/files.ts';
import { hookCommand } from './agents/launch/guardCopy.ts';
import { profiles } from './agents/profiles/profiles.ts';
import type { Worktrees } from './composeWorktrees.ts';
import { refusal, type Refusal } from './contract/refusal.ts';
import type { Dispatch } from './core/state.ts';
import { holds, territoryOf } from './core/territory.ts';
import type { Workspace } from './core/workspace.ts';
import type { NamedFolder } from './files/folders.ts';
import type { Known } from './git/dispatchWorktree.ts';
import { oneWriter } from './git/git.ts';
import { hideOurs } from './git/hiding.ts';
import { nameFromTop, rootsOf } from './git/mapping.ts';

interface ConnectedNeeds {
  /** The copy of the guard. */
  readonly guard: string;
  readonly url: () => string | undefined;
  readonly isTrusted: () => boolean;
  readonly folders: () => readonly NamedFolder[];
  readonly workspace: () => Workspace;
  readonly worktrees: Pick<Worktrees, 'all'>;
}

/** What is to be written, and sentences on what is not. */
interface Wanted {
  readonly changes: readonly FileChange[];
  readonly not: readonly string[];
}

/**
 * Puts what connects agents in the folders that are open into the worktree of a dispatch too, hidden there, so that it is
 * in nobody's change. Gives what could not be put there; what is part of the work is never written.
 */
export async function connectWorktree(
  needs: ConnectedNeeds,
  dispatch: Dispatch,
): Promise<Refusal | undefined> {
  try {
    const url = needs.url();
    const known = (await needs.worktrees.all()).find(({ record }) => record.dispatch === dispatch.n);
    if (!known || url === undefined || !needs.isTrusted()) return undefined;
    const { changes, not } = await wanted(needs, url, known);
    const mine = await written(known, changes, (name) =>
      holds(territoryOf(dispatch, needs.workspace()), name),
    );
    const all = [...not, ...mine];
    return all.length > 0 ? notAll(known.record.worker, all) : undefined;
  } catch (error) {
    return notAll('its worker', [error instanceof Error ? error.message : String(error)]);
  }
}

async function wanted({ guard, folders }: ConnectedNeeds, url: string, { mapping }: Known): Promise<Wanted> {
  const changes: FileChange[] = [];
  const not: string[] = [];
  for (const { name, fsPath } of rootsOf(mapping)) {
    const open = folders().find((one) => one.name === name);
    for (const profile of open ? profiles : []) {
      const facts = { url, hook: hookCommand(profile.id, { runtime: process.execPath, guard }) };
      const entries = await withTexts((look) =>
        connectedIn(profile, facts, homesIn(open?.fsPath ?? ''), look),
      );
      for (const file of new Set(entries.map((entry) => entry.file))) {
        const one = { entries: entries.filter((entry) => entry.file === file) };
        const made = await withTexts((look) => connecting(one, facts, homesIn(fsPath), look));
        if ('why' in made) not.push(`${file}: ${made.why}`);
        else changes.push(...made);
      }
    }
  }
  return { changes, not };
}

/** Writes what is no part of the work, and gives a sentence for each file that is. */
async function written(
  { record, commonDir, mapping }: Known,
  changes: readonly FileChange[],
  isWork: (name: string) => boolean,
): Promise<readonly string[]> {
  if (changes.length === 0) return [];
  const { path: root, id, admin, base } = record;
  const files = new Map(changes.map((change) => [relative(root, change.path).split(sep).join('/'), change]));
  const free = [...files.keys()].filter((file) => {
    const name = nameFromTop(mapping, file);
    return name !== undefined && !isWork(name);
  });
  const going = await oneWriter(commonDir, async () => {
    const apart = await hideOurs({ path: root, commonDir, id, admin, base }, free);
    if (!apart.ok) throw new Error(apart.refusal.sentence);
    const moved = await writeAll(
      apart.hidden.flatMap((file) => files.get(file) ?? []),
      [root],
    );
    if (moved !== undefined) throw new Error(`${moved} has just been changed.`);
    return apart.hidden;
  });
  const stays = [...files.keys()].filter((file) => !going.includes(file));
  return stays.map((file) => `${file} is part of the work there, or leads out of it, and is not changed.`);
}

function homesIn(folder: string): Homes {
  return { folder, home: homedir(), own: folder };
}

const notAll = (worker: string, why: readonly string[]): Refusal =>
  refusal(
    'not-connected-there',
    `Not all that Connect Worker wrote is in the worktree of ${worker}. ${why.join(' ')}`,
    'Commit what Connect Worker wrote before the next dispatch, or start the agent with the server in LOCKKEEPER_URL and its hook by arguments of its own.',
  );
