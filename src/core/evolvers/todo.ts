import type { Packet } from '../../contract/packets.ts';
import type { Evolvers } from '../decision.ts';
import { gone } from '../listed.ts';
import { withMoved } from '../order.ts';
import type { Todo } from '../state.ts';
import { at, change } from '../table.ts';

export const todoEvolvers: Pick<
  Evolvers,
  'todo-edited' | 'todo-moved' | 'todo-dropped' | 'todo-split' | 'todo-reconciled'
> = {
  'todo-edited': (state, event) => ({ ...state, todos: change(state.todos, event.todo, given(event)) }),
  'todo-reconciled': (state, event) => ({ ...state, todos: change(state.todos, event.todo, given(event)) }),
  'todo-moved': (state, event) => ({ ...state, list: withMoved(state.list, event.todo, event.before) }),
  'todo-dropped': (state, event) => gone(state, event.todo, { state: 'dropped', why: event.reason }),
  'todo-split': (state, event) => {
    const whole = at(state.todos, event.todo);
    if (!whole) return state;
    const { n: splitFrom, planned, passedOver, deferred, debug } = whole;
    const part = { splitFrom, planned, passedOver, ...(deferred ? { deferred } : {}) };
    const debugged = debug ? { debug } : {};
    const todos = event.into.reduce((table, n) => change(table, n, { ...part, ...debugged }), state.todos);
    return gone({ ...state, todos }, event.todo, { state: 'split' });
  },
};

function given(event: { packet: Packet; role: string; worker?: number | undefined }): Partial<Todo> {
  const { packet, role, worker } = event;
  return worker === undefined ? { packet, role } : { packet, role, worker };
}
