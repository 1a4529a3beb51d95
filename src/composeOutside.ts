import { Approvals, type ApprovalNeeds } from './composeApprovals.ts';
import { dispatchPreparation } from './composeDispatches.ts';
import { Grounds } from './composeGrounds.ts';
import { HiddenFiles } from './composeHidden.ts';
import { Leftovers } from './composeLeftovers.ts';
import { Reviews, type ReviewNeeds } from './composeReviews.ts';
import { undoPreparation } from './composeUndoing.ts';
import { Worktrees, type WorktreeNeeds } from './composeWorktrees.ts';
import { Placed, touchedBy, type Step } from './composeWrites.ts';
import type { State } from './core/state.ts';
import { at } from './core/table.ts';
import type { Desk } from './desk/desk.ts';
import type { Preparation } from './desk/preparing.ts';
import { takeTurn } from './journal/turn.ts';

/** What is done with git, for a desk; all of it is loaded with the first need. */
export interface Outside {
  readonly worktrees: Worktrees;
  readonly grounds: Grounds;
  readonly leftovers: Leftovers;
  readonly reviews: Reviews;
  readonly approvals: Approvals;
  readonly placed: Placed;
  readonly touched: (dispatch: number) => ReturnType<typeof touchedBy>;
  readonly dispatch: Omit<Preparation, 'turn'>;
  readonly approve: Omit<Preparation, 'turn'>;
  readonly undo: Omit<Preparation, 'turn'>;
  /** Keeps what was withdrawn; takes away what was interrupted, and what nothing needs any more. */
  cleanUp(): Promise<void>;
}

export interface OutsideNeeds
  extends
    Omit<WorktreeNeeds, 'cameAbout' | 'dispatchOf'>,
    Pick<ReviewNeeds, 'savedHere'>,
    Pick<ApprovalNeeds, 'whileMerging'> {}

export function composeOutside(desk: Desk, needs: OutsideNeeds): Outside {
  const state = (): State => desk.state;
  const cameAbout: WorktreeNeeds['cameAbout'] = ({ command, dispatch }) => {
    if (desk.trouble) return undefined;
    const first = command === undefined ? undefined : desk.madeBy(command)?.dispatch;
    // Side by side one command makes several, one after the other.
    return first !== undefined && dispatch >= first && at(desk.state.dispatches, dispatch) !== undefined;
  };
  const isLive = (dispatch: number): boolean => desk.state.live.includes(dispatch);
  const worktrees = new Worktrees({
    ...needs,
    dispatchOf: (worker) => desk.state.live.find((n) => at(desk.state.dispatches, n)?.worker === worker),
    cameAbout,
  });
  const { settings, mayCarry, folders, workspace, log, savedHere } = needs;
  const grounds = new Grounds({ worktrees, folders, cameAbout, isLive, log });
  const leftovers = new Leftovers({
    ...needs,
    worktrees,
    isLive,
    wasWithdrawn: (dispatch) => at(desk.state.dispatches, dispatch)?.over === 'withdrawn',
    alone: () => takeTurn(needs.journal, 'keep'),
  });
  const hidden = new HiddenFiles({ worktrees, state, workspace });
  const reviews = new Reviews({ worktrees, grounds, hidden, state, workspace, savedHere });
  const wasAccepted = (command: string): boolean | undefined =>
    desk.madeBy(command) !== undefined || (desk.trouble ? undefined : false);
  const placed = new Placed({ worktrees, folders });
  desk.onTold(({ events }) => {
    for (const { event } of events)
      if (event.type === 'approved' || event.type === 'approval-undone') placed.note(event.commit);
  });
  const staged = (step: Step): void => placed.noteStep(step);
  const approvals = new Approvals({ ...needs, worktrees, reviews, state, wasAccepted, staged });
  // Two windows that bring changes to one branch at one moment would take each other's back.
  const alone = (): Promise<(() => void) | undefined> => takeTurn(needs.journal, 'approve');
  const afresh = (one: Omit<Preparation, 'turn'>): Omit<Preparation, 'turn'> => ({
    ...one,
    alone,
    measure: async (command) => (await approvals.settleBefore()) ?? (await one.measure?.(command)) ?? {},
  });
  return {
    worktrees,
    grounds,
    leftovers,
    reviews,
    approvals,
    placed,
    touched: (dispatch) => touchedBy({ worktrees, hidden }, dispatch),
    approve: afresh(approvals.preparation),
    undo: afresh(undoPreparation({ worktrees, state, log })),
    dispatch: dispatchPreparation({ worktrees, leftovers, grounds, state, settings, mayCarry }),
    cleanUp: async () => {
      await worktrees.cleanUp();
      await leftovers.keep();
      await grounds.cleanUp();
      await approvals.cleanUp();
    },
  };
}
