import { dispatchPreparation } from './composeDispatches.ts';
import { Worktrees, type WorktreeNeeds } from './composeWorktrees.ts';
import type { Desk } from './desk/desk.ts';
import type { Preparation } from './desk/preparing.ts';
import { at } from './core/table.ts';

/** What is done with git, for a desk; all of it is loaded with the first need. */
export interface Outside {
  readonly worktrees: Worktrees;
  readonly dispatch: Omit<Preparation, 'turn'>;
}

export function composeOutside(desk: Desk, needs: Omit<WorktreeNeeds, 'cameAbout' | 'dispatchOf'>): Outside {
  const worktrees = new Worktrees({
    ...needs,
    dispatchOf: (worker) => desk.state.live.find((n) => at(desk.state.dispatches, n)?.worker === worker),
    cameAbout: ({ command, dispatch, todo }) => {
      if (desk.trouble) return undefined;
      const known = at(desk.state.dispatches, dispatch);
      return command !== undefined && desk.madeBy(command) !== undefined && known?.todos[0] === todo;
    },
  });
  const { settings, mayCarry } = needs;
  return {
    worktrees,
    dispatch: dispatchPreparation({ worktrees, state: () => desk.state, settings, mayCarry }),
  };
}
