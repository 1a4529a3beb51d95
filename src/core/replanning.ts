import type { Event } from '../contract/events.ts';
import { actorName } from '../contract/actor.ts';
import {
  accept,
  isRefused,
  refuse,
  type Asked,
  type Deciders,
  type Decision,
  type Refused,
} from './decision.ts';
import { evolveAll } from './evolution.ts';
import { instructionWords, standingInstructions } from './instruction.ts';
import { isBlank } from './labels.ts';
import { noOrchestration } from './listed.ts';
import { plannedPutFirst, refilled } from './order.ts';
import { stepWorkIn } from './packet.ts';
import { changesNothing, sameSteps } from './replanned.ts';
import { changedTasks, fatesOf, taken, withdrawnTasks } from './replanLive.ts';
import { plannedAnew } from './replanSteps.ts';
import { openOrchestration, isUnreconciled, type State } from './state.ts';
import { at } from './table.ts';
import { plannedFirst, todoDeciders } from './todo.ts';

type Part = (state: State) => Decision;

/**
 * P1, T7: the plan and the list changed in one transaction. Each part is judged by the rule of the act that does it
 * alone, on the state that the parts before it leave; one refusal refuses them all. The list comes before the plan:
 * what was a step's work until now is none for the list (T8, momentum).
 */
export const replanDeciders: Deciders<'replan'> = {
  replan: (state, asked) => {
    const { act, actor, now } = asked;
    if (!openOrchestration(state)) return noOrchestration;
    if (isBlank(act.reason))
      return refuse('no-reason', 'The replan gives no reason.', 'Say why the plan changes.');
    const wrong = quoteFlaw(state, asked) ?? answersFlaw(state, asked);
    if (wrong) return wrong;
    const fates = fatesOf(state, asked);
    if ('events' in fates) return fates;
    const by = { at: now, actor: actorName(actor) };
    const replan = state.replans.size + 1;
    const instruction = act.quotes?.instruction;
    const { reason, answers } = act;
    const first: Event = {
      type: 'replanned',
      replan,
      reason,
      answers,
      ...(instruction === undefined ? {} : { instruction }),
    };
    const done = inTurn(evolveAll(state, [first], by), by, [
      (after) => withdrawnTasks(after, fates, reason),
      (after) => changedTasks(after, fates, asked),
      ...act.drop.map(
        (drop) => (after: State) =>
          todoDeciders['drop-todo'](after, { ...asked, act: { type: 'drop-todo', ...drop } }),
      ),
      ...act.todos.map((given) => (after: State) => edited(after, asked, given)),
      ...act.add.map(
        (given) => (after: State) =>
          todoDeciders['add-todo'](after, { ...asked, act: { type: 'add-todo', ...given } }),
      ),
      (after) => ordered(after, asked),
      (after) => plannedAnew(after, asked),
      (after) => taken(after, state, fates, asked),
      (after) => noneOfTheSteps(after, state),
    ]);
    if ('refusal' in done) return done;
    if (answers.length > 0 && sameSteps(state, done.after)) return stepsStand;
    if (changesNothing(state, done.after)) {
      const idle = nothingChanged(state, asked);
      if (idle) return idle;
    }
    return accept([first, ...done.events], saidOf(done.after), { replan });
  },
};

/** One part after the other, each on the state that the one before leaves; the first refusal is that of all. */
function inTurn(
  state: State,
  by: { readonly at: number; readonly actor: string },
  parts: readonly Part[],
): { readonly after: State; readonly events: readonly Event[] } | Refused {
  const events: Event[] = [];
  let after = state;
  for (const part of parts) {
    const decision = part(after);
    if (isRefused(decision)) return decision;
    events.push(...decision.events);
    after = evolveAll(after, decision.events, by);
  }
  return { after, events };
}

/** T2: while one stands a replan quotes the oldest, word for word; without one it quotes nothing. */
function quoteFlaw(state: State, { act }: Asked<'replan'>): Decision | undefined {
  const [first] = standingInstructions(state);
  if (first) {
    if (act.quotes?.instruction === first.n && act.quotes.words === first.words) return undefined;
    return refuse(
      'instruction-unquoted',
      instructionWords(first),
      `Quote instruction ${first.n} in the replan, word for word.`,
    );
  }
  if (!act.quotes) return undefined;
  return refuse(
    'no-instruction',
    `Instruction ${act.quotes.instruction} does not stand.`,
    'Replan without a quote: nothing is stopped.',
  );
}

/** T7: a result's word on the plan is answered by a change of the plan, or by *plan stands*. */
const stepsStand = refuse(
  'plan-unchanged',
  'The replan answers a result that says the plan is affected, and changes no step.',
  'Change, add or drop a step; or say that the plan stands, with a reason.',
);

function answersFlaw(state: State, { act }: Asked<'replan'>): Decision | undefined {
  const unknown = act.answers.find((n) => !state.planAffected.includes(n));
  if (unknown !== undefined || new Set(act.answers).size < act.answers.length) {
    return refuse(
      'plan-not-affected',
      `Result ${unknown ?? act.answers[0]} does not wait for a word on the plan.`,
      'Name each result that says the plan is affected, once.',
    );
  }
  return undefined;
}

function edited(
  state: State,
  asked: Asked<'replan'>,
  given: Asked<'replan'>['act']['todos'][number],
): Decision {
  const todo = at(state.todos, given.todo);
  const act = { ...given, packet: given.packet ?? {}, role: given.role ?? '' };
  return todo && isUnreconciled(todo) && state.list.includes(todo.n)
    ? todoDeciders.reconcile(state, { ...asked, act: { type: 'reconcile', ...act } })
    : todoDeciders['edit-todo'](state, { ...asked, act: { type: 'edit-todo', ...act } });
}

/** The TODOs that are named in their new order. T6: no agent's puts planned work before an open item. */
function ordered(state: State, { act: { order }, actor }: Asked<'replan'>): Decision {
  if (order.length === 0) return accept([], '');
  const known = new Set(state.list);
  const wrong = order.find(
    (n, index) => !known.has(n) || at(state.todos, n)?.state === 'live' || order.indexOf(n) < index,
  );
  if (wrong !== undefined) {
    return refuse(
      'unknown-place',
      `TODO ${wrong} does not wait on the list, or is named twice.`,
      'Name TODOs that are not live, each once; what is added stands at the end.',
    );
  }
  const list = refilled(state.list, order);
  if (list.every((n, place) => n === state.list[place])) return accept([], '');
  const first = actor.seat === 'user' ? undefined : plannedPutFirst(state, list);
  return first ? plannedFirst(first) : accept([{ type: 'list-ordered', todos: order }], '');
}

/** T8, momentum: nor is what came to the list by this replan the work of a step as it stands now. */
function noneOfTheSteps(after: State, before: State): Decision {
  for (const n of after.list) {
    const packet = at(after.todos, n)?.packet;
    if (!packet || packet === at(before.todos, n)?.packet) continue;
    const refusal = stepWorkIn(after, packet);
    if (refusal) return { events: [], refusal: { ...refusal, about: { kind: 'todo', n } } };
  }
  return accept([], '');
}

/** T2: the user's replan that quotes may leave all as it is; an agent's would be the user's word to carry on. */
function nothingChanged(state: State, { act, actor }: Asked<'replan'>): Decision | undefined {
  if (act.quotes && actor.seat === 'user') return undefined;
  if (act.quotes) {
    return refuse(
      'replan-changes-nothing',
      'The replan changes nothing, and only the user lets work carry on as it was.',
      'Change the plan, the list or live work as the instruction says; or wait for the user.',
    );
  }
  return refuse(
    'replan-changes-nothing',
    'The replan changes nothing.',
    'Change a step or a TODO, or leave it.',
  );
}

function saidOf(state: State): string {
  const left = state.instructed.length;
  return left === 0
    ? 'The plan is changed.'
    : `The plan is changed. Work still stands still: ${left} more to answer.`;
}
