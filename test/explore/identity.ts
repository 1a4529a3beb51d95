import type { Packet, Result } from '../../src/contract/packets.ts';
import type { AskedQuestion, Dispatch, State, StoredResult, Todo } from '../../src/core/state.ts';
import type { World } from './bounds.ts';
import { all } from './turn.ts';

/*
 * What makes two states the same: everything that a later decision, or a promise of the model, can hang on. Left out:
 *   times and `seq`: no rule reads them; order is by the list and by number;
 *   words that are only shown again: reasons, summaries, progress, CONTEXT, answers, gate words, who reviewed;
 *   what no act of the model changes: the workers, the objective, roles, a worker suggested for a TODO;
 *   SCOPE, NOT-YOUR-JOB and VERIFY: the same in every packet, so that a merge or split leaves them the same;
 *   of a TODO that has left the list all but how, its step, and what a dropped item or a bundle's late result needs;
 *   of a dispatch that is over all but who had it, what was sent, and its epoch: a late result is held to those;
 *   of a result with its verdict all but that it has one, and of a question that is closed all.
 * TASKs, DONE-WHENs and the workers' own words do matter (T4, T8, merges), and are in it by a hash of their text.
 */

/** 64 bits of a hash over the parts; two halves, each its own mix. */
export interface Key {
  readonly high: number;
  readonly low: number;
}

let high = 0;
let low = 0;

function add(part: number): void {
  high = Math.imul(high ^ part, 0x85ebca6b);
  high = (high ^ (high >>> 13)) + 0x27d4eb2f;
  low = Math.imul((low << 7) | (low >>> 25), 0x9e3779b1) + part;
  low = Math.imul(low ^ (low >>> 15), 0xc2b2ae35);
}

const texts = new Map<string, number>();

/** 32 bits of FNV-1a; the few texts of a model are looked through for a collision when they are first met. */
function textHash(text: string): number {
  const known = texts.get(text);
  if (known !== undefined) return known;
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  for (const [other, taken] of texts) {
    if (taken === hash) throw new Error(`“${text}” and “${other}” have one hash`);
  }
  texts.set(text, hash);
  return hash;
}

function addAll(parts: readonly number[]): void {
  add(parts.length);
  for (const part of parts) add(part);
}

function addPacket(packet: Packet | undefined): void {
  if (!packet) return add(-1);
  add(textHash(packet.task));
  add(packet.doneWhen.length);
  for (const line of packet.doneWhen) add(textHash(line));
}

function addResultPacket(packet: Result): void {
  add(textHash(packet.outcome));
  addAll(packet.evidence.map(({ todo = 0, doneWhen }) => todo * 100 + doneWhen));
  addAll(packet.open.map(({ todo = 0, doneWhen = 0 }) => todo * 100 + doneWhen));
  addAll(packet.earlierItems.map(({ todo, closed }) => todo * 2 + (closed ? 1 : 0)));
  addAll(packet.bundle.map(({ todo, state }) => todo * 2 + (state === 'done' ? 1 : 0)));
}

const todoStates = { waiting: 0, live: 1, approved: 2, merged: 3, dropped: 4, split: 5 } as const;

/** The results in review, and the TODOs that went out in a bundle: what became of their TODOs is asked again. */
interface Needed {
  readonly reviewed: ReadonlySet<number>;
  readonly bundled: ReadonlySet<number>;
}

function neededOf(state: State): Needed {
  const [reviewed, bundled] = [new Set<number>(), new Set<number>()];
  for (const { todos, inReview } of all(state.dispatches)) {
    if (inReview !== undefined) reviewed.add(inReview);
    if (todos.length > 1) for (const n of todos) bundled.add(n);
  }
  return { reviewed, bundled };
}

function addTodo(todo: Todo, { reviewed, bundled }: Needed): void {
  const isLeft = todo.state === 'waiting' || todo.state === 'live';
  add(todoStates[todo.state] * 4 + (isLeft && todo.planned ? 2 : 0) + (todo.passedOver ? 1 : 0));
  add((todo.step ?? 0) * 64 + (todo.mergedInto ?? 0));
  const deferred = isLeft && todo.deferred ? 1 + (todo.deferred.step ?? 0) : 0;
  add((todo.state === 'live' ? (todo.dispatch ?? 0) : 0) * 64 + deferred);
  const isMissed = todo.state === 'dropped' && todo.sources.some(({ result }) => reviewed.has(result));
  addPacket(isLeft || isMissed || bundled.has(todo.n) ? todo.packet : undefined);
  const sources = isLeft || isMissed ? todo.sources : [];
  add(sources.length);
  for (const source of sources) {
    add(source.result * 64 + source.item);
    add(textHash(source.words));
  }
}

function addDispatch(dispatch: Dispatch): void {
  add(dispatch.worker * 4096 + dispatch.epoch * 64 + (dispatch.inReview ?? 0));
  add((dispatch.over === undefined ? 2 : 0) + (dispatch.ended === undefined ? 0 : 1));
  addAll(dispatch.todos);
  addPacket(dispatch.packet);
}

function addQuestion(question: AskedQuestion): void {
  if (question.state === 'answered' || question.state === 'moot') return add(-1);
  const returned = question.returnedBy === undefined ? 0 : 1;
  add(
    question.dispatch * 64 + (question.state === 'open' ? 4 : 0) + returned * 2 + (question.blocking ? 1 : 0),
  );
  add((question.packet.options ?? []).length);
}

const resultStates = { review: 0, approved: 1, rejected: 1, withdrawn: 2, late: 3, 'late-noted': 2 } as const;
const standings = { open: 0, added: 1, dismissed: 2 } as const;

function addResult(result: StoredResult): void {
  add(resultStates[result.state] * 4096 + result.dispatch);
  if (result.state === 'review') addResultPacket(result.packet);
  const lateItems = result.state === 'late' ? result.lateItems : [];
  add(lateItems.length);
  for (const [i, { standing }] of lateItems.entries()) {
    add(standings[standing]);
    if (standing === 'open') add(textHash(result.packet.open[i]?.words ?? ''));
  }
}

/** The key of a state that is told by numbers and by texts of which the model has few. */
export function keyOfParts(parts: readonly (number | string)[]): Key {
  high = 0x1b873593;
  low = 0x3c6ef372;
  for (const part of parts) add(typeof part === 'number' ? part : textHash(part));
  return { high: finished(high ^ low), low: finished(low) };
}

export function keyOf({ state, overrides }: World): Key {
  high = 0x1b873593;
  low = 0x3c6ef372;
  add(
    overrides * 64 +
      (state.orchestration?.n ?? 0) * 2 +
      (state.orchestration?.closedAt === undefined ? 0 : 1),
  );
  add(state.steps.size);
  for (const step of all(state.steps)) {
    add(step.orchestration * 2 + (step.releasedAt === undefined ? 0 : 1));
    for (const task of step.tasks) addPacket(task);
  }
  add(state.todos.size);
  const needed = neededOf(state);
  for (const todo of all(state.todos)) addTodo(todo, needed);
  addAll(state.list);
  add(state.dispatches.size);
  for (const dispatch of all(state.dispatches)) addDispatch(dispatch);
  addAll(state.live);
  add(state.questions.size);
  for (const question of all(state.questions)) addQuestion(question);
  addAll(state.asked);
  add(state.results.size);
  for (const result of all(state.results)) addResult(result);
  addAll(state.late);
  addAll(state.planAffected);
  add(state.proposals.size);
  for (const { act, todo, into, declined } of all(state.proposals)) {
    add((act === 'drop' ? 0 : 2) + (declined === undefined ? 0 : 1));
    add(todo * 64 + (into ?? 0));
  }
  addAll(state.pending.map(({ todo }) => todo));
  for (const worker of all(state.workers)) add(worker.removed ? 1 : 0);
  return { high: finished(high ^ low), low: finished(low) };
}

function finished(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
