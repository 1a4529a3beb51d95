import type { HiddenFiles } from './composeHidden.ts';
import type { Worktrees } from './composeWorktrees.ts';
import type { Touched } from './editor/ownership/outsideScope.ts';
import type { NamedFolder } from './files/folders.ts';
import { readGit } from './git/git.ts';
import { landings } from './git/landing.ts';
import { mappingOf, nameFromTop, topPathOf } from './git/mapping.ts';
import { takenUp } from './git/takenUp.ts';
import { touchedIn } from './git/touched.ts';
import { filesOf } from './git/worktreeRecords.ts';

interface PlacedNeeds {
  readonly worktrees: Worktrees;
  readonly folders: () => readonly NamedFolder[];
}

/** What is not as it was handed out in the worktree of a dispatch; undefined where it has none. Rejects where git fails. */
export async function touchedBy(
  { worktrees, hidden }: { readonly worktrees: Worktrees; readonly hidden: HiddenFiles },
  dispatch: number,
): Promise<readonly Touched[] | undefined> {
  // First: what comes to be the worker's own is shown by that.
  const strayed = await hidden.strayed(dispatch);
  const known = (await worktrees.all()).find(({ record }) => record.dispatch === dispatch);
  if (!known) return undefined;
  const { record, top, commonDir, mapping } = known;
  const { path, id, base, from = base } = record;
  const { index } = filesOf(commonDir, id);
  const head = await readGit(top, ['rev-parse', '--quiet', '--verify', 'HEAD']);
  const begun = await takenUp(path, { base, from }, head.ok ? head.text.trim() : undefined);
  const paths = await touchedIn({ path, base: begun.ok ? begun.base : base, index });
  if (!paths) throw new Error(`Git does not say what is changed in ${path}.`);
  return [...new Set([...paths, ...strayed])].map((one) => ({ name: nameFromTop(mapping, one), path: one }));
}

/** Two trees, or commits: what was there, and what is to be. */
export type Step = readonly [before: string, after: string];

const most = 10;

/** Files that an approval of Lockkeeper's, or the undoing of one, put where they are: nobody else's write. */
export class Placed {
  readonly #needs: PlacedNeeds;
  #recent: readonly Step[] = [];

  constructor(needs: PlacedNeeds) {
    this.#needs = needs;
  }

  /** A commit brought something to the person's branch. */
  note(commit: string | undefined): void {
    if (commit !== undefined) this.noteStep([`${commit}^`, commit]);
  }

  noteStep(step: Step): void {
    this.#recent = [step, ...this.#recent].slice(0, most);
  }

  /** Those of the names that one of them changed, or one that is on its way, and that are as it left them. */
  async of(names: readonly string[]): Promise<readonly string[]> {
    const { worktrees } = this.#needs;
    const { places, repositories } = await worktrees.surveyed();
    const found = new Set<string>();
    for (const { top, commonDir } of repositories) {
      const mapping = mappingOf(top, top, places);
      const own = (await landings(commonDir)).filter(({ owner }) => owner === worktrees.owner);
      const underWay = own.flatMap(({ tree, before }): Step[] =>
        before === null
          ? []
          : [
              [before, tree],
              [tree, before],
            ],
      );
      for (const step of [...underWay, ...this.#recent]) {
        const paths = new Map<string, string>();
        for (const name of names) {
          const path = found.has(name) ? undefined : topPathOf(mapping, name);
          if (path !== undefined) paths.set(path, name);
        }
        if (paths.size === 0) break;
        for (const path of await placedBy(top, step, [...paths.keys()])) found.add(paths.get(path) ?? '');
      }
    }
    return [...found];
  }
}

/** Of these paths those that are other in the second tree than in the first, and on the disk as the second has them. */
async function placedBy(
  top: string,
  [before, after]: Step,
  paths: readonly string[],
): Promise<readonly string[]> {
  const plain = ['--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv'];
  const [moved, other] = await Promise.all([
    readGit(top, ['--literal-pathspecs', 'diff', ...plain, before, after, '--', ...paths]),
    readGit(top, ['--literal-pathspecs', 'diff', ...plain, after, '--', ...paths]),
  ]);
  if (!moved.ok || !other.ok) return [];
  const differs = new Set(other.text.split('\0'));
  return moved.text.split('\0').filter((path) => path !== '' && !differs.has(path));
}
