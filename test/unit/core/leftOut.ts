import type { EventType } from '../../../src/contract/events.ts';
import type { Decisive } from '../../../src/core/decisive.ts';

const notAgents = 'no agent in the seat causes it';
const onTheList = 'stands on the list or in the plan, and is nobody’s work before it is released or sent';
const ofReplan = 'part of a replan, which has a row';
const follows = 'follows of itself from what has a row';
const wordsAlone = 'words for a worker; gives and takes no work';
const looked = 'what was seen or asked to be seen, and nothing settled by it';
const stricter = 'makes the rules stricter, and only the user ends it';

/** Every event that has no row among what the agent in the seat decided, and why it has none. */
export const leftOut: Readonly<Record<Exclude<EventType, Decisive>, string>> = {
  'step-added': onTheList,
  'todo-added': onTheList,
  'todo-edited': onTheList,
  'step-changed': ofReplan,
  'step-dropped': ofReplan,
  'plan-ordered': ofReplan,
  'list-ordered': ofReplan,
  'task-changed': ofReplan,
  'question-moot': follows,
  'result-withdrawn': follows,
  'conflict-widened': follows,
  relaunched: 'starts the same work again, whose dispatch has a row',
  nudged: wordsAlone,
  'feedback-given': wordsAlone,
  'no-op-noted': looked,
  'verify-asked': looked,
  'evidence-given': looked,
  'debug-turned': stricter,
  'bug-described': stricter,
  proposed: 'waits in the Inbox for the user',
  'try-refused': 'changed nothing',

  'orchestration-started': notAgents,
  'worker-registered': notAgents,
  'token-renewed': notAgents,
  'unguarded-allowed': notAgents,
  'worker-removed': notAgents,
  'seat-lent': notAgents,
  'seat-taken-back': notAgents,
  'proposal-declined': notAgents,
  acknowledged: notAgents,
  progressed: notAgents,
  'fell-silent': notAgents,
  'came-back': notAgents,
  unacknowledged: notAgents,
  ended: notAgents,
  asked: notAgents,
  'question-revised': notAgents,
  'question-left': notAgents,
  'answer-heard': notAgents,
  resulted: notAgents,
  'late-item-dismissed': notAgents,
  'writer-named': notAgents,
  'scope-requested': notAgents,
  'worker-guarded': notAgents,
  'worker-unguarded': notAgents,
  'seat-guard-noted': notAgents,
  'worker-reconnected': notAgents,
  witnessed: notAgents,
  'verify-cancelled': notAgents,
  'command-allowed': notAgents,
  'command-revoked': notAgents,
  instructed: notAgents,
  'carried-on': notAgents,
  heard: notAgents,
  'budget-used-up': notAgents,
  'stopped-over-budget': notAgents,
  'time-jumped': notAgents,
};

export function isNoAgents(type: EventType): boolean {
  return (leftOut as Partial<Record<EventType, string>>)[type] === notAgents;
}
