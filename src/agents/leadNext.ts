import { nextAction, type NextKind } from '../core/views/nextAction.ts';
import type { State } from '../core/state.ts';
import { at } from '../core/table.ts';

/** P6: what the user wants to answer first is nobody else's before the user says so. */
export function usersFirstNext(n: number): string {
  return `question ${n} waits for the user, who answers it or leaves it to you. Until then take the next of list_inbox.`;
}

/** The one next thing, as the call that does it. */
export function nextForLead(state: State): string {
  const { kind, n, sentence } = nextAction(state);
  const words: Record<NextKind, string> = {
    start: 'no orchestration is open; the user starts one in the editor.',
    instruction:
      'the user stopped everything; replan as the instruction says: quote it, and name the fate of every live TODO.',
    'add-worker': 'no worker is registered; the user adds one in the editor.',
    'add-step': 'add_step, then release_step.',
    'blocking-question': at(state.questions, n ?? 0)?.usersFirst
      ? usersFirstNext(n ?? 0)
      : `get_question ${n ?? ''}, then answer_question.`,
    question: `get_question ${n ?? ''}, then answer_question.`,
    conflict: `get_conflict ${n ?? ''}, then conflict_resolve.`,
    request: `grant_scope or decline_scope for request ${n ?? ''}.`,
    contradicted: `get_result ${n ?? ''}: its own words do not hold; then reject_result, or review_hard again.`,
    command: 'the user is asked whether a command of VERIFY may be run; nothing for you to do about it.',
    review: `get_result ${n ?? ''}; then review_result.`,
    reconcile: `reconcile_todo for TODO ${n ?? ''}.`,
    late: `get_result ${n ?? ''}; then add_late_item for each item, and note_late_result.`,
    'plan-affected': `get_result ${n ?? ''}; then replan, or plan_stands with a reason.`,
    proposal: 'a proposal waits for the user; nothing for you to do about it.',
    silent: `dispatch ${n ?? ''} is silent; nudge it, or withdraw_dispatch with a reason.`,
    unacknowledged: `dispatch ${n ?? ''} lies there unacknowledged; nudge its worker, or withdraw_dispatch with a reason.`,
    exposed: `the user connects the worker of dispatch ${n ?? ''} anew; or withdraw_dispatch with a reason.`,
    'over-budget': `dispatch ${n ?? ''} has used up its budget and is asked for its result; wait for it, give_time with a reason, or withdraw_dispatch.`,
    ended: `dispatch ${n ?? ''} ended without a result; relaunch_worker or withdraw_dispatch.`,
    'by-hand':
      'nothing; its worker works by hand, and the user enters what it sends. Look at list_inbox again later.',
    dispatch: `dispatch_todo for TODO ${n ?? ''}.`,
    sent: `nothing yet; dispatch ${n ?? ''} is not acknowledged. Look at list_inbox again soon.`,
    wait: 'nothing: all healthy. Call no_op, then list_inbox with wait_seconds 45.',
    release: `release_step ${n ?? ''}.`,
    deferred: `${sentence}`,
    close: 'close_orchestration, or add_step; handoff tells what it came to.',
  };
  return words[kind];
}
