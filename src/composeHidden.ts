import { join } from 'node:path';
import { textAt, writeAll } from './agents/connect/files.ts';
import { textWithoutOurs } from './agents/connect/parts.ts';
import type { Worktrees } from './composeWorktrees.ts';
import type { Dispatch, State } from './core/state.ts';
import { at } from './core/table.ts';
import { holds, territoryOf } from './core/territory.ts';
import type { Workspace } from './core/workspace.ts';
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
