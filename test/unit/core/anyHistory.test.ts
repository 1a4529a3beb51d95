import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Event } from '../../../src/contract/events.ts';
import { isRefused, type Decision } from '../../../src/core/decision.ts';
import { gateReasons } from '../../../src/core/gate.ts';
import { evolve } from '../../../src/core/orchestration.ts';
import { initial, isOpenItem, type State, type Todo } from '../../../src/core/state.ts';
import { at, each } from '../../../src/core/table.ts';
import { kinds, tryFor, type Throw, type Try } from './randomActs.ts';
import { twoSteps } from './given.ts';
import type { History } from './history.ts';

const thrown = fc.record({ kind: fc.nat(kinds - 1), a: fc.nat(999), b: fc.nat(999), c: fc.nat(999) });
const throws = fc.array(thrown, { minLength: 20, maxLength: 70, size: 'max' });

/** Any change in place to a state that somebody may still hold throws. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}

interface Turn {
  readonly before: State;
  readonly after: State;
  readonly tried: Try;
  readonly decision: Decision;
}

function play(steps: readonly Throw[], look: (turn: Turn) => void): History {
  const history = twoSteps('Add the first sluice', 'Add the other sluice', 'Add the third sluice');
  for (const step of steps) {
    const before = history.state;
    freeze(before);
    const tried = tryFor(before, step);
    const decision = history.ask(...tried);
    look({ before, after: history.state, tried, decision });
  }
  return history;
}

function check(look: (turn: Turn) => void, runs = 100): void {
  fc.assert(
    fc.property(throws, (steps) => void play(steps, look)),
    { numRuns: runs },
  );
}

const listed = (state: State): readonly Todo[] =>
  [...each(state.todos)].filter(({ n }) => state.list.includes(n));

describe('any history of acts', () => {
  it('T6: has at most one live dispatch, to one worker, and its TODOs alone are live', () => {
    check(({ after }) => {
      assert.ok(after.live.length <= 1);
      const live = after.live.flatMap((n) => at(after.dispatches, n)?.todos ?? []);
      assert.deepEqual(
        listed(after)
          .filter(({ state }) => state === 'live')
          .map(({ n }) => n),
        [...live].sort((left, right) => left - right),
      );
      for (const n of after.live)
        assert.equal(at(after.workers, at(after.dispatches, n)?.worker ?? 0)?.removed, false);
    });
  });

  it('T3: keeps on the list exactly what is left, each once', () => {
    check(({ after }) => {
      const isOpen = after.orchestration?.closedAt === undefined;
      const standing = isOpen ? after.list : after.pending.map(({ todo }) => todo);
      const left = [...each(after.todos)].filter(({ state }) => state === 'waiting' || state === 'live');
      assert.deepEqual(
        [...standing].sort((one, other) => one - other),
        left.map(({ n }) => n),
      );
    });
  });

  it('T5: releases nothing while anything stands, but by an override of the user', () => {
    check(({ before, tried: [actor, act], decision }) => {
      const late = before.late.some((n) =>
        at(before.results, n)?.lateItems.some(({ standing }) => standing === 'open'),
      );
      const stands = before.list.length > 0 || late || before.planAffected.length > 0;
      assert.equal(gateReasons(before).length > 0, stands);
      const isReleased = decision.events.some(({ type }) => type === 'step-released');
      if (stands && isReleased) assert.deepEqual([actor.seat, act.override !== undefined], ['user', true]);
    });
  });

  it('T5: lets no open item leave the list but by approval, merge, split, closing, or the user’s drop', () => {
    check(({ before, after, tried: [actor], decision: { events } }) => {
      for (const todo of listed(before).filter(isOpenItem)) {
        if (after.list.includes(todo.n)) {
          for (const source of todo.sources) assert.ok(at(after.todos, todo.n)?.sources.includes(source));
        } else assert.ok(leftFairly(after, todo, actor.seat === 'user', events), `TODO ${todo.n} vanished`);
      }
    });
  });

  it('T8: dispatches no planned work while a foreign open item stands, and nothing before reconcile', () => {
    check(({ before, decision: { events } }) => {
      for (const event of events) {
        if (event.type !== 'dispatched') continue;
        const behind = listed(before).filter((todo) => !event.todos.includes(todo.n) && !todo.deferred);
        assert.ok(behind.every(({ packet }) => packet !== undefined));
        for (const n of event.todos) {
          if (!at(before.todos, n)?.planned) continue;
          const foreign = behind.filter(
            (item) => isOpenItem(item) && !item.planned && !isOwn(before, item, n),
          );
          assert.deepEqual(
            foreign.map((item) => item.n),
            [],
          );
        }
      }
    }, 200);
  });

  it('T3: refuses with a code, a sentence and a way out, and changes no TODO then', () => {
    check(({ before, after, decision }) => {
      if (!isRefused(decision)) return;
      const { code, sentence, next } = decision.refusal;
      assert.match(code, /^[a-z-]+$/);
      for (const words of [sentence, next])
        assert.ok(words.trim().length > 3 && !words.includes('undefined'), words);
      assert.deepEqual([after.todos, after.list, after.live], [before.todos, before.list, before.live]);
    });
  });

  it('T3: comes out the same when its events are read from their JSON again', () => {
    fc.assert(
      fc.property(throws, (steps) => {
        const history = play(steps, () => undefined);
        const read = JSON.parse(JSON.stringify(history.recorded)) as typeof history.recorded;
        assert.deepEqual(read.reduce(evolve, initial), history.state);
      }),
      { numRuns: 60 },
    );
  });
});

function leftFairly(after: State, { n, sources }: Todo, isUser: boolean, events: readonly Event[]): boolean {
  const holds = (heir: number): boolean =>
    after.list.includes(heir) && sources.every((source) => at(after.todos, heir)?.sources.includes(source));
  return events.some((event) => {
    switch (event.type) {
      case 'approved':
        return event.done.includes(n) || event.closed.includes(n);
      case 'todo-merged':
        return event.todo === n && holds(event.into);
      case 'todo-split':
        return event.todo === n && event.into.every(holds);
      case 'todo-dropped':
        return event.todo === n && isUser;
      case 'orchestration-closed':
        return isUser && event.pending.some(({ todo }) => todo === n);
      default:
        return false;
    }
  });
}

function isOwn(state: State, item: Todo, todo: number): boolean {
  return item.sources.every(({ result }) => {
    const stored = at(state.results, result);
    return stored !== undefined && at(state.dispatches, stored.dispatch)?.todos.includes(todo) === true;
  });
}
