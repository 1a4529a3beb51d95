import type { Event } from '../contract/events.ts';
import type { Actor } from '../contract/actor.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { nextMessage } from './messages.ts';
import { accept, refuse, refuseAbout, type Deciders } from './decision.ts';
import { budgetWords, dispatchName, inCalls, inMinutes, isBlank } from './labels.ts';
import type { Budget } from './planning.ts';
import { isByHand, type Dispatch, type State, type Worker } from './state.ts';
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
    // What is given in calls is as many again, from those on that were counted.
    const { calls, up } = budget;
    const limit = calls !== undefined && up?.calls !== undefined ? up.calls + calls : undefined;
    const most = tooMuch(actor, { budget: minutes, calls: limit }, workspace);
    if (most) return { events: [], refusal: most };
    const more = `${inMinutes(act.minutes)}${limit === undefined ? '' : ` and ${inCalls(calls ?? 0)}`}`;
    const words = `You have ${more} more for this task: ${act.reason}`;
    const given: Event = {
      type: 'time-given',
      dispatch: n,
      message: nextMessage(dispatch),
      words,
      minutes,
      ...(limit === undefined ? {} : { limit }),
      reason: act.reason,
    };
    const again = budget.stopped ? ([{ type: 'relaunched', dispatch: n }] as const) : [];
    const started = budget.stopped ? ' Its worker starts again on the same task.' : '';
    return accept([given, ...again], `${name} has ${more} more.${started}`);
  },

  'note-budget': (state, { act, now, workspace = plainWorkspace }) => {
    const dispatch = state.live.includes(act.dispatch) ? at(state.dispatches, act.dispatch) : undefined;
    const { budget } = dispatch ?? {};
    if (!budget || dispatch?.epoch !== act.epoch || !isCounting(state, dispatch)) return accept([], '');
    if (act.jumped !== undefined) {
      return accept([{ type: 'time-jumped', dispatch: dispatch.n, jumped: act.jumped }], '');
    }
    const used = usedTime(dispatch, now);
    const outOfCalls = isOutOfCalls(dispatch, act.calls);
    if (used < limitOf(dispatch, workspace) && !outOfCalls) return accept([], '');
    if (!budget.up) {
      const counted = outOfCalls && act.calls !== undefined ? { calls: act.calls } : {};
      const spent = { ...dispatch, budget: { ...budget, up: { at: now, used, ...counted } } };
      const words = asksForResult(state, spent, workspace);
      const message = nextMessage(dispatch);
      return accept([{ type: 'budget-used-up', dispatch: dispatch.n, message, words, used, ...counted }], '');
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

/** Whether so many calls of its tools are what it may make; they are counted once it is not yet asked for its result. */
export function isOutOfCalls({ budget }: Dispatch, calls: number | undefined): boolean {
  return budget?.limit !== undefined && !budget.up && (calls ?? 0) >= budget.limit;
}

/** What is said of a budget where work is given: minutes, and calls beside them. */
export interface SaidBudget {
  readonly budget?: number | undefined;
  readonly calls?: number | undefined;
}

/** What a worker may take for a task: what is said, or what is set. No minutes: no limit. */
export function budgetFor(
  worker: Worker,
  { budget, calls: said }: SaidBudget,
  { budgetMinutes, budgetCalls }: Workspace,
): Pick<Budget, 'minutes' | 'calls'> | Refusal {
  const minutes = budget ?? Math.floor(budgetMinutes);
  if (said !== undefined && !isCounted(worker)) {
    return refusal(
      'calls-uncounted',
      `Nobody counts how often ${worker.name} calls its tools.`,
      'Give it minutes alone, or choose a worker that is started as an agent Lockkeeper knows.',
    );
  }
  if (said !== undefined && minutes < 1) {
    return refusal(
      'no-minutes',
      'Calls are given beside minutes of work, and this dispatch has none.',
      'Give it minutes too.',
    );
  }
  const calls = said ?? (isCounted(worker) ? Math.floor(budgetCalls) : 0);
  return { minutes, ...(minutes > 0 && calls > 0 ? { calls } : {}) };
}

/** Only of an agent that is known is each call heard of. */
function isCounted({ runs }: Worker): boolean {
  return runs.kind === 'command' && runs.agent !== undefined;
}

/** Why this is more than an agent may give; the user gives what they like. */
export function tooMuch(
  { seat }: Pick<Actor, 'seat'>,
  { budget = 0, calls = 0 }: SaidBudget,
  { budgetMostMinutes, budgetMostCalls }: Workspace,
): Refusal | undefined {
  if (seat === 'user') return undefined;
  if (budget > budgetMostMinutes) {
    return refusal(
      'over-most-time',
      `${inMinutes(budget)} in all is more than the ${budgetMostMinutes} that an agent may give.`,
      'Give less, or withdraw it with a reason. The user can give more.',
    );
  }
  if (calls > budgetMostCalls) {
    return refusal(
      'over-most-calls',
      `${inCalls(calls)} in all is more than the ${budgetMostCalls} that an agent may give.`,
      'Give fewer, or withdraw it with a reason. The user can give more.',
    );
  }
  return undefined;
}

/** What stands in the CONTEXT of a dispatch that has a budget. */
export function budgetLine(minutes: number, calls?: number): string {
  const counted = calls === undefined ? '' : `, and ${inCalls(calls)} of your tools`;
  return `BUDGET: ${inMinutes(minutes)} of work${counted}; the wait for an answer does not count. When they are used up, hand in a result that says what is still open.`;
}

function asksForResult(state: State, { budget, worker }: Dispatch, workspace: Workspace): string {
  const end = isByHand(at(state.workers, worker))
    ? ''
    : ` You are stopped ${inMinutes(workspace.budgetGraceMinutes)} later.`;
  return `The budget of this task, ${budget ? budgetWords(budget) : ''}, is used up. Hand in a result now, and list everything that is not finished under What is still open.${end}`;
}
