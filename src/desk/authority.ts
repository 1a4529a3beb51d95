import type { ActName } from '../contract/acts.ts';
import type { Seat } from '../contract/actor.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';

const leads = ['user', 'orchestrator'] as const;
const userAlone = ['user'] as const;
const works = ['worker'] as const;
const notices = ['keeper'] as const;

/**
 * Who may ask for what: one table, T1 and *The user's alone*. What a seat may ask for can still be refused
 * by the core, where only the thing asked about decides (an open item, an override).
 */
export const authority: { readonly [A in ActName]: readonly Seat[] } = {
  start: userAlone,
  'add-worker': userAlone,
  'renew-token': ['user', 'keeper'],
  'allow-unguarded': userAlone,
  'remove-worker': userAlone,
  'lend-seat': userAlone,
  'take-seat-back': ['user', 'keeper'],
  'dismiss-late-item': userAlone,
  'decline-proposal': userAlone,
  'name-writer': userAlone,
  'allow-command': userAlone,
  'revoke-command': userAlone,
  instruct: userAlone,
  'carry-on': userAlone,
  'leave-question': userAlone,

  'add-step': leads,
  release: leads,
  replan: leads,
  'plan-stands': leads,
  'add-todo': leads,
  'edit-todo': leads,
  'move-todo': leads,
  'drop-todo': leads,
  'merge-todo': leads,
  'split-todo': leads,
  reconcile: leads,
  dispatch: leads,
  withdraw: leads,
  relaunch: leads,
  answer: leads,
  'return-question': leads,
  approve: leads,
  reject: leads,
  'undo-approval': leads,
  'ask-verify': leads,
  'add-late-item': leads,
  'note-late-result': leads,
  close: leads,
  'dispatch-side-by-side': leads,
  'lock-scope': leads,
  'release-lock': leads,
  'hand-over-lock': leads,
  'open-conflict': ['user', 'orchestrator', 'keeper'],
  'assign-owner': leads,
  'set-merge-path': leads,
  'give-evidence': leads,
  resume: leads,
  'grant-scope': leads,
  'decline-request': leads,
  'no-op': leads,
  nudge: leads,
  feedback: leads,
  'give-time': leads,
  'debug-mode': leads,
  'describe-bug': leads,
  'fire-rollback': leads,

  acknowledge: works,
  progress: works,
  ask: works,
  submit: works,
  'request-scope': works,
  hear: works,
  'hear-answer': works,

  'note-silent': notices,
  'note-back': notices,
  'note-unacknowledged': notices,
  'note-ended': notices,
  'note-budget': notices,
  'note-guarded': notices,
  'note-reconnected': notices,
  'note-unguarded': notices,
  'note-seat-guard': notices,
  'note-witnessed': notices,
  'note-cancelled': notices,
};

/** The refusal for a seat that may not ask for this act; undefined where it may. */
export function notAllowed(seat: Seat, act: ActName): Refusal | undefined {
  const seats = authority[act];
  if (seats.includes(seat)) return undefined;
  if (seat === 'worker') {
    return refusal(
      'not-a-workers',
      `No worker may ${act.replaceAll('-', ' ')}: only the orchestrator changes the TODO list, the plan and the workers.`,
      'Put it under What is still open in your result, or ask_question.',
    );
  }
  if (seats === works) {
    return refusal(
      'not-the-orchestrators',
      'The orchestrator coordinates and does not execute: it holds no task and submits no result.',
      'Dispatch the TODO to a worker.',
    );
  }
  return refusal(
    'user-only',
    `Only the user may ${act.replaceAll('-', ' ')}.`,
    'Ask the user, who does it in the editor.',
  );
}
