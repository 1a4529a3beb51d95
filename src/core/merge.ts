import type { Packet } from '../contract/packets.ts';
import { accept, refuse, type Deciders, type Evolvers } from './decision.ts';
import { isBlank, sameWords, todoName, todoWords } from './labels.ts';
import { changeable, gone, isDecision, proposed } from './listed.ts';
import { withMoved } from './order.ts';
import { isOpenItem, type State, type Todo } from './state.ts';
import { at, change, put } from './table.ts';

/** T5: a merge names the survivor, which keeps both texts and both DONE-WHENs. */
export const mergeDeciders: Deciders<'merge-todo' | 'decline-proposal'> = {
  'merge-todo': (state, { act, actor }) => {
    const todo = changeable(state, act.todo);
    if (isDecision(todo)) return todo;
    const into = changeable(state, act.into);
    if (isDecision(into)) return into;
    if (todo.n === into.n) return refuse('merge-self', 'A TODO is not merged into itself.', 'Name another TODO.');
    if (isBlank(act.reason)) return refuse('no-reason', 'The merge gives no reason.', 'Say why the two are one.');
    if (actor.seat !== 'user' && areTwoItems(todo, into)) {
      const decision = refuse(
        'user-only',
        `${todoName(todo)} and ${todoName(into)} are two open items; only the user makes one of them. Your proposal is in the user's Inbox.`,
        'Reconcile each on its own, or wait for the user.',
      );
      return {
        ...decision,
        events: proposed(state, { act: 'merge', todo: todo.n, into: into.n, reason: act.reason }),
      };
    }
    const packet = both(into.packet, todo.packet);
    const takesPlace =
      isOpenItem(todo) && !isOpenItem(into) && state.list.indexOf(todo.n) < state.list.indexOf(into.n);
    return accept(
      [
        {
          type: 'todo-merged',
          todo: todo.n,
          into: into.n,
          reason: act.reason,
          takesPlace,
          ...(packet ? { packet } : {}),
        },
      ],
      `TODO ${todo.n} is merged into TODO ${into.n}, which keeps the texts of both.`,
    );
  },

  'decline-proposal': (state, { act }) => {
    const proposal = at(state.proposals, act.proposal);
    if (!proposal || proposal.declined !== undefined) {
      return refuse('unknown-proposal', `Proposal ${act.proposal} does not stand.`, 'Name one from the Inbox.');
    }
    if (isBlank(act.reason)) return refuse('no-reason', 'The reason is missing.', 'Say why it is declined.');
    return accept(
      [{ type: 'proposal-declined', proposal: act.proposal, reason: act.reason }],
      `Proposal ${act.proposal} is declined; TODO ${proposal.todo} stands.`,
    );
  },
};

/** T8, batch: one TODO from two items, unless both say the same. */
function areTwoItems(todo: Todo, into: Todo): boolean {
  return isOpenItem(todo) && isOpenItem(into) && !sameWords(todoWords(todo), todoWords(into));
}

function both(into: Packet | undefined, from: Packet | undefined): Packet | undefined {
  if (!into || !from) return into ?? from;
  const joined = (left: readonly string[], right: readonly string[]): string[] => [
    ...left,
    ...right.filter((line) => !left.some((other) => sameWords(line, other))),
  ];
  return {
    task: into.task,
    scope: joined(into.scope, from.scope),
    notYourJob: joined(into.notYourJob, from.notYourJob),
    doneWhen: joined(into.doneWhen, from.doneWhen),
    verify: joined(into.verify, from.verify),
    priority: into.priority,
  };
}

export const mergeEvolvers: Pick<Evolvers, 'todo-merged' | 'proposed' | 'proposal-declined'> = {
  'todo-merged': (state, event) => merged(state, event),
  proposed: (state, event) => {
    const { proposal, act, todo, into, reason } = event;
    const made = { n: proposal, act, todo, reason, ...(into === undefined ? {} : { into }) };
    return { ...state, proposals: put(state.proposals, proposal, made) };
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
  const todos = change(state.todos, event.into, {
    sources: [...into.sources, ...from.sources],
    passedOver: into.passedOver || from.passedOver,
    ...(event.packet ? { packet: event.packet } : {}),
  });
  return gone({ ...state, todos, list }, event.todo, {
    state: 'merged',
    mergedInto: event.into,
    why: event.reason,
  });
}
