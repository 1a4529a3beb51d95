import assert from 'node:assert/strict';
import { events } from '../../../src/contract/events.ts';
import { decisive, type Decisive } from '../../../src/core/decisive.ts';
import { decisions } from '../../../src/core/views/decisions.ts';
import { decidings, overtakings } from './decidings.ts';
import { item, packet, two } from './drafts.ts';
import { leftOpen, openItems, released } from './given.ts';
import { orchestrator, user, type History } from './history.ts';
import { leftOut } from './leftOut.ts';

const kinds = Object.keys(decidings) as Decisive[];
const reads = (history: History, kind: Decisive): readonly string[] =>
  decisions(history.state)
    .filter(({ what }) => what === kind)
    .map(({ title, detail }) => `${title} | ${detail}`);
const move = (before?: number) =>
  ({ type: 'move-todo', todo: 1, reason: 'It must wait', ...(before ? { before } : {}) }) as const;

describe('what the agent in the seat decided', () => {
  it('P2: is every event that an agent can decide by, and each other one is left out for a reason', () => {
    const told = [...Object.keys(decisive), ...Object.keys(leftOut)];
    assert.deepEqual(told.sort(), Object.keys(events).sort());
    assert.deepEqual(kinds.sort(), Object.keys(decisive).sort(), 'a kind is tried by no test');
  });

  for (const kind of kinds) {
    it(`P2: is kept and told in words: ${kind}`, () => {
      assert.deepEqual(reads(decidings[kind].make(), kind), [decidings[kind].reads]);
    });
  }

  for (const [kind, act] of overtakings) {
    it(`P2: is the user’s once the user has said otherwise: ${kind}, by ${act.type}`, () => {
      const history = decidings[kind].make();
      assert.equal(reads(history, kind).length, 1);
      history.facts = { ...history.facts, revert: 'clean' };
      history.does(user, act);
      assert.deepEqual(reads(history, kind), []);
    });
  }

  it('P2: is the agent’s alone: what the user does is not among it', () => {
    const history = released(...two);
    history.does(user, { type: 'dispatch', worker: 1 });
    history.does(user, { type: 'move-todo', todo: 2, reason: 'It waits' });
    assert.deepEqual(
      decisions(history.state).map(({ what }) => what),
      ['step-released'],
    );
  });

  it('is its last word on the same thing, at the time of that', () => {
    const history = released(...two);
    history.does(orchestrator, move());
    history.does(orchestrator, move(2));
    assert.deepEqual(reads(history, 'todo-moved'), [
      'Moved TODO 1 (“Add the first sluice”): It must wait | 1 of 2 on the list',
    ]);
    const [first] = decisions(history.state);
    assert.deepEqual([first?.what, first?.at], ['todo-moved', history.recorded.at(-1)?.at]);
  });

  it('says the place that an item was given once', () => {
    const history = leftOpen(item);
    const settled = packet('Name the sluice in README.md');
    history.does(orchestrator, { type: 'reconcile', todo: 3, role: 'code', packet: settled, before: 2 });
    assert.equal(history.last('todo-moved').todo, 3);
    assert.deepEqual(reads(history, 'todo-moved'), []);
    assert.equal(reads(history, 'todo-reconciled').length, 1);
  });

  it('says who has a lock once, also where it was handed over', () => {
    const history = decidings['lock-handed-over'].make();
    assert.deepEqual(reads(history, 'scope-locked'), []);
  });

  it('stays what it is where the agent itself edits what it placed, and is over once that has gone out', () => {
    const history = openItems(item);
    const packed = packet('Name the sluice in the README');
    history.does(orchestrator, { type: 'edit-todo', todo: 3, packet: packed, role: 'code' });
    history.does(orchestrator, { type: 'edit-todo', todo: 2, packet: packet('Add a rail'), role: 'code' });
    assert.deepEqual(reads(history, 'todo-reconciled'), [
      'Placed TODO 3 (“Name the sluice in the README”) | 1 of 2 on the list',
    ]);
    history.does(orchestrator, { type: 'dispatch', worker: 1 });
    assert.deepEqual(reads(history, 'todo-reconciled'), []);
  });

  it('is a hundred at most, and none of the last orchestration', () => {
    const history = decidings['orchestration-closed'].make();
    history.does(user, { type: 'start', objective: 'Another', constraints: [] });
    assert.equal(history.state.decided.length, 0);
    const many = Array.from({ length: 60 }, (_, n) => packet(`Add the part number ${n + 1} of the sluice`));
    history.does(user, { type: 'add-step', title: 'Build', role: 'code', tasks: many });
    history.does(user, { type: 'release' });
    const from = history.state.list[0] ?? 0;
    for (let n = 0; n < 59; n += 1) {
      history.does(orchestrator, { type: 'move-todo', todo: from + n, reason: 'Later' });
      history.does(orchestrator, { type: 'drop-todo', todo: from + n, reason: 'Not needed' });
    }
    assert.equal(history.state.decided.length, 100);
    assert.equal(history.state.decided.at(-1)?.n, from + 58);
  });
});
