import type { Act } from '../../src/contract/acts.ts';
import type { Actor } from '../../src/contract/actor.ts';
import { standingInstructions } from '../../src/core/instruction.ts';
import type { State, Todo } from '../../src/core/state.ts';
import { at } from '../../src/core/table.ts';
import { unreleasedSteps } from '../../src/core/steps.ts';
import { all } from './turn.ts';
import * as words from './words.ts';

const { reason, role } = words;

type Add = (actor: Actor, act: Act) => void;
type Replan = Extract<Act, { type: 'replan' }>;

const user: Actor = { seat: 'user' };
const agent: Actor = { seat: 'orchestrator' };
const leads = [agent, user] as const;

/**
 * What is said and turned beside the work, and the plan and list changed in one act. What they lead to is looked at and
 * not followed: a replan comes to what its single acts come to, the others change nothing that the gate hangs on.
 */
export function besideTries(state: State, todos: readonly Todo[], add: Add): void {
  replanTries(state, todos, add);
  for (const { n, over, epoch, worker } of all(state.dispatches)) {
    if (over !== undefined && n !== state.dispatches.size) continue;
    add(agent, { type: 'nudge', dispatch: n, reason });
    add(user, { type: 'nudge', dispatch: n, reason, anyway: true });
    add(agent, { type: 'give-time', dispatch: n, minutes: 5, reason });
    add({ seat: 'keeper' }, { type: 'note-budget', dispatch: n, epoch });
    add(agent, { type: 'feedback', dispatch: n, words: 'Mind the sill' });
    add({ seat: 'worker', worker }, { type: 'hear', dispatch: n, epoch });
  }
  for (const { n, dispatch } of all(state.questions)) {
    const worker = at(state.dispatches, dispatch)?.worker ?? 1;
    add({ seat: 'worker', worker }, { type: 'hear-answer', question: n });
    for (const actor of leads) add(actor, { type: 'leave-question', question: n });
  }
  add(agent, { type: 'no-op' });
  add(user, { type: 'instruct', words: 'Stop and think' });
  add(agent, { type: 'debug-mode', on: true, reason });
  const [first] = todos;
  if (first) {
    add(agent, { type: 'debug-mode', todo: first.n, on: true, reason });
    add(agent, {
      type: 'describe-bug',
      todo: first.n,
      reproduction: { command: 'npm test', shows: '1 failing' },
      risk: 'low',
      why: reason,
    });
  }
  for (const { n, state: standing } of all(state.results))
    if (standing === 'approved')
      for (const actor of leads) add(actor, { type: 'undo-approval', result: n, reason });
}

/** A replan that does one thing each, for whoever may: what the single act refuses, it refuses too. */
function replanTries(state: State, todos: readonly Todo[], add: Add): void {
  const live = todos
    .filter((todo) => todo.state === 'live')
    .map(({ n }) => ({ todo: n, fate: 'goes-on' as const }));
  const [instruction] = standingInstructions(state);
  const tried = (actor: Actor, what: Partial<Replan>): void =>
    add(actor, {
      type: 'replan',
      reason,
      answers: state.planAffected,
      dropSteps: [],
      live,
      todos: [],
      add: [],
      drop: [],
      order: [],
      ...(instruction ? { quotes: { instruction: instruction.n, words: instruction.words } } : {}),
      ...what,
    } as Replan);
  const steps = unreleasedSteps(state).map(({ n }) => ({ step: n }));
  const [planned, ...rest] = steps;
  const next = state.steps.size + 1;
  const fresh = { title: `Step ${next}`, role, tasks: [words.stepPacket(next)] };
  tried(agent, { steps: [...steps, fresh] });
  if (planned) {
    tried(agent, { steps: rest, dropSteps: [{ step: planned.step, reason }] });
    // The work of the step, as a TODO, while the step is still there and in the act that drops it.
    const work = { packet: words.stepPacket(planned.step), role };
    tried(user, { add: [work] });
    tried(user, { add: [work], steps: rest, dropSteps: [{ step: planned.step, reason }] });
  }
  tried(agent, { add: [{ packet: words.ownPacket(state.todos.size + 1), role }] });
  const waiting = todos.filter((todo) => todo.state === 'waiting');
  for (const actor of leads) {
    if (waiting.length > 1) tried(actor, { order: waiting.map(({ n }) => n).reverse() });
    for (const { n } of waiting) tried(actor, { drop: [{ todo: n, reason }] });
  }
  for (const { n } of waiting) tried(agent, { todos: [{ todo: n, packet: words.otherPacket(n), role }] });
  for (const { todo } of live) {
    const others = live.filter((one) => one.todo !== todo);
    tried(agent, { live: [...others, { todo, fate: 'withdrawn', reason }] });
    tried(agent, { live: [...others, { todo, fate: 'changes', packet: words.otherPacket(todo), reason }] });
    tried(agent, { live: others, steps: [...steps, fresh] });
  }
}
