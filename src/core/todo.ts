import type { Because } from '../contract/because.ts';
import type { Event } from '../contract/events.ts';
import type { Packet, PacketDraft } from '../contract/packets.ts';
import type { Actor } from '../contract/actor.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { accept, refuse, type Asked, type Deciders, type Decision } from './decision.ts';
import { isBlank, sameWords, todoName } from './labels.ts';
import { changeable, isDecision, noOrchestration, proposed } from './listed.ts';
import { putsPlannedFirst } from './order.ts';
import { readPacket } from './packet.ts';
import { tidy } from './plainText.ts';
import { isWholeScope } from './wholeScope.ts';
import { isOpenItem, isUnreconciled, openOrchestration, type State, type Todo } from './state.ts';
import { currentStep } from './steps.ts';
import { at } from './table.ts';

type TodoActs = 'add-todo' | 'edit-todo' | 'move-todo' | 'drop-todo' | 'split-todo' | 'reconcile';

export const todoDeciders: Deciders<TodoActs> = {
  'add-todo': (state, { act, actor, workspace }) => {
    if (!openOrchestration(state)) return noOrchestration;
    if (isBlank(act.role))
      return refuse('todo-roleless', 'The TODO names no role.', 'Say what role it needs.');
    if (actor.seat !== 'user' && !act.because) {
      return refuse(
        'no-because',
        'An added TODO names what made it necessary.',
        'Give `because`: the result, answer, rejection or instruction it comes from.',
      );
    }
    if (act.because && !isKnownCause(state, act.because)) {
      return refuse(
        'unknown-because',
        `There is no ${act.because.kind} ${act.because.number}.`,
        'Name a result, an answered question, or a rejected result by its number.',
      );
    }
    const reading = readPacket(state, act.packet, workspace?.folders, gives(actor, act));
    if ('refusal' in reading) return { events: [], refusal: reading.refusal };
    const todo = state.todos.size + 1;
    const step = currentStep(state);
    return accept(
      [
        {
          type: 'todo-added',
          todo,
          role: act.role.trim(),
          packet: reading.packet,
          origin: act.because ? { kind: 'added', because: act.because } : { kind: 'user' },
          sources: [],
          ...(step ? { step: step.n } : {}),
        },
        ...(isBlank(act.debug ?? '')
          ? []
          : [{ type: 'debug-turned', todo, on: true, reason: act.debug ?? '' } as const]),
      ],
      `TODO ${todo} stands at the end of the list.`,
      { todo },
    );
  },

  'edit-todo': (state, { act, actor, workspace }) => {
    const todo = changeable(state, act.todo);
    if (isDecision(todo)) return todo;
    if (isUnreconciled(todo)) return notReconciled(todo);
    const draft = { ...todo.packet, ...act.packet };
    const reading = readPacket(state, draft, workspace?.folders, gives(actor, act));
    if ('refusal' in reading) {
      const asked = actor.seat === 'user' ? undefined : wholeProposed(state, todo, reading.refusal);
      return asked ?? { events: [], refusal: reading.refusal };
    }
    const stranger = unknownSuggestion(state, act.worker);
    if (stranger) return stranger;
    const { todo: n, role, worker } = act;
    return accept(
      [
        {
          type: 'todo-edited',
          todo: n,
          packet: reading.packet,
          role: role.trim() || todo.role,
          ...(worker ? { worker } : {}),
        },
      ],
      `TODO ${n} is edited.${isOpenItem(todo) ? ' It is still open.' : ''}`,
    );
  },

  'move-todo': (state, { act, actor }) => {
    const todo = changeable(state, act.todo);
    if (isDecision(todo)) return todo;
    if (isBlank(act.reason))
      return refuse('no-reason', 'The move gives no reason.', 'Say why the order changes.');
    if (act.before === act.todo || (act.before !== undefined && !state.list.includes(act.before))) {
      return refuse(
        'unknown-place',
        `TODO ${act.before} is not another TODO of the list.`,
        'Name the TODO it goes before.',
      );
    }
    if (actor.seat !== 'user' && putsPlannedFirst(state, todo, act.before)) return plannedFirst(todo);
    const { todo: n, before, reason } = act;
    return accept(
      [{ type: 'todo-moved', todo: n, reason, ...(before === undefined ? {} : { before }) }],
      `TODO ${n} is moved.`,
    );
  },

  'drop-todo': (state, { act, actor }) => {
    const todo = changeable(state, act.todo);
    if (isDecision(todo)) return todo;
    if (isBlank(act.reason))
      return refuse('no-reason', 'The drop gives no reason.', 'Say why it need not be done.');
    if (isOpenItem(todo) && actor.seat !== 'user') return onlyProposed(state, todo, act.reason);
    if (todo.debug?.on && actor.seat !== 'user') return onlyProposed(state, todo, act.reason);
    return accept(
      [{ type: 'todo-dropped', todo: act.todo, reason: act.reason }],
      `TODO ${act.todo} is dropped.`,
    );
  },

  'split-todo': (state, asked) => {
    const todo = changeable(state, asked.act.todo);
    return isDecision(todo) ? todo : split(state, asked, todo);
  },

  reconcile: (state, { act, actor, workspace }) => {
    const todo = changeable(state, act.todo);
    if (isDecision(todo)) return todo;
    if (!isUnreconciled(todo)) {
      return refuse(
        'already-reconciled',
        `${todoName(todo)} is reconciled.`,
        'Edit it if its packet is wrong.',
      );
    }
    const reading = readPacket(state, act.packet, workspace?.folders, gives(actor, act));
    if ('refusal' in reading) return { events: [], refusal: alsoDroppable(reading.refusal, todo) };
    const stranger = unknownSuggestion(state, act.worker);
    if (stranger) return stranger;
    if (act.before !== undefined && (act.before === act.todo || !state.list.includes(act.before))) {
      return refuse(
        'unknown-place',
        `TODO ${act.before} is not another TODO of the list.`,
        'Name the TODO it goes before.',
      );
    }
    if (act.before !== undefined && actor.seat !== 'user' && putsPlannedFirst(state, todo, act.before)) {
      return plannedFirst(todo);
    }
    const { todo: n, before, worker } = act;
    const events: Event[] = [
      {
        type: 'todo-reconciled',
        todo: n,
        packet: reading.packet,
        role: act.role.trim() || todo.role,
        ...(worker === undefined ? {} : { worker }),
      },
    ];
    if (before !== undefined)
      events.push({ type: 'todo-moved', todo: n, before, reason: 'Its place, at reconcile.' });
    return accept(events, `TODO ${n} is reconciled.`);
  },
};

/** Nobody but the user gives the whole workspace, whatever the act says. */
function gives(
  { seat }: Actor,
  { whole }: { readonly whole?: true | undefined },
): Parameters<typeof readPacket>[3] {
  return { whole: seat === 'user' && whole === true, byAgent: seat !== 'user' };
}

/** P7: an agent that asks for the whole workspace asks the user. */
function wholeProposed(state: State, todo: Todo, { flaws = [] }: Refusal): Decision | undefined {
  const isAll = flaws.every(({ field, words }) => field === 'SCOPE' && isWholeScope([tidy(words)]));
  if (flaws.length === 0 || !isAll) return undefined;
  const { events, said } = isWholeScope(todo.packet?.scope ?? [])
    ? { events: [], said: 'It has it by the user’s word, and only the user edits it.' }
    : proposed(state, { act: 'whole', todo: todo.n, reason: 'Its SCOPE would be the whole workspace.' });
  return {
    events,
    refusal: refusal(
      'user-only',
      `Only the user gives ${todoName(todo)} the whole workspace. ${said}`,
      'Name the folders or files that may change, or wait for the user’s word.',
    ),
  };
}

/** T4: every piece keeps the source and words of the whole, and no DONE-WHEN is lost between them. */
function split(state: State, { act, actor, workspace }: Asked<'split-todo'>, todo: Todo): Decision {
  if (act.parts.length < 2) {
    return refuse('split-too-few', 'A split makes at least two TODOs.', 'Give two or more parts.');
  }
  const parts: Packet[] = [];
  for (const draft of act.parts) {
    const reading = readPacket(state, draft satisfies PacketDraft, workspace?.folders, gives(actor, {}));
    if ('refusal' in reading) return { events: [], refusal: reading.refusal };
    parts.push(reading.packet);
  }
  const lost = todo.packet?.doneWhen.find(
    (done) => !parts.some((part) => part.doneWhen.some((other) => sameWords(done, other))),
  );
  if (lost !== undefined) {
    return refuse(
      'split-loses',
      `No part holds the DONE-WHEN “${lost}”.`,
      'Put each DONE-WHEN into one of the parts.',
    );
  }
  const into = parts.map((_, index) => state.todos.size + 1 + index);
  return accept(
    [
      ...parts.map((packet, index): Event => ({
        type: 'todo-added',
        todo: state.todos.size + 1 + index,
        role: act.role?.trim() || todo.role,
        packet,
        origin: todo.origin,
        sources: [...todo.sources],
        before: todo.n,
        ...(todo.step === undefined ? {} : { step: todo.step }),
        ...(todo.worker === undefined ? {} : { worker: todo.worker }),
      })),
      { type: 'todo-split', todo: todo.n, into },
    ],
    `TODO ${todo.n} is split into ${into.join(', ')}.`,
  );
}

function onlyProposed(state: State, todo: Todo, reason: string): Decision {
  const proposal = proposed(state, { act: 'drop', todo: todo.n, reason });
  return {
    events: proposal.events,
    refusal: refusal(
      'user-only',
      `${todoName(todo)} is an open item; only the user drops it. ${proposal.said}`,
      `Reconcile and dispatch TODO ${todo.n}, or wait for the user's word.`,
    ),
  };
}

function unknownSuggestion(state: State, n: number | undefined): Decision | undefined {
  const worker = n === undefined ? undefined : at(state.workers, n);
  if (n === undefined || (worker && !worker.removed)) return undefined;
  return refuse('unknown-worker', `There is no worker ${n}.`, 'Name a registered worker, or leave it out.');
}

/** An item that is the next step's work and nothing more would have no way on but the user's drop. */
function alsoDroppable(read: Refusal, todo: Todo): Refusal {
  if (read.code !== 'next-step-work') return read;
  return {
    ...read,
    next: `${read.next} If it is the same work, drop TODO ${todo.n}: the step does it, and the drop is the user's.`,
  };
}

export function notReconciled(todo: Todo): Decision {
  return refuse(
    'unreconciled',
    `${todoName(todo)} is not reconciled.`,
    `Reconcile TODO ${todo.n}: give it its place, role and packet.`,
  );
}

export function plannedFirst(todo: Todo): Decision {
  return refuse(
    'planned-first',
    `Moving ${todoName(todo)} there puts planned work before an open item.`,
    'Leave open items in front; the user may order them otherwise.',
  );
}

function isKnownCause(state: State, because: Because): boolean {
  if (because.kind === 'instruction') return at(state.instructions, because.number) !== undefined;
  if (because.kind === 'answer') return at(state.questions, because.number)?.state === 'answered';
  const result = at(state.results, because.number);
  return because.kind === 'result' ? result !== undefined : result?.rejection !== undefined;
}
