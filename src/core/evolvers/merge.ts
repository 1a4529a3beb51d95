import type { Packet } from '../../contract/packets.ts';
import type { Evolvers } from '../decision.ts';
import { gone } from '../listed.ts';
import { withMoved } from '../order.ts';
import type { Proposal, State } from '../state.ts';
import { at, change, put } from '../table.ts';

export const mergeEvolvers: Pick<Evolvers, 'todo-merged' | 'proposed' | 'proposal-declined'> = {
  'todo-merged': (state, event) => merged(state, event),
  proposed: (state, event) => {
    const { proposal: n, act, todo, into, worker, result, reason } = event;
    const made: Proposal = {
      n,
      act,
      todo,
      reason,
      ...(into === undefined ? {} : { into }),
      ...(worker === undefined ? {} : { worker }),
      ...(result === undefined ? {} : { result }),
    };
    return { ...state, proposals: put(state.proposals, n, made) };
  },
  'proposal-declined': (state, event) => ({
    ...state,
    proposals: change(state.proposals, event.proposal, { declined: event.reason }),
  }),
};

function merged(
  state: State,
  event: { todo: number; into: number; reason: string; packet?: Packet | undefined; takesPlace: boolean },
): State {
  const from = at(state.todos, event.todo);
  const into = at(state.todos, event.into);
  if (!from || !into) return state;
  const list = event.takesPlace ? withMoved(state.list, event.into, event.todo) : state.list;
  const { deferred, ...kept } = into;
  const todos = put(state.todos, event.into, {
    ...kept,
    sources: [...into.sources, ...from.sources],
    planned: into.planned || from.planned,
    passedOver: into.passedOver || from.passedOver,
    ...(event.packet ? { packet: event.packet } : {}),
    ...(from.debug?.on && !into.debug?.on ? { debug: from.debug } : {}),
    // What came after an override is not covered by it: the survivor stays deferred only where both were.
    ...(deferred && from.deferred ? { deferred } : {}),
  });
  return gone({ ...state, todos, list }, event.todo, {
    state: 'merged',
    mergedInto: event.into,
    why: event.reason,
  });
}
