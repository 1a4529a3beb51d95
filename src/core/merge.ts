import type { Packet } from '../contract/packets.ts';
import { refusal } from '../contract/refusal.ts';
import { accept, refuse, type Deciders } from './decision.ts';
import { isBlank, sameWords, short, todoName } from './labels.ts';
import { changeable, isDecision, proposed } from './listed.ts';
import { isKeepable } from './packet.ts';
import { withoutStrayCharacters } from './plainText.ts';
import { isOpenItem, type Todo } from './state.ts';
import { at } from './table.ts';
import { isWholeScope } from './wholeScope.ts';

/** T5: a merge names the survivor, which keeps both texts and both DONE-WHENs. */
export const mergeDeciders: Deciders<'merge-todo' | 'decline-proposal'> = {
  'merge-todo': (state, { act, actor }) => {
    const todo = changeable(state, act.todo);
    if (isDecision(todo)) return todo;
    const into = changeable(state, act.into);
    if (isDecision(into)) return into;
    if (todo.n === into.n)
      return refuse('merge-self', 'A TODO is not merged into itself.', 'Name another TODO.');
    if (isBlank(act.reason))
      return refuse('no-reason', 'The merge gives no reason.', 'Say why the two are one.');
    if (actor.seat !== 'user' && areTwoItems(todo, into)) {
      const proposal = proposed(state, { act: 'merge', todo: todo.n, into: into.n, reason: act.reason });
      return {
        events: proposal.events,
        refusal: refusal(
          'user-only',
          `${todoName(todo)} and ${todoName(into)} are two open items; only the user makes one of them. ${proposal.said}`,
          'Reconcile each on its own, or wait for the user.',
        ),
      };
    }
    const whole = [todo, into].find(({ packet }) => isWholeScope(packet?.scope ?? []));
    if (whole && actor.seat !== 'user') {
      return refuse(
        'user-only',
        `${todoName(whole)} has the whole workspace by the user’s word; only the user merges it.`,
        'Keep them apart, or ask the user.',
      );
    }
    const packet = both(into, todo);
    if (packet && !isKeepable(packet)) {
      return refuse(
        'merge-too-long',
        `${todoName(todo)} and ${todoName(into)} together hold more lines than one packet takes.`,
        'Keep them apart, or shorten one with an edit first.',
      );
    }
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
      return refuse(
        'unknown-proposal',
        `Proposal ${act.proposal} does not stand.`,
        'Name one from the Inbox.',
      );
    }
    if (isBlank(act.reason)) return refuse('no-reason', 'The reason is missing.', 'Say why it is declined.');
    return accept(
      [{ type: 'proposal-declined', proposal: act.proposal, reason: act.reason }],
      `Proposal ${act.proposal} is declined; TODO ${proposal.todo} stands.`,
    );
  },
};

/** T8, batch: one TODO from two items, unless their workers said the same; a packet can be reworded to fit. */
function areTwoItems(todo: Todo, into: Todo): boolean {
  if (!isOpenItem(todo) || !isOpenItem(into)) return false;
  return !todo.sources.every(({ words }) => into.sources.some((other) => sameWords(words, other.words)));
}

/** Both packets in one. An item without one brings its worker's words, so that a result has to show it done. */
function both(into: Todo, from: Todo): Packet | undefined {
  const packet = into.packet ?? from.packet;
  if (!packet) return undefined;
  if (!into.packet || !from.packet) {
    return { ...packet, doneWhen: joined(packet.doneWhen, asDoneWhen(into.packet ? from : into)) };
  }
  return {
    task: packet.task,
    scope: joined(packet.scope, from.packet.scope),
    notYourJob: joined(packet.notYourJob, from.packet.notYourJob),
    doneWhen: joined(packet.doneWhen, from.packet.doneWhen),
    verify: joined(packet.verify, from.packet.verify),
    priority: packet.priority,
  };
}

function joined(left: readonly string[], right: readonly string[]): string[] {
  return [...left, ...right.filter((line) => !left.some((other) => sameWords(line, other)))];
}

function asDoneWhen(item: Todo): readonly string[] {
  return item.sources.map(
    ({ result, words }) => `Settled, of result ${result}: “${short(withoutStrayCharacters(words), 300)}”`,
  );
}
