import { armed, type Armed } from '../armed.ts';
import { listed } from '../order.ts';
import { isOpenItem, type State, type Step, type Todo } from '../state.ts';
import { stepsOf } from '../steps.ts';

/** The TODO list as the sidebar shows it: groups, each in order. */
export interface TodoTree {
  readonly live: readonly Todo[];
  readonly openItems: readonly Todo[];
  /** The other TODOs that wait; the first of them is next unless an open item stands. */
  readonly waiting: readonly Todo[];
  readonly deferred: readonly Todo[];
  /** Approved fixes that are taken back when their trigger fires (P9). */
  readonly watched: readonly Armed[];
  /** All steps of the plan, released or not. */
  readonly plan: readonly Step[];
}

export function todoTree(state: State): TodoTree {
  const todos = listed(state);
  const waiting = todos.filter((todo) => todo.state === 'waiting');
  return {
    live: todos.filter((todo) => todo.state === 'live'),
    openItems: waiting.filter((todo) => isOpenItem(todo) && !todo.deferred),
    waiting: waiting.filter((todo) => !isOpenItem(todo) && !todo.deferred),
    deferred: waiting.filter((todo) => todo.deferred !== undefined),
    watched: armed(state),
    plan: stepsOf(state),
  };
}
