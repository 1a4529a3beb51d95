import { processes, type Worktrees } from './composeWorktrees.ts';
import type { Refusal } from './contract/refusal.ts';
import { armedOn } from './core/armed.ts';
import type { State } from './core/state.ts';
import { at } from './core/table.ts';
import type { Command } from './desk/command.ts';
import type { Preparation, Prepared } from './desk/preparing.ts';
import { land, settle, unland } from './git/approving.ts';
import { oneWriter, readGit } from './git/git.ts';
import { reverseOf } from './git/reversing.ts';
import { repositoryOf, type Repository } from './git/repository.ts';

interface UndoNeeds {
  readonly worktrees: Worktrees;
  readonly state: () => State;
  readonly log: { warn(text: string): void };
}

interface Reverse {
  readonly repository: Repository;
  readonly tree: string;
  readonly commit: string;
}

/** Before an approval is undone its commit is reversed on the person's branch, or nothing has moved. */
export function undoPreparation({ worktrees, state, log }: UndoNeeds): Omit<Preparation, 'turn'> {
  const approved = (command: Command): { commit: string; dispatch: number } | undefined => {
    const { act } = command;
    const result =
      act.type === 'undo-approval'
        ? at(state().results, act.result)
        : act.type === 'fire-rollback'
          ? armedOn(state(), act.todo)?.result
          : undefined;
    const commit = result?.approval?.commit;
    return result && commit !== undefined ? { commit, dispatch: result.dispatch } : undefined;
  };
  const reverse = async (commit: string): Promise<Reverse | Refusal | undefined> => {
    for (const { top, commonDir } of (await worktrees.surveyed()).repositories) {
      const standing = await repositoryOf(top);
      if (standing.kind === 'none' || standing.repository.commit === undefined) continue;
      const { repository } = standing;
      const made = await oneWriter(commonDir, () => reverseOf(top, standing.repository.commit ?? '', commit));
      if (made?.kind === 'clean') return { repository, tree: made.tree, commit };
      if (made?.kind === 'unknown') return made.refusal;
    }
    return undefined;
  };
  return {
    measure: async (command) => {
      const found = approved(command);
      if (!found) return {};
      const reversed = await reverse(found.commit);
      if (reversed && 'code' in reversed) return reversed;
      return { revert: reversed ? 'clean' : 'conflicts' };
    },
    prepare: async (command, events) => {
      const found = approved(command);
      const isReversed = events.some(
        (event) => event.type === 'approval-undone' && event.returned.length > 0,
      );
      const made = found && isReversed ? await reverse(found.commit) : undefined;
      if (!found || !made) return nothing;
      return 'code' in made ? made : landed(command, found.dispatch, made);
    },
  };

  async function landed(
    { id }: Command,
    dispatch: number,
    { repository, tree, commit }: Reverse,
  ): Promise<Prepared | Refusal> {
    const { top, commonDir } = repository;
    const subject = await readGit(top, ['log', '-1', '--format=%s', commit]);
    const done = await land({
      repository,
      owner: worktrees.owner,
      command: id,
      dispatch,
      maker: processes.markOf(process.pid),
      where: 'worktree',
      tree,
      base: commit,
      from: repository.commit,
      message: `revert: ${subject.ok ? subject.text.trim() : 'an approval'}\n\nThis reverts commit ${commit}.`,
      how: 'commit',
    });
    if (!done.ok) return done.refusal;
    return {
      ...(done.commit === undefined ? {} : { facts: { commit: done.commit } }),
      keep: () => settle(commonDir, done.landing),
      undo: async () => {
        const left = await unland(commonDir, done.landing);
        if (left) log.warn(`${left.sentence} ${left.next}`);
        return left;
      },
    };
  }
}

const nothing: Prepared = { keep: () => Promise.resolve(), undo: () => Promise.resolve() };
