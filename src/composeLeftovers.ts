import { processes, type Worktrees } from './composeWorktrees.ts';
import { refusal, type Refusal } from './contract/refusal.ts';
import type { Kept } from './core/decision.ts';
import type { LeftWorktree } from './editor/house.ts';
import { removeWorktree, unmergedIn } from './git/unmaking.ts';

/** Worktrees whose dispatch is over. */
export class Leftovers {
  readonly #worktrees: Worktrees;
  readonly #isLive: (dispatch: number) => boolean;

  constructor(worktrees: Worktrees, isLive: (dispatch: number) => boolean) {
    this.#worktrees = worktrees;
    this.#isLive = isLive;
  }

  /** What is left of dispatches that are over, with the work in it that is nowhere else. */
  async left(): Promise<readonly LeftWorktree[]> {
    this.#worktrees.forgetSurvey();
    const over = (await this.#worktrees.all()).filter(({ record }) => !this.#isLive(record.dispatch));
    return Promise.all(
      over.map(async ({ record }) => {
        const { id, path, branch, worker, todo } = record;
        const found = await unmergedIn(record);
        const { files, commits } = found.ok ? found.unmerged : { files: 0, commits: 1 };
        return { id, path, branch, worker, todo, files, commits };
      }),
    );
  }

  /** The branches that hold the work of dispatches that are over, by the number of each. */
  async branches(): Promise<Kept> {
    this.#worktrees.forgetSurvey();
    const over = (await this.#worktrees.all()).filter(({ record }) => !this.#isLive(record.dispatch));
    return Object.fromEntries(over.map(({ record }) => [record.dispatch, record.branch]));
  }

  /** Takes one of those away: with work in it that is nowhere else only where the person said so. */
  async remove(id: string, even: boolean): Promise<Refusal | undefined> {
    const found = (await this.#worktrees.all()).find(({ record }) => record.id === id);
    if (!found) return refusal('no-worktree', `There is no worktree ${id}.`, 'Run the command again.');
    if (this.#isLive(found.record.dispatch)) {
      const { worker, todo } = found.record;
      return refusal(
        'worktree-live',
        `${worker} works in it on TODO ${todo}.`,
        'Withdraw its dispatch first.',
      );
    }
    const left = await removeWorktree(found.top, found.commonDir, found.record, processes, even);
    this.#worktrees.forgetSurvey();
    return left;
  }
}
