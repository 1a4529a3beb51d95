import type { Recorded } from '../contract/events.ts';
import type { State, Todo } from './state.ts';
import { at, change } from './table.ts';

/**
 * P8: keeps which lines of VERIFY an agent wrote, by who wrote the packet. A line that stays through an edit, a
 * release, a merge or a split stays with whoever wrote it first. `after` is the state that the event made.
 */
export function withAuthors(
  before: State,
  after: State,
  { actor, event }: Pick<Recorded, 'actor' | 'event'>,
): State {
  const isAgents = actor !== 'user';
  switch (event.type) {
    case 'step-added':
      return isAgents ? { ...after, steps: change(after.steps, event.step, { byAgent: true }) } : after;
    case 'todo-added': {
      const { origin } = event;
      const byAgent = origin.kind === 'step' ? at(after.steps, origin.step)?.byAgent === true : isAgents;
      return byAgent ? written(after, event.todo, () => true) : after;
    }
    case 'step-changed':
      return isAgents ? { ...after, steps: change(after.steps, event.step, { byAgent: true }) } : after;
    case 'task-changed':
      return event.parts.reduce((state, { todo }) => {
        const own = at(before.todos, todo);
        return written(state, todo, (line) => has(own, line) ?? isAgents);
      }, after);
    case 'todo-edited':
    case 'todo-reconciled': {
      const own = at(before.todos, event.todo);
      return written(after, event.todo, (line) => has(own, line) ?? isAgents);
    }
    case 'todo-merged': {
      if (!event.packet) return after;
      const [into, from] = [at(before.todos, event.into), at(before.todos, event.todo)];
      return written(after, event.into, (line) => has(into, line) ?? has(from, line) ?? isAgents);
    }
    case 'todo-split': {
      const whole = at(before.todos, event.todo);
      return event.into.reduce((state, part) => {
        const own = at(before.todos, part);
        return written(state, part, (line) => has(whole, line) ?? has(own, line) ?? isAgents);
      }, after);
    }
    default:
      return after;
  }
}

/** Whether an agent wrote this line of the TODO; undefined where it has none like it. */
function has(todo: Todo | undefined, line: string): boolean | undefined {
  if (todo?.packet?.verify.includes(line) !== true) return undefined;
  return todo.agentVerify?.includes(line) === true;
}

function written(state: State, n: number, isAgents: (line: string) => boolean): State {
  const todo = at(state.todos, n);
  const lines = (todo?.packet?.verify ?? []).filter(isAgents);
  if (lines.length === 0 && !todo?.agentVerify) return state;
  return { ...state, todos: change(state.todos, n, { agentVerify: lines }) };
}
