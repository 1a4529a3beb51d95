import { homedir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { connectedIn, type FileChange, type Homes } from './agents/connect/changes.ts';
import { textAt, withTexts, writeAll } from './agents/connect/files.ts';
import { textWith, type Part } from './agents/connect/parts.ts';
import { hookCommand } from './agents/launch/guardCopy.ts';
import { otherOf } from './agents/profiles/other.ts';
import { profiles } from './agents/profiles/profiles.ts';
import { releaseWork } from './composeHidden.ts';
import type { Worktrees } from './composeWorktrees.ts';
import { refusal, type Refusal } from './contract/refusal.ts';
import type { Dispatch } from './core/state.ts';
import { holds, territoryOf } from './core/territory.ts';
import type { Workspace } from './core/workspace.ts';
import type { NamedFolder } from './files/folders.ts';
import type { Known } from './git/dispatchWorktree.ts';
import { oneWriter } from './git/git.ts';
import { readHiddenTexts, writeHiddenTexts } from './git/hiddenTexts.ts';
import { hideOurs, unhide } from './git/hiding.ts';
import { nameFromTop, rootsOf } from './git/mapping.ts';

interface ConnectedNeeds {
  /** The copies of the guard, and of the program for an agent without HTTP. */
  readonly guard: string;
  readonly stdio: string;
  readonly url: () => string | undefined;
  readonly isTrusted: () => boolean;
  readonly folders: () => readonly NamedFolder[];
  readonly workspace: () => Workspace;
  /** Agents that no profile knows and that are connected here, by their ids. */
  readonly others: () => readonly string[];
  readonly worktrees: Pick<Worktrees, 'all'>;
}

/** What is to stand in files, by their paths from the root of the worktree. */
type Wanted = ReadonlyMap<string, readonly Part[]>;

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
    const workspace = needs.workspace();
    await releaseWork(known, dispatch, workspace);
    const not = await written(known, await wanted(needs, url, known), (name) =>
      holds(territoryOf(dispatch, workspace), name),
    );
    return not.length > 0 ? notAll(known.record.worker, not) : undefined;
  } catch (error) {
    return notAll('its worker', [error instanceof Error ? error.message : String(error)]);
  }
}

async function wanted(
  { guard, stdio, folders, others }: ConnectedNeeds,
  url: string,
  known: Known,
): Promise<Wanted> {
  const files = new Map<string, Part[]>();
  const runtime = process.execPath;
  const unknown = others().flatMap((id) => otherOf(id) ?? []);
  for (const { name, fsPath } of rootsOf(known.mapping)) {
    const open = folders().find((one) => one.name === name);
    for (const profile of open ? [...profiles, ...unknown] : []) {
      const facts = { url, hook: hookCommand(profile.id, { runtime, guard }), runtime, stdio };
      const entries = await withTexts((look) =>
        connectedIn(profile, facts, homesIn(open?.fsPath ?? ''), look),
      );
      for (const file of new Set(entries.map((entry) => entry.file))) {
        const path = relative(known.record.path, join(fsPath, ...file.split('/')))
          .split(sep)
          .join('/');
        const part = { entries: entries.filter((entry) => entry.file === file), facts };
        files.set(path, [...(files.get(path) ?? []), part]);
      }
    }
  }
  return files;
}

/** Writes what is no part of the work, and gives a sentence for each file that is, or that cannot be written. */
async function written(
  known: Known,
  files: Wanted,
  isWork: (name: string) => boolean,
): Promise<readonly string[]> {
  if (files.size === 0) return [];
  const { record, commonDir, mapping } = known;
  const { path: root, id, admin, base } = record;
  const there = { path: root, commonDir, id, admin, base };
  const not: string[] = [];
  await oneWriter(commonDir, async () => {
    const stood = await readHiddenTexts(there);
    const texts = new Map(stood);
    const during = new Map(stood);
    const changes = new Map<string, FileChange>();
    for (const [file, parts] of files) {
      const path = join(root, ...file.split('/'));
      const before = await textAt(path);
      const made = textWith('put', parts, before);
      if (!made.ok) not.push(`${file}: ${made.why}`);
      else if (made.text !== before) changes.set(file, { path, before, after: made.text });
    }
    const free = [...changes.keys()].filter((file) => {
      const name = nameFromTop(mapping, file);
      return name !== undefined && !isWork(name);
    });
    const apart = await hideOurs(there, free);
    if (!apart.ok) throw new Error(apart.refusal.sentence);
    for (const [file, parts] of files) {
      if (!texts.has(file) && !apart.hidden.includes(file)) continue;
      // What a worker changed there stays seen: ours is put into what was left there, too.
      const old = texts.get(file) ?? [changes.get(file)?.before ?? null];
      const next = textWith('put', parts, old.at(-1) ?? undefined);
      if (!next.ok) continue;
      texts.set(file, [next.text ?? null]);
      during.set(file, [...old, next.text ?? null]);
    }
    // A window that dies in the middle makes nobody a writer.
    await writeHiddenTexts(there, during);
    const going = apart.hidden.flatMap((file) => changes.get(file) ?? []);
    const trouble = await writeAll(going, [root]).then(
      (moved) => moved && `${moved} has just been changed.`,
      (error: unknown) => String(error),
    );
    const kept = trouble === undefined ? texts : stood;
    await writeHiddenTexts(there, kept);
    // What was to be hidden and holds nothing of ours is in sight again: nobody would look after it.
    await unhide(
      there,
      free.filter((file) => !kept.has(file)),
    );
    if (trouble !== undefined) throw new Error(trouble);
    for (const file of changes.keys())
      if (!apart.hidden.includes(file))
        not.push(`${file} is part of the work there, or leads out of it, and is not changed.`);
  });
  return not;
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
