import type { Step } from './composeWrites.ts';
import type { Reviews, Weighed } from './composeReviews.ts';
import { processes, type Worktrees } from './composeWorktrees.ts';
import type { ActOf } from './contract/acts.ts';
import type { Measured } from './core/change.ts';
import { refusal, type Refusal } from './contract/refusal.ts';
import { proposedMessage } from './core/commitMessage.ts';
import { withTrailers } from './core/commitTrailers.ts';
import type { State } from './core/state.ts';
import { at } from './core/table.ts';
import type { Workspace } from './core/workspace.ts';
import type { Command } from './desk/command.ts';
import type { Preparation, Prepared } from './desk/preparing.ts';
import type { WorktreeTalk } from './editor/worktrees/openWorktrees.ts';
import { land, settle, unland } from './git/approving.ts';
import { isOver, landings, type Landing } from './git/landing.ts';
import { personOf } from './git/person.ts';

export interface ApprovalNeeds extends Pick<WorktreeTalk, 'settings' | 'whileMerging'> {
  readonly worktrees: Worktrees;
  readonly reviews: Reviews;
  readonly state: () => State;
  readonly workspace: () => Workspace;
  /** Whether the command was accepted; undefined where nobody can tell now. */
  readonly wasAccepted: (command: string) => boolean | undefined;
  /** Hears of what is staged, and in no commit of ours. */
  readonly staged: (step: Step) => void;
  readonly log: { info(text: string): void; warn(text: string): void };
}

/** What an approval brings to the person's branch. */
export class Approvals {
  readonly #needs: ApprovalNeeds;
  /** As it was measured for a command that is under way. */
  readonly #weighed = new Map<string, Weighed>();

  constructor(needs: ApprovalNeeds) {
    this.#needs = needs;
  }

  /** P8: the change is measured, and stands on the person's branch before the approval is true. */
  readonly preparation: Omit<Preparation, 'turn'> = {
    measure: async ({ id, act }) => {
      this.#weighed.delete(id);
      if (act.type !== 'approve') return {};
      const weighed = await this.#needs.reviews.weigh(act.result);
      if ('code' in weighed) return { change: { why: weighed.sentence, next: weighed.next } };
      this.#weighed.set(id, weighed);
      return { change: { measured: weighed.measured } };
    },
    prepare: async (command) => {
      const weighed = this.#weighed.get(command.id);
      this.#weighed.delete(command.id);
      return command.act.type === 'approve' && weighed ? this.#merge(command, command.act, weighed) : nothing;
    },
  };

  async #merge(
    command: Command,
    act: ActOf<'approve'>,
    { measured, ground, repository, merged, going }: Weighed,
  ): Promise<Prepared | Refusal> {
    const { settings, workspace, worktrees, whileMerging, staged, log } = this.#needs;
    if (merged.kind === 'unknown') return merged.refusal;
    // Refused by the rules before, which open the case that settles it.
    if (merged.kind === 'conflicts') throw new Error(`Result ${act.result} does not merge.`);
    const taken = new Set(going.files.map(({ path }) => path));
    const unsaved = measured.files.find(
      ({ name, path }) => name !== undefined && taken.has(path) && workspace().unsaved.includes(name),
    );
    if (unsaved) return unsavedEdits(unsaved.name ?? unsaved.path);
    const { dispatch, message } = await this.#words(command, act, measured, repository.top);
    const { where, base, from, commonDir } = ground;
    const { approved } = settings();
    const landed = await whileMerging(act.result, (signal) =>
      land({
        repository,
        owner: worktrees.owner,
        command: command.id,
        dispatch,
        maker: processes.markOf(process.pid),
        where,
        tree: merged.tree,
        base,
        from,
        message,
        how: approved,
        signal,
      }),
    );
    if (!landed.ok) return landed.refusal;
    const { commit, landing } = landed;
    if (commit === undefined && landing.before !== null) staged([landing.before, merged.tree]);
    return {
      ...(commit === undefined ? {} : { facts: { commit } }),
      keep: async () => {
        await settle(commonDir, landing).catch((error: unknown) => log.warn(String(error)));
        if (commit !== undefined) log.info(`Result ${act.result} is commit ${commit}.`);
        void worktrees.finish(dispatch, measured.tree, approved === 'commit');
      },
      undo: async () => {
        const left = await unland(commonDir, landing);
        if (left) log.warn(`${left.sentence} ${left.next}`);
        return left;
      },
    };
  }

  async #words(
    { actor }: Command,
    act: ActOf<'approve'>,
    { tree, base }: Pick<Measured, 'tree' | 'base'>,
    top: string,
  ): Promise<{ dispatch: number; message: string }> {
    const state = this.#needs.state();
    const result = at(state.results, act.result);
    const dispatch = result && at(state.dispatches, result.dispatch);
    if (!dispatch) throw new Error(`There is no result ${act.result}.`);
    const reviewer =
      actor.seat === 'user' ? await personOf(top) : 'Orchestrator <orchestrator@lockkeeper.invalid>';
    const words = act.message ?? proposedMessage(state, result, dispatch);
    return {
      dispatch: dispatch.n,
      message: withTrailers(words, { state, result, dispatch, tree, base, reviewer, act }),
    };
  }

  /** What was under way when a window died is finished or taken back. */
  async cleanUp(): Promise<void> {
    await this.#settleLeft(({ maker }) => !processes.isAlive(maker));
  }

  /**
   * What an approval has left that failed is finished or taken back before the next is measured: whoever has the turn
   * knows that nobody is at one. A refusal where that cannot be.
   */
  settleBefore(): Promise<Refusal | undefined> {
    return this.#settleLeft(() => true);
  }

  async #settleLeft(isLeft: (landing: Landing) => boolean): Promise<Refusal | undefined> {
    const { worktrees, wasAccepted, log } = this.#needs;
    let refused: Refusal | undefined;
    for (const { commonDir } of (await worktrees.surveyed()).repositories) {
      for (const landing of await landings(commonDir)) {
        if (landing.owner !== worktrees.owner || !isLeft(landing)) continue;
        const stands = wasAccepted(landing.command);
        if (stands === undefined) refused ??= untold;
        if (stands === true) await settle(commonDir, landing);
        if (stands !== false) continue;
        const left = await unland(commonDir, landing);
        if (left && !isOver(left)) refused ??= left;
        log.warn(
          left
            ? `An approval that was interrupted is not taken back whole: ${left.sentence} ${left.next}`
            : 'An approval that was interrupted is taken back.',
        );
      }
    }
    return refused;
  }
}

const nothing: Prepared = { keep: () => Promise.resolve(), undo: () => Promise.resolve() };

const untold = refusal(
  'under-way',
  'An approval before this one was interrupted, and the journal cannot tell now whether it came about.',
  'Bring the journal back into use, then do it again.',
);

function unsavedEdits(name: string): Refusal {
  return refusal(
    'unsaved-in-way',
    `${name} has edits in an editor that are not saved, and the approved change is about the same file.`,
    'Save and commit them, or revert them, then approve again.',
  );
}
