import type { Event } from '../contract/events.ts';
import type { Actor } from '../contract/actor.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { nextMessage } from './messages.ts';
import { accept, refuse, refuseAbout, type Deciders } from './decision.ts';
import { dispatchName, inMinutes, isBlank } from './labels.ts';
import { isByHand, type Dispatch, type State } from './state.ts';
import { at } from './table.ts';
import { isCounting, usedTime } from './workingTime.ts';
import { plainWorkspace, type Workspace } from './workspace.ts';

const minute = 60_000;

export const budgetDeciders: Deciders<'give-time' | 'note-budget'> = {
  'give-time': (state, { act, actor, now, workspace = plainWorkspace }) => {
    const dispatch = state.live.includes(act.dispatch) ? at(state.dispatches, act.dispatch) : undefined;
    if (!dispatch) {
      return refuse(
        'not-live',
        `Dispatch ${act.dispatch} is not live.`,
        'Look at the list: what is live stands in its own group.',
      );
    }
    const { n, budget, inReview } = dispatch;
    const name = dispatchName(state, dispatch);
    if (!budget) {
      return refuse('no-budget', `${name} has no budget: its time is not limited.`, 'Let it work.');
    }
    if (inReview !== undefined) {
      return refuseAbout(
        { kind: 'dispatch', n },
        'in-review',
        `Result ${inReview} of ${name} waits for its verdict, and no time runs.`,
        `Approve or reject result ${inReview}: rejected, it goes back with its whole budget.`,
      );
    }
    if (isBlank(act.reason)) return refuse('no-reason', 'More time is given for no reason.', 'Say why.');
    // What was used beyond the budget is gone; what is given is given from now on.
    const before = Math.max(budget.minutes, budget.up ? Math.ceil(usedTime(dispatch, now) / minute) : 0);
    const minutes = before + act.minutes;
    const most = tooMuchTime(actor, minutes, workspace);
    if (most) return { events: [], refusal: most };
    const words = `You have ${inMinutes(act.minutes)} more for this task: ${act.reason}`;
    const given: Event = {
      type: 'time-given',
      dispatch: n,
      message: nextMessage(dispatch),
      words,
      minutes,
      reason: act.reason,
    };
    const again = budget.stopped ? ([{ type: 'relaunched', dispatch: n }] as const) : [];
    const started = budget.stopped ? ' Its worker starts again on the same task.' : '';
    return accept([given, ...again], `${name} has ${inMinutes(act.minutes)} more.${started}`);
  },

  'note-budget': (state, { act, now, workspace = plainWorkspace }) => {
    const dispatch = state.live.includes(act.dispatch) ? at(state.dispatches, act.dispatch) : undefined;
    const { budget } = dispatch ?? {};
    if (!budget || dispatch?.epoch !== act.epoch || !isCounting(state, dispatch)) return accept([], '');
    if (act.jumped !== undefined) {
      return accept([{ type: 'time-jumped', dispatch: dispatch.n, jumped: act.jumped }], '');
    }
    const used = usedTime(dispatch, now);
    if (used < limitOf(dispatch, workspace)) return accept([], '');
    if (!budget.up) {
      const words = asksForResult(state, dispatch, workspace);
      const message = nextMessage(dispatch);
      return accept([{ type: 'budget-used-up', dispatch: dispatch.n, message, words, used }], '');
    }
    return act.past && !isByHand(at(state.workers, dispatch.worker))
      ? accept([{ type: 'stopped-over-budget', dispatch: dispatch.n, used }], '')
      : accept([], '');
  },
};

/** The milliseconds of work at which something is next said of the budget of a dispatch: its limit, then its end. */
export function limitOf({ budget }: Dispatch, { budgetGraceMinutes }: Workspace): number {
  if (!budget) return Infinity;
  return budget.up ? budget.up.used + budgetGraceMinutes * minute : budget.minutes * minute;
}

/** Why this is more than an agent may give; the user gives what they like. */
export function tooMuchTime(
  { seat }: Pick<Actor, 'seat'>,
  minutes: number,
  { budgetMostMinutes: most }: Workspace,
): Refusal | undefined {
  if (seat === 'user' || minutes <= most) return undefined;
  return refusal(
    'over-most-time',
    `${inMinutes(minutes)} in all is more than the ${most} that an agent may give.`,
    'Give less, or withdraw it with a reason. The user can give more.',
  );
}

/** What stands in the CONTEXT of a dispatch that has a budget. */
export function budgetLine(minutes: number): string {
  return `BUDGET: ${inMinutes(minutes)} of work; the wait for an answer does not count. When they are used up, hand in a result that says what is still open.`;
}

function asksForResult(state: State, { budget, worker }: Dispatch, workspace: Workspace): string {
  const end = isByHand(at(state.workers, worker))
    ? ''
    : ` You are stopped ${inMinutes(workspace.budgetGraceMinutes)} later.`;
  return `The budget of this task, ${inMinutes(budget?.minutes ?? 0)}, is used up. Hand in a result now, and list everything that is not finished under What is still open.${end}`;
}
