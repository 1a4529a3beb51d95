import assert from 'node:assert/strict';
import { decisive } from '../../../src/core/decisive.ts';
import { sameWords } from '../../../src/core/labels.ts';
import { isOpenItem, type State, type Todo } from '../../../src/core/state.ts';
import { stepState } from '../../../src/core/steps.ts';
import { at, each } from '../../../src/core/table.ts';
import { handedOff } from './handoffInvariant.ts';
import { endsInOrder, nothingGoesOn } from './instructionInvariant.ts';
import { isNoAgents } from './leftOut.ts';
import { namesTheFirst } from './nextInvariant.ts';
import { leftFairly, lateOpen, listed, waiting } from './standing.ts';
import { of, ownershipInvariants, type Invariant } from './ownershipInvariants.ts';

const sorted = (numbers: Iterable<number>): readonly number[] => [...numbers].sort((a, b) => a - b);
const oneLive: Invariant = ({ after }) => {
  const dispatches = after.live.map((n) => at(after.dispatches, n));
  assert.deepEqual(
    sorted(listed(after).flatMap(({ n, state }) => (state === 'live' ? [n] : []))),
    sorted(dispatches.flatMap((dispatch) => dispatch?.todos ?? [])),
  );
  for (const dispatch of dispatches) assert.equal(at(after.workers, dispatch?.worker ?? 0)?.removed, false);
  if (dispatches.length < 2) return;
  const [bundle] = dispatches.map((dispatch) => dispatch?.bundle);
  assert.ok(
    bundle !== undefined && dispatches.every((dispatch) => dispatch?.bundle === bundle),
    'two are live',
  );
  assert.equal(
    new Set(dispatches.map((dispatch) => dispatch?.worker)).size,
    dispatches.length,
    'one has two tasks',
  );
};

const listIsWhatIsLeft: Invariant = ({ after }) => {
  const isOpen = after.orchestration?.closedAt === undefined;
  const standing = isOpen ? after.list : after.pending.map(({ todo }) => todo);
  const left = [...each(after.todos)].filter(({ state }) => state === 'waiting' || state === 'live');
  assert.deepEqual(
    sorted(standing),
    left.map(({ n }) => n),
  );
};

const nextInOrder: Invariant = (turn) => {
  const { before, command } = turn;
  const sent = of(turn, 'dispatched');
  const todos = sent.flatMap((event) => event.todos);
  for (const { bundle } of sent) {
    const beside = before.live.map((n) => at(before.dispatches, n)?.bundle);
    assert.ok(
      beside.every((other) => other !== undefined && other === bundle),
      'sent beside what is live',
    );
  }
  const [first] = todos.map((n) => at(before.todos, n));
  const isChosen = command.act.type === 'dispatch' && command.act.todo === first?.n && first?.deferred;
  if (isChosen) assert.equal(todos.length, 1);
  else
    assert.deepEqual(
      todos,
      waiting(before)
        .slice(0, todos.length)
        .map(({ n }) => n),
    );
  for (const event of sent) {
    const to = at(before.workers, event.worker);
    assert.equal(to?.removed, false);
    for (const n of event.todos)
      assert.ok(sameWords(at(before.todos, n)?.role ?? '', to.role), 'another role');
  }
};

const ownTask: Invariant = ({ before, command: { actor, act }, reply }) => {
  if (actor.seat !== 'worker' || !reply.ok) return;
  if (act.type === 'hear-answer') {
    const { dispatch = 0 } = at(before.questions, act.question) ?? {};
    return assert.equal(at(before.dispatches, dispatch)?.worker, actor.worker, 'another’s answer');
  }
  assert.ok('dispatch' in act && 'epoch' in act, `a worker did ${act.type}`);
  const dispatch = at(before.dispatches, act.dispatch);
  assert.equal(dispatch?.worker, actor.worker);
  if (act.type !== 'submit') assert.deepEqual([dispatch.over, dispatch.epoch], [undefined, act.epoch]);
};

const releases: Invariant = (turn) => {
  const { before, after, command } = turn;
  for (const { override } of of(turn, 'step-released')) {
    assert.deepEqual(before.planAffected, [], 'the plan is affected');
    const late = lateOpen(before);
    if (!override) {
      assert.deepEqual([before.list, late], [[], []], 'something stands');
      continue;
    }
    assert.equal(command.actor.seat, 'user');
    const inReview = before.live.flatMap((n) => at(before.dispatches, n)?.inReview ?? []);
    assert.deepEqual(sorted(override.todos), sorted(before.list), 'not each is named');
    assert.deepEqual(sorted(override.results), sorted([...late, ...inReview]), 'not each result is named');
    assert.deepEqual([after.live, lateOpen(after)], [[], []], 'passed over and still there');
    for (const n of before.list) assert.ok(at(after.todos, n)?.deferred, `TODO ${n} is not marked`);
  }
};

const openItemsStay: Invariant = ({ before, after, command: { actor }, events }) => {
  for (const todo of listed(before).filter(isOpenItem)) {
    if (after.list.includes(todo.n)) {
      const { sources = [] } = at(after.todos, todo.n) ?? {};
      for (const source of todo.sources) assert.ok(sources.includes(source), 'the words are gone');
    } else assert.ok(leftFairly(after, todo, actor.seat === 'user', events), `TODO ${todo.n} vanished`);
  }
};

const itemsOnTheList: Invariant = (turn) => {
  const { before, after } = turn;
  for (const { result, packet, late, dispatch } of of(turn, 'resulted')) {
    if (late) {
      assert.deepEqual([after.todos === before.todos, after.list], [true, before.list]);
      const { lateItems = [] } = at(after.results, result) ?? {};
      assert.deepEqual(
        lateItems.map(({ standing }) => standing),
        packet.open.map(() => 'open'),
      );
      continue;
    }
    const items = listed(after).filter(({ sources }) => sources.some((source) => source.result === result));
    assert.deepEqual(
      items.map(({ sources }) => sources.map(({ words }) => words)),
      packet.open.map(({ words }) => [words]),
    );
    const own = at(after.dispatches, dispatch)?.todos ?? [];
    const [first] = items;
    const ahead = first ? listed(after).slice(0, after.list.indexOf(first.n)) : [];
    const planned = ahead.filter(
      (todo) => todo.planned && todo.state === 'waiting' && !todo.deferred && !own.includes(todo.n),
    );
    assert.deepEqual(planned, [], 'items stand behind planned work');
  }
};

const lateItemsStay: Invariant = ({ before, after, command: { actor }, events }) => {
  for (const n of before.late) {
    at(before.results, n)?.lateItems.forEach(({ standing }, index) => {
      const stands = after.late.includes(n) && at(after.results, n)?.lateItems[index]?.standing === 'open';
      if (standing !== 'open' || stands) return;
      const settled = events.find(
        (event) =>
          (event.type === 'late-item-added' || event.type === 'late-item-dismissed') &&
          event.result === n &&
          event.item === index + 1,
      );
      assert.ok(settled, `item ${index + 1} of late result ${n} vanished`);
      if (settled.type === 'late-item-dismissed') assert.equal(actor.seat, 'user');
      else if (settled.type === 'late-item-added') assert.ok(after.list.includes(settled.todo));
    });
  }
};

const plannedWaits: Invariant = (turn) => {
  const { before } = turn;
  for (const event of of(turn, 'dispatched')) {
    const behind = listed(before).filter((todo) => !event.todos.includes(todo.n) && !todo.deferred);
    assert.ok(
      behind.every(({ packet }) => packet !== undefined),
      'an item is not reconciled',
    );
    for (const n of event.todos) {
      if (!at(before.todos, n)?.planned) continue;
      const foreign = behind.filter((item) => isOpenItem(item) && !item.planned && !isOwn(before, item, n));
      assert.deepEqual(
        foreign.map((item) => item.n),
        [],
      );
    }
  }
};

function isOwn(state: State, item: Todo, todo: number): boolean {
  return item.sources.every(({ result }) => {
    const stored = at(state.results, result);
    return stored !== undefined && at(state.dispatches, stored.dispatch)?.todos.includes(todo) === true;
  });
}

const refusals: Invariant = ({ before, after, reply }) => {
  if (reply.ok) return;
  const { code, sentence, next } = reply.refusal;
  assert.match(code, /^[a-z-]+$/);
  assert.notEqual(code, 'defect', sentence);
  for (const words of [sentence, next])
    assert.ok(words.trim().length > 3 && !words.includes('undefined'), words);
  const rest = (state: State) => [state.todos, state.list, state.live, state.steps, state.orchestration];
  rest(before).forEach((part, index) =>
    assert.equal(rest(after)[index], part, 'a refusal changed something'),
  );
};

const oneReturn: Invariant = (turn) => {
  for (const { question } of of(turn, 'question-returned'))
    assert.equal(at(turn.before.questions, question)?.returnedBy, undefined);
};

const closing: Invariant = (turn) => {
  const { before, after, command } = turn;
  for (const { override, pending } of of(turn, 'orchestration-closed')) {
    const standing = [before.list, before.late, before.asked, before.planAffected];
    if (!override) assert.deepEqual(standing, [[], [], [], []], 'closed over something');
    else {
      assert.equal(command.actor.seat, 'user');
      const inReview = before.live.flatMap((n) => at(before.dispatches, n)?.inReview ?? []);
      assert.deepEqual(sorted(override.todos), sorted(before.list));
      assert.deepEqual(sorted(override.questions), sorted(before.asked));
      const results = new Set([...before.late, ...before.planAffected, ...inReview]);
      assert.deepEqual(sorted(override.results), sorted(results));
    }
    assert.deepEqual(
      pending.map(({ todo }) => todo),
      before.list,
    );
    assert.deepEqual([after.live, after.asked], [[], []], 'hidden in the queue');
  }
  if (of(turn, 'orchestration-started').length === 0) return;
  assert.deepEqual(
    after.list,
    before.pending.map(({ todo }) => todo),
  );
  assert.ok(listed(after).every(({ deferred }) => !deferred));
};

const completeSteps: Invariant = ({ after }) => {
  for (const { n } of each(after.steps)) {
    const word = stepState(after, n);
    if (word === 'planned' || word === 'released') continue;
    for (const todo of listed(after))
      assert.ok(todo.step !== n || todo.deferred, `step ${n} reads ${word} with TODO ${todo.n} left`);
  }
};

const decidedKnown: Invariant = ({ command: { actor }, events, after }) => {
  if (actor.seat !== 'orchestrator') return;
  for (const { type } of events) {
    assert.equal(isNoAgents(type), false, `an agent in the seat caused ${type}`);
    if (Object.hasOwn(decisive, type))
      assert.ok(
        after.decided.some(({ what }) => what === type),
        `${type} is not kept`,
      );
  }
};

export const invariants: Readonly<Record<string, Invariant>> = {
  ...ownershipInvariants,
  'T2: nothing goes out, in or on while the user’s word stands, but what ends it or makes less of it':
    nothingGoesOn,
  'T2: the user’s words end in order, by the user or by a replan that quotes one and names all that is live':
    endsInOrder,
  'P2: the first of what stands is named, and *nothing: all healthy* never while one of them does':
    namesTheFirst,
  'P2: what an agent in the seat causes is known, and kept where it is a decision': decidedKnown,
  'T6: one dispatch is live, or those of one bundle, each with a worker of its own, and their TODOs alone':
    oneLive,
  'T6: what goes out is next in order, or deferred and chosen, to a worker of its role': nextInOrder,
  'T6: a worker acts on its own task, under its present name': ownTask,
  'T3: the list holds exactly what is left, each once': listIsWhatIsLeft,
  'T3: a refusal has a code, a sentence and a way out, and changes nothing that stands': refusals,
  'T4: what a result leaves open is on the list with it, in its order, before planned work': itemsOnTheList,
  'T5: nothing is released while anything stands, but by an override of the user that names each': releases,
  'T5: no open item leaves the list but by approval, merge, split, closing, or the user’s drop':
    openItemsStay,
  'T5: no item of a late result is lost, and only the user dismisses one': lateItemsStay,
  'T8: no planned work goes out while a foreign item stands, and nothing before reconcile': plannedWaits,
  'T9: no step reads complete with a TODO of it left in the order': completeSteps,
  'P6: a question goes back once in all': oneReturn,
  'P11: nothing is closed over anything but by name, and the next one begins with what is pending': closing,
  'P11: whatever was open at some time is in the handoff, with its reason where it is not done': handedOff,
};
