import { join } from 'node:path';
import { textAt, writeAll } from './agents/connect/files.ts';
import { noFacts, textWith, textWithoutOurs, type Part } from './agents/connect/parts.ts';
import type { Profile } from './agents/profiles/profile.ts';
import type { Worktrees } from './composeWorktrees.ts';
import type { Dispatch, State } from './core/state.ts';
import { at } from './core/table.ts';
import { holds, territoryOf } from './core/territory.ts';
import type { Workspace } from './core/workspace.ts';
import type { ConfigChange } from './editor/workers/agentsPlace.ts';
import type { Known } from './git/dispatchWorktree.ts';
import { oneWriter } from './git/git.ts';
import { foundAt, unhide } from './git/hiding.ts';
import { readHiddenTexts, strayedChanges, strayedIn, writeHiddenTexts } from './git/hiddenTexts.ts';
import { nameFromTop, pathsInFolders } from './git/mapping.ts';

interface HiddenNeeds {
  readonly worktrees: Pick<Worktrees, 'all'>;
  readonly state: () => State;
  readonly workspace: () => Workspace;
}

/** The hidden files that Lockkeeper wrote in the worktrees of dispatches, as somebody looks at their work. */
export class HiddenFiles {
  readonly #needs: HiddenNeeds;

  constructor(needs: HiddenNeeds) {
    this.#needs = needs;
  }

  /** Those in the worktree of a dispatch that do not read as Lockkeeper left them, by their paths from its root. */
  async strayed(dispatch: number): Promise<readonly string[]> {
    const known = await this.#looked(dispatch);
    return known ? strayedIn({ ...known.record, commonDir: known.commonDir }) : [];
  }

  /** The same as a change between two trees of its own; undefined where there is none. */
  async changes(dispatch: number): Promise<Awaited<ReturnType<typeof strayedChanges>> | undefined> {
    if ((await this.strayed(dispatch)).length === 0) return undefined;
    const known = await this.#of(dispatch);
    return (
      known &&
      oneWriter(known.commonDir, () => strayedChanges({ ...known.record, commonDir: known.commonDir }))
    );
  }

  async #looked(n: number): Promise<Known | undefined> {
    const known = await this.#of(n);
    const dispatch = at(this.#needs.state().dispatches, n);
    if (known && dispatch) await releaseWork(known, dispatch, this.#needs.workspace());
    return known;
  }

  async #of(dispatch: number): Promise<Known | undefined> {
    return (await this.#needs.worktrees.all()).find(({ record }) => record.dispatch === dispatch);
  }
}

/** What was hidden and is now part of the dispatch's own work is shown, without what Lockkeeper wrote in it. */
export async function releaseWork(known: Known, dispatch: Dispatch, workspace: Workspace): Promise<void> {
  const { record, commonDir, mapping } = known;
  const territory = territoryOf(dispatch, workspace);
  const isWork = (file: string): boolean => {
    const name = nameFromTop(mapping, file);
    return name !== undefined && holds(territory, name);
  };
  const files = [...(await readHiddenTexts({ commonDir, id: record.id })).keys()];
  if (!files.some(isWork)) return;
  await oneWriter(commonDir, () => release(known, files.filter(isWork)));
}

/**
 * Takes ours out of these hidden files and shows them. One that cannot be read stays as it is, hidden: it does not read as
 * Lockkeeper left it, so the review sees it. Call it inside `oneWriter`.
 */
async function release(
  { record: { path: root, id }, commonDir, mapping }: Known,
  files: readonly string[],
): Promise<void> {
  const texts = new Map(await readHiddenTexts({ commonDir, id }));
  for (const file of files) {
    // What a link leads to is not ours to write; git shows the link.
    if ((await foundAt(root, file)) !== 'else') {
      const path = join(root, ...file.split('/'));
      const before = await textAt(path);
      const made = textWithoutOurs(pathsInFolders(mapping, file), before);
      if (!made.ok) continue;
      const change = { path, before, after: made.text };
      if (made.text !== before && (await writeAll([change], [root])) !== undefined) continue;
    }
    await unhide({ commonDir, id }, [file]);
    texts.delete(file);
    await writeHiddenTexts({ commonDir, id }, texts);
  }
}

/** What of an agent's stands in one hidden file of a worktree. */
interface Held {
  readonly known: Known;
  /** From the root of the worktree. */
  readonly file: string;
  readonly parts: readonly Part[];
}

/**
 * What taking an agent out of a folder changes of the hidden files that Lockkeeper wrote in its worktrees. What else stands
 * in them stays, and so does one that cannot be read.
 */
export async function takingOut(agent: AgentIn): Promise<readonly ConfigChange[]> {
  const changes: ConfigChange[] = [];
  for (const { known, file, parts } of await heldBy(agent)) {
    const { path: root, worker } = known.record;
    if ((await foundAt(root, file)) !== 'file') continue;
    const path = join(root, ...file.split('/'));
    const before = await textAt(path);
    const made = textWith('take', parts, before);
    if (made.ok && made.text !== before)
      changes.push({ path, before, after: made.text, worktree: { worker, file } });
  }
  return changes;
}

/** Writes that, and knows from then on what is to stand there. A file that holds nothing of ours any more is shown. */
export async function takeOut(
  agent: AgentIn,
  write: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const held = await heldBy(agent);
  for (const one of held) await leftWithout(one, 'before');
  let when: 'after' | 'instead' = 'instead';
  try {
    const moved = await write();
    if (moved === undefined) when = 'after';
    return moved;
  } finally {
    for (const one of held) await leftWithout(one, when);
  }
}

/** An agent that is taken out of an open folder, and the worktrees that there are. */
interface AgentIn {
  readonly profile: Pick<Profile, 'entries'>;
  /** The workspace's name of the folder. */
  readonly folder: string | undefined;
  readonly worktrees: readonly Known[];
}

async function heldBy({ profile, folder, worktrees }: AgentIn): Promise<readonly Held[]> {
  const held: Held[] = [];
  for (const known of worktrees) {
    const { commonDir, record, mapping } = known;
    const prefixes = mapping.folders.filter(({ name }) => name === folder).map(({ prefix }) => prefix);
    for (const file of (await readHiddenTexts({ commonDir, id: record.id })).keys()) {
      const entries = profile.entries.filter((entry) =>
        prefixes.some((prefix) => file === (prefix === '' ? entry.file : `${prefix}/${entry.file}`)),
      );
      if (entries.length > 0) held.push({ known, file, parts: [{ entries, facts: noFacts }] });
    }
  }
  return held;
}

/** Before it is written both may stand there: a window that dies in the middle makes nobody a writer. */
function leftWithout(
  { known: worktree, file, parts }: Held,
  when: 'before' | 'after' | 'instead',
): Promise<void> {
  const { commonDir, record, mapping } = worktree;
  const there = { commonDir, id: record.id };
  return oneWriter(commonDir, async () => {
    const texts = new Map(await readHiddenTexts(there));
    const known = texts.get(file);
    if (!known) return;
    const half = known.length / 2;
    // Another window wrote there meanwhile: what it left is what is to stand there.
    if (when !== 'before' && !Number.isInteger(half)) return;
    const without = known.map((text) => withoutPart(parts, text));
    texts.set(
      file,
      { before: [...known, ...without], after: known.slice(half), instead: known.slice(0, half) }[when],
    );
    await writeHiddenTexts(there, texts);
    const left = texts.get(file)?.at(-1) ?? undefined;
    const rest = textWithoutOurs(pathsInFolders(mapping, file), left);
    if (when === 'after' && rest.ok && rest.text === left) await release(worktree, [file]);
  });
}

/** What Lockkeeper left there can be read. */
function withoutPart(parts: readonly Part[], text: string | null): string | null {
  const made = textWith('take', parts, text ?? undefined);
  return made.ok ? (made.text ?? null) : text;
}
