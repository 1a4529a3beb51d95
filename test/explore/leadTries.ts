import type { Act } from '../../src/contract/acts.ts';
import type { Override } from '../../src/contract/override.ts';
import type { Actor } from '../../src/contract/actor.ts';
import { closingReasons } from '../../src/core/closing.ts';
import { gateReasons, namesNeeded, type Reason } from '../../src/core/gate.ts';
import { listed } from '../../src/core/order.ts';
import { openOrchestration, type State, type Todo } from '../../src/core/state.ts';
import { unreleasedSteps } from '../../src/core/steps.ts';
import { at } from '../../src/core/table.ts';
import { all } from './turn.ts';
import { shown } from '../rig/unchanged.ts';
import { judgedAll } from '../unit/core/judging.ts';
import { besideTries } from './besideTries.ts';
import * as words from './words.ts';

const { reason, role } = words;

/** One act that somebody tries. */
export interface Try {
  readonly actor: Actor;
  readonly act: Act;
}

type Add = (actor: Actor, act: Act) => void;

const user: Actor = { seat: 'user' };
const agent: Actor = { seat: 'orchestrator' };
const leads = [agent, user] as const;

/**
 * What the two leads try: every act of theirs but those that only change how a worker or a seat is reached. Where
 * the core does not ask who it is, the agent alone tries: it may do no more than the user.
 */
export function leadTries(state: State, add: Add): void {
  if (!openOrchestration(state)) {
    add(user, {
      type: 'start',
      objective: 'A gate that closes',
      constraints: [],
      mode: 'orchestrator-first',
    });
    for (const n of state.late) lateTries(state, n, add);
    return;
  }
  planTries(state, add);
  const todos = listed(state);
  for (const todo of todos) todoTries(state, todo, todos, add);
  dispatchTries(state, todos, add);
  wordTries(state, add);
  besideTries(state, todos, add);
  for (const n of state.late) lateTries(state, n, add);
}

function overrides(state: State, reasons: readonly Reason[]): readonly Override[] {
  const full: Override = { ...namesNeeded(state, reasons), reason };
  const { todos, results, questions } = full;
  const short: Override =
    todos.length > 0
      ? { ...full, todos: todos.slice(1) }
      : results.length > 0
        ? { ...full, results: results.slice(1) }
        : { ...full, questions: questions.slice(1) };
  return [full, short, { ...full, todos: [...todos, state.todos.size + 1] }];
}

function planTries(state: State, add: Add): void {
  const [planned] = unreleasedSteps(state);
  if (planned) {
    add(agent, { type: 'release' });
    const passing = overrides(state, gateReasons(state));
    for (const override of passing) add(user, { type: 'release', override });
    for (const override of passing.slice(0, 1)) add(agent, { type: 'release', override });
    const work = words.stepPacket(planned.n);
    add(user, { type: 'add-todo', packet: work, role });
  } else {
    const step = state.steps.size + 1;
    add(agent, { type: 'add-step', title: `Step ${step}`, role, tasks: [words.stepPacket(step)] });
  }
  for (const result of state.planAffected) add(agent, { type: 'plan-stands', result, reason });
  const packet = words.ownPacket(state.todos.size + 1);
  add(user, { type: 'add-todo', packet, role });
  add(agent, { type: 'add-todo', packet, role });
  if (state.results.size > 0) {
    add(agent, { type: 'add-todo', packet, role, because: { kind: 'result', number: state.results.size } });
  }
  add(agent, { type: 'close' });
  const passing = overrides(state, closingReasons(state));
  for (const override of passing) add(user, { type: 'close', override });
  for (const override of passing.slice(0, 1)) add(agent, { type: 'close', override });
}

function todoTries(state: State, todo: Todo, todos: readonly Todo[], add: Add): void {
  const { n } = todo;
  if (todo.state === 'live') {
    add(user, { type: 'drop-todo', todo: n, reason });
    add(agent, { type: 'edit-todo', todo: n, packet: words.otherPacket(n), role });
    return;
  }
  for (const actor of leads) add(actor, { type: 'drop-todo', todo: n, reason });
  const [planned] = unreleasedSteps(state);
  if (todo.packet) {
    add(agent, { type: 'edit-todo', todo: n, packet: words.otherPacket(n), role });
    if (planned) add(agent, { type: 'edit-todo', todo: n, packet: words.stepPacket(planned.n), role });
  } else {
    add(agent, { type: 'reconcile', todo: n, packet: words.ownPacket(n), role });
    const unmet = unmetOf(state, todo);
    if (unmet.length > 0) add(agent, { type: 'reconcile', todo: n, packet: words.carrier(n, unmet), role });
    if (planned) add(agent, { type: 'reconcile', todo: n, packet: words.stepPacket(planned.n), role });
  }
  const first = state.todos.size + 1;
  const parts = [words.carrier(first, todo.packet?.doneWhen ?? []), words.ownPacket(first + 1)];
  add(agent, { type: 'split-todo', todo: n, parts });
  if (todo.packet)
    add(agent, { type: 'split-todo', todo: n, parts: parts.map((_, i) => words.ownPacket(first + i)) });
  const [head] = todos;
  for (const actor of leads) {
    for (const other of todos) {
      if (other.n !== n) add(actor, { type: 'merge-todo', todo: n, into: other.n, reason });
    }
    if (head && head.n !== n) {
      add(actor, { type: 'move-todo', todo: n, before: head.n, reason });
      if (!todo.packet) {
        add(actor, { type: 'reconcile', todo: n, packet: words.ownPacket(n), role, before: head.n });
      }
    }
    if (todos.at(-1) !== todo) add(actor, { type: 'move-todo', todo: n, reason });
  }
}

/** The DONE-WHENs that the result which left this item could not show. */
function unmetOf(state: State, todo: Todo): readonly string[] {
  return todo.sources.flatMap((source) => {
    const result = at(state.results, source.result);
    if (result?.state !== 'review') return [];
    const dispatch = at(state.dispatches, result.dispatch);
    const number = result.packet.open[source.item - 1]?.doneWhen;
    const line = number === undefined ? undefined : dispatch?.packet.doneWhen[number - 1];
    return line === undefined ? [] : [line];
  });
}

/** The two workers are alike, so the first dispatch goes to the one, and nothing is lost by it. */
function dispatchTries(state: State, todos: readonly Todo[], add: Add): void {
  const last = at(state.dispatches, state.dispatches.size);
  const worker = last?.worker ?? 1;
  add(agent, { type: 'dispatch', worker });
  if (last) add(agent, { type: 'dispatch', worker: 3 - worker });
  for (const todo of todos) {
    if (todo !== todos[0] || todo.deferred) add(agent, { type: 'dispatch', worker, todo: todo.n });
  }
  const waiting = todos.filter((todo) => todo.state === 'waiting').map(({ n }) => n);
  if (waiting.length >= 2) {
    const bundle = { todos: waiting.slice(0, 2), purpose: 'Add src/both.js' };
    for (const actor of leads) add(actor, { type: 'dispatch', worker, bundle });
    const others = { ...bundle, todos: waiting.slice(0, 2).reverse() };
    add(user, { type: 'dispatch', worker, bundle: others });
  }
  for (const dispatch of all(state.dispatches)) {
    if (dispatch.over !== undefined && dispatch.n !== state.dispatches.size) continue;
    const task = { dispatch: dispatch.n, epoch: dispatch.epoch };
    add(user, { type: 'remove-worker', worker: dispatch.worker, reason });
    add(agent, { type: 'withdraw', dispatch: dispatch.n, reason });
    add(agent, { type: 'relaunch', dispatch: dispatch.n });
    add({ seat: 'keeper' }, { type: 'note-ended', ...task, exitCode: 1 });
  }
}

/** Verdicts and answers, also where none is waited for any more. */
function wordTries(state: State, add: Add): void {
  for (const { n } of all(state.results)) {
    add(agent, { type: 'approve', shown, result: n, judged: judgedAll(state, n) });
    add(agent, { type: 'reject', result: n, reason, missing: reason, next: reason });
  }
  const inReview = all(state.results).find((result) => result.state === 'review');
  if (inReview) add(agent, { type: 'approve', shown, result: inReview.n, judged: [...words.failed] });
  for (const { n } of all(state.questions)) {
    add(agent, { type: 'answer', question: n, answer: words.answer });
    add(agent, { type: 'return-question', question: n, missing: words.missing });
  }
  for (const { n } of all(state.proposals)) add(user, { type: 'decline-proposal', proposal: n, reason });
}

function lateTries(state: State, result: number, add: Add): void {
  const items = at(state.results, result)?.lateItems ?? [];
  for (let item = 1; item <= items.length; item += 1) {
    add(agent, { type: 'add-late-item', result, item });
    for (const actor of leads) add(actor, { type: 'dismiss-late-item', result, item, reason });
  }
  add(agent, { type: 'note-late-result', result });
}
