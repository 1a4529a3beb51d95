import type { EventOf, EventType } from '../contract/events.ts';

type NumberIn<E> = { [K in keyof E]: E[K] extends number ? K : never }[keyof E];

/**
 * P2: what is a decision where an agent in the seat makes it, each with what it is about, as its event names that. Left
 * out is what takes nothing out of the user's hands: words for a worker, what stands on the list or in the plan until it
 * is released or sent, the parts of a replan, what follows of itself, what is only looked at or put before the user.
 */
export const decisive = {
  answered: 'question',
  'question-returned': 'question',
  approved: 'result',
  rejected: 'result',
  'approval-undone': 'result',
  'plan-stood': 'result',
  'late-result-noted': 'result',
  dispatched: 'dispatch',
  withdrawn: 'dispatch',
  'time-given': 'dispatch',
  'todo-reconciled': 'todo',
  'todo-moved': 'todo',
  'todo-merged': 'todo',
  'todo-split': 'todo',
  'todo-dropped': 'todo',
  'late-item-added': 'todo',
  'step-released': 'step',
  replanned: 'replan',
  'scope-granted': 'request',
  'request-declined': 'request',
  'scope-locked': 'lock',
  'lock-released': 'lock',
  'lock-handed-over': 'lock',
  'conflict-opened': 'conflict',
  'owner-assigned': 'conflict',
  'merge-path-set': 'conflict',
  resumed: 'conflict',
  // The one that is open; its event says no number.
  'orchestration-closed': 'orchestration',
} as const satisfies { readonly [T in EventType]?: NumberIn<EventOf<T>> | 'orchestration' };

export type Decisive = keyof typeof decisive;
