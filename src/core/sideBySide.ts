import type { Event } from '../contract/events.ts';
import { tooMuch } from './budget.ts';
import { accept, refuse, refuseAbout, type Deciders, type Decision } from './decision.ts';
import { isBlank, todoName, workerName } from './labels.ts';
import { noOrchestration, openItemFirst } from './listed.ts';
import { openItemBefore, unreconciled, waitingTodos } from './order.ts';
import type { Overlap } from './scopes/overlap.ts';
import { askedFor, groundsOf, sending, sharedWords } from './sending.ts';
import { somethingLive } from './standingWork.ts';
import { openOrchestration, type State, type Todo } from './state.ts';
import { clashOf, type Territory } from './territory.ts';
import { notReconciled } from './todo.ts';
import { plainWorkspace } from './workspace.ts';

export const sideBySideDeciders: Deciders<'dispatch-side-by-side'> = {
  /** T6: TODOs from the head of the list at once, each with its own worker, on files that no other of them touches. */
  'dispatch-side-by-side': (state, { act, actor, workspace = plainWorkspace, kept, shares }) => {
    if (!openOrchestration(state)) return noOrchestration;
    const open = unreconciled(state);
    if (open) return notReconciled(open);
    const live = somethingLive(state);
    if (live) return live;
    const { parts } = act;
    if (isBlank(act.reason)) {
      return refuse('no-reason', 'The bundle gives no reason.', 'Say why these go out side by side.');
    }
    for (const part of parts) {
      const much = tooMuch(actor, part, workspace);
      if (much) return { events: [], refusal: much };
    }
    const most = workspace.mostSideBySide;
    if (parts.length > most) {
      return refuse(
        'too-many-side-by-side',
        `${parts.length} TODOs are more than the ${most} that may be under way at once.`,
        most < 2
          ? 'Dispatch the next TODO alone; the user can change lockkeeper.sideBySide.most.'
          : `Send the first ${most}; the user can change lockkeeper.sideBySide.most.`,
      );
    }
    const todos = headOf(state, parts);
    if ('events' in todos) return todos;
    const twice = parts.find(({ worker }, index) => parts.findIndex((one) => one.worker === worker) < index);
    if (twice) {
      return refuse(
        'worker-twice',
        `${workerName(state, twice.worker)} is named for two of them; side by side each has its own worker.`,
        'Name another worker for one of them, or bundle the two as one packet.',
      );
    }
    const sent: { todo: Todo; territory: Territory; event: Event }[] = [];
    for (const [index, todo] of todos.entries()) {
      const parcel = {
        dispatch: state.dispatches.size + 1 + index,
        worker: parts[index]?.worker ?? 0,
        todos: [todo],
        kept,
        budget: parts[index]?.budget,
        calls: parts[index]?.calls,
      };
      const one = sending(state, parcel, groundsOf(workspace, shares));
      if ('refusal' in one) return askedFor(state, actor, [todo], one);
      for (const other of sent) {
        const clash = clashOf(other.territory, one.territory);
        if (clash) return overlapping(other.todo, todo, clash);
      }
      const event = { ...one.event, bundle: state.bundles + 1, reason: act.reason };
      sent.push({ todo, territory: one.territory, event });
    }
    return accept(
      sent.map(({ event }) => event),
      `TODOs ${todos.map(({ n }) => n).join(', ')} went out side by side, to ${parts.map(({ worker }) => workerName(state, worker)).join(', ')}.${sharedWords(shares)}`,
      { dispatch: state.dispatches.size + 1 },
    );
  },
};

function headOf(state: State, parts: readonly { readonly todo: number }[]): readonly Todo[] | Decision {
  const head = waitingTodos(state).slice(0, parts.length);
  if (head.length !== parts.length || head.some((todo, index) => todo.n !== parts[index]?.todo)) {
    return refuse(
      'bundle-not-head',
      'Side by side go consecutive TODOs from the head of the list, in order.',
      `Name ${head.map(({ n }) => n).join(', ') || 'nothing'}, or dispatch the next TODO alone.`,
    );
  }
  const item = head.map((todo) => openItemBefore(state, todo)).find((found) => found !== undefined);
  return item ? openItemFirst(item) : head;
}

function overlapping(first: Todo, second: Todo, met: Overlap): Decision {
  const { left, right, example } = met;
  const where = left === right ? `both hold \`${left}\`` : `\`${left}\` meets \`${right}\``;
  const named = example === undefined || example === left ? '' : ` in \`${example}\``;
  return refuseAbout(
    { kind: 'todo', n: second.n },
    'scopes-overlap',
    `${todoName(first)} and ${todoName(second)} touch the same files: ${where}${named}.`,
    'Dispatch them one after the other, or cut these files out with NOT-YOUR-JOB.',
  );
}
