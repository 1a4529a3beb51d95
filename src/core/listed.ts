import type { Event } from '../contract/events.ts';
import { refuse, type Decision } from './decision.ts';
import { todoName } from './labels.ts';
import { openOrchestration, type Proposal, type State, type Todo } from './state.ts';
import { at, change, each } from './table.ts';

export const noOrchestration = refuse(
  'no-orchestration',
  'No orchestration is open.',
  'Start one: Lockkeeper: Start an Orchestration.',
);

/** A TODO that may be changed: on the list and not live. Everything else is refused with its way out. */
export function changeable(state: State, n: number): Todo | Decision {
  if (!openOrchestration(state)) return noOrchestration;
  const todo = at(state.todos, n);
  if (!todo || !state.list.includes(n)) {
    return refuse('unknown-todo', `TODO ${n} is not on the list.`, 'Name a TODO that stands on the list.');
  }
  if (todo.state === 'live') {
    return refuse(
      'todo-live',
      `${todoName(todo)} is live.`,
      'Change it in a replan, which tells its worker; withdraw it; or wait for its result.',
    );
  }
  return todo;
}

export function openItemFirst(item: Todo): Decision {
  return refuse(
    'open-item-first',
    `${todoName(item)} is still open; planned work waits for it.`,
    `Move TODO ${item.n} to the head of the list and dispatch it.`,
  );
}

export function isDecision(value: Todo | Decision): value is Decision {
  return 'events' in value;
}

export function gone(state: State, n: number, part: Partial<Todo>): State {
  return {
    ...state,
    todos: change(state.todos, n, part),
    list: state.list.filter((other) => other !== n),
  };
}

/** An act that is the user's becomes a proposal in the Inbox; the same one is made only once. */
export function proposed(
  state: State,
  proposal: Omit<Proposal, 'n' | 'declined'>,
): { readonly events: readonly Event[]; readonly said: string } {
  const { act, todo, into, worker, result, reason } = proposal;
  const said = "Your proposal is in the user's Inbox.";
  for (const made of each(state.proposals)) {
    if (made.act !== act || made.todo !== todo || made.into !== into || made.worker !== worker) continue;
    if (made.result !== result) continue;
    // A trigger can fire after it was said not to have.
    if (act === 'rollback' && made.declined !== undefined && made.reason !== reason) continue;
    return {
      events: [],
      said: made.declined === undefined ? said : `The user declined it: ${made.declined}`,
    };
  }
  const n = state.proposals.size + 1;
  return {
    events: [
      {
        type: 'proposed',
        proposal: n,
        act,
        todo,
        reason,
        ...(into === undefined ? {} : { into }),
        ...(worker === undefined ? {} : { worker }),
        ...(result === undefined ? {} : { result }),
      },
    ],
    said,
  };
}
