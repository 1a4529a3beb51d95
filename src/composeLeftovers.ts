import { existsSync } from 'node:fs';
import { processes, type Worktrees } from './composeWorktrees.ts';
import { refusal, type Refusal } from './contract/refusal.ts';
import type { Kept } from './core/decision.ts';
import type { LeftWorktree } from './editor/house.ts';
import type { Known } from './git/dispatchWorktree.ts';
import { keepWork } from './git/keeping.ts';
import { removeWorktree, unmergedIn } from './git/unmaking.ts';
import { noteKept } from './git/worktreeRecords.ts';

export interface LeftoverNeeds {
  readonly worktrees: Worktrees;
  readonly isLive: (dispatch: number) => boolean;
  readonly wasWithdrawn: (dispatch: number) => boolean;
  /** One window of several at a time; gives what ends its turn. */
  readonly alone: () => Promise<(() => void) | undefined>;
  readonly tellKept: (branch: string) => void;
  readonly log: { warn(text: string): void };
}

/** Worktrees whose dispatch is over. */
export class Leftovers {
  readonly #needs: LeftoverNeeds;
  readonly #worktrees: Worktrees;
  readonly #isLive: LeftoverNeeds['isLive'];

  constructor(needs: LeftoverNeeds) {
    this.#needs = needs;
    this.#worktrees = needs.worktrees;
    this.#isLive = needs.isLive;
  }

  /**
   * T6: the work of withdrawn dispatches stays on their branches, whoever withdrew them: this window, another, or one
   * that died before it had seen to that. Once each; says which branches those are.
   */
  async keep(): Promise<void> {
    if ((await this.#toKeep()).length === 0) return;
    const end = await this.#needs.alone();
    if (!end) return;
    try {
      const { log, tellKept } = this.#needs;
      for (const { record, commonDir } of await this.#toKeep()) {
        const message = `chore: keep the work of TODO ${record.todo}\n\nIts dispatch was withdrawn.`;
        const kept = await keepWork(commonDir, record, message);
        if (!kept.ok) {
          log.warn(`The work in ${record.path} is not committed: ${kept.refusal.sentence}`);
          continue;
        }
        await noteKept(commonDir, record);
        tellKept(kept.branch);
      }
    } finally {
      end();
    }
  }

  async #toKeep(): Promise<readonly Known[]> {
    this.#worktrees.forgetSurvey();
    return (await this.#worktrees.all()).filter(
      ({ record: { dispatch, kept, path } }) =>
        kept !== true && this.#needs.wasWithdrawn(dispatch) && existsSync(path),
    );
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
