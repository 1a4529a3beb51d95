import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isRefused } from '../../../src/core/decision.ts';
import { gateReasons } from '../../../src/core/gate.ts';
import { nextStep, openConflicts } from '../../../src/core/dispute.ts';
import { earlierItems, nextTodo, unreconciled } from '../../../src/core/order.ts';
import { wantsWord, type Dispatch, type Todo } from '../../../src/core/state.ts';
import { at, each } from '../../../src/core/table.ts';
import { kinds, tryFor } from './randomActs.ts';
import type { Throw } from './thrown.ts';
import { addWorker, answer, nothing, override, packet } from './drafts.ts';
import { judgedAll } from './judging.ts';
import { twoSteps } from './given.ts';
import { orchestrator, user, worker, type History } from './history.ts';
import { debugSaid } from './randomDebug.ts';

const thrown = fc.record({ kind: fc.nat(kinds - 1), a: fc.nat(999), b: fc.nat(999), c: fc.nat(999) });
const throws = fc.array(thrown, { minLength: 10, maxLength: 60, size: 'max' });

function after(steps: readonly Throw[]): History {
  const history = twoSteps('Add the first sluice', 'Add the other sluice', 'Add the third sluice');
  for (const step of steps) history.ask(...tryFor(history.state, step));
  for (const instruction of history.state.instructed) history.does(user, { type: 'carry-on', instruction });
  if (history.state.orchestration?.closedAt !== undefined) {
    history.does(user, { type: 'start', objective: 'Go on', constraints: [] });
  }
  return history;
}

/** Ends what is live with an honest, complete result and its approval. */
function finish(history: History, dispatch: Dispatch): void {
  for (const question of dispatch.questions.filter((n) => history.state.asked.includes(n))) {
    history.does(orchestrator, {
      type: 'answer',
      question,
      answer: { ...answer, chosen: 'None of these: go on' },
    });
  }
  if (dispatch.inReview === undefined) {
    const { todos } = dispatch;
    const evidence = todos.flatMap((todo) =>
      (at(history.state.todos, todo)?.packet?.doneWhen ?? []).map((_, index) => ({
        todo,
        doneWhen: index + 1,
        shows: 'npm test printed 12',
      })),
    );
    const earlier = earlierItems(history.state, dispatch.n).map(({ n: todo }) => ({ todo, closed: false }));
    const bundle = todos.length > 1 ? todos.map((todo) => ({ todo, state: 'done' })) : [];
    const draft = nothing({
      ...debugSaid,
      evidence,
      earlierItems: earlier,
      bundle: bundle as { todo: number; state: 'done' }[],
    });
    const task = { dispatch: dispatch.n, epoch: dispatch.epoch };
    history.does(worker(dispatch.worker), { type: 'submit', ...task, packet: draft });
  }
  const result = at(history.state.dispatches, dispatch.n)?.inReview;
  if (
    isRefused(
      history.ask(orchestrator, { type: 'approve', result, judged: judgedAll(history.state, result ?? 0) }),
    )
  ) {
    history.does(orchestrator, {
      type: 'withdraw',
      dispatch: dispatch.n,
      reason: 'Its result cannot be approved',
    });
  }
}

/** P7: works every case to resume, step by step. */
function settle(history: History): void {
  for (const { n } of openConflicts(history.state)) {
    for (let conflict = at(history.state.conflicts, n); conflict && !conflict.resumed;) {
      history.does(user, { ...steps[nextStep(conflict)], conflict: n });
      conflict = at(history.state.conflicts, n);
    }
  }
}

const reason = 'It is settled so';
const steps = {
  'name-writer': { type: 'name-writer', writer: { kind: 'user' } },
  'assign-owner': { type: 'assign-owner', side: 1, reason },
  'set-merge-path': { type: 'set-merge-path', path: 'take-side', words: reason, work: 'nothing' },
  'give-evidence': {
    type: 'give-evidence',
    contract: reason,
    regression: { command: 'npm test', result: 'ok' },
  },
  resume: { type: 'resume', reason },
} as const;

const described = {
  type: 'describe-bug',
  reproduction: { command: 'npm test', shows: '1 failing' },
  risk: 'low',
  why: reason,
} as const;

function sendNext(history: History, todo: Todo): void {
  const able = [...each(history.state.workers)].find(({ role, removed }) => role === todo.role && !removed);
  const n = able?.n ?? history.does(user, addWorker(`hand ${history.state.seq}`, todo.role)).worker;
  if (wantsWord(able)) history.does(user, { type: 'allow-unguarded', worker: n });
  const act = { type: 'dispatch', worker: n, ...(todo.deferred ? { todo: todo.n } : {}) } as const;
  const decision = history.ask(orchestrator, act);
  if (!isRefused(decision)) return;
  const [, lock] = /^Release lock (\d+)/.exec(decision.refusal.next) ?? [];
  if (lock !== undefined) {
    history.does(user, { type: 'release-lock', lock: Number(lock), reason });
    return;
  }
  const [, bug] = /^Describe the bug of TODO (\d+)/.exec(decision.refusal.next) ?? [];
  if (bug !== undefined) {
    history.does(orchestrator, { ...described, todo: Number(bug) });
    return;
  }
  const [, item] = /^Move TODO (\d+) to the head/.exec(decision.refusal.next) ?? [];
  assert.ok(item, `${decision.refusal.code}: ${decision.refusal.sentence}`);
  history.does(orchestrator, {
    type: 'move-todo',
    todo: Number(item),
    before: history.state.list[0],
    reason: 'It is open',
  });
}

describe('ways out', () => {
  it('T5: from anywhere an agent brings the list to its end by what the rules name, and the gate opens', () => {
    fc.assert(
      fc.property(throws, (thrownActs) => {
        const history = after(thrownActs);
        for (let turn = 0; gateReasons(history.state).length > 0; turn += 1) {
          assert.ok(turn < 600, gateReasons(history.state)[0]?.sentence);
          settle(history);
          const { state } = history;
          const [live] = state.live;
          const bare =
            unreconciled(state) ??
            [...each(state.todos)].find(({ n, packet: is }) => !is && state.list.includes(n));
          const todo = nextTodo(state) ?? at(state.todos, state.list[0] ?? 0);
          const [plan, late] = [state.planAffected[0], state.late[0]];
          if (live !== undefined) finish(history, at(state.dispatches, live) as Dispatch);
          else if (bare) {
            const given = packet(`Settle the open point ${state.seq}`);
            history.does(orchestrator, { type: 'reconcile', todo: bare.n, role: '', packet: given });
          } else if (late !== undefined) {
            const item =
              at(state.results, late)?.lateItems.findIndex(({ standing }) => standing === 'open') ?? -1;
            if (item < 0) history.does(orchestrator, { type: 'note-late-result', result: late });
            else history.does(orchestrator, { type: 'add-late-item', result: late, item: item + 1 });
          } else if (todo) sendNext(history, todo);
          else history.does(orchestrator, { type: 'plan-stands', result: plan, reason: 'It fits' });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('P11: from anywhere the user closes past what stands by naming it, and starts anew with it', () => {
    fc.assert(
      fc.property(throws, (thrownActs) => {
        const history = after(thrownActs);
        settle(history);
        const { state } = history;
        if (!isRefused(history.ask(user, { type: 'close' }))) return;
        const named = { todos: [] as number[], results: [] as number[], questions: [] as number[] };
        for (let turn = 0; turn < 300; turn += 1) {
          const decision = history.ask(user, { type: 'close', override: override([], named) });
          if (!isRefused(decision)) break;
          const [, kind, n] =
            /does not name (todo|result|question) (\d+)/.exec(decision.refusal.sentence) ?? [];
          assert.ok(kind, decision.refusal.sentence);
          named[`${kind as 'todo' | 'result' | 'question'}s`].push(Number(n));
        }
        history.does(user, { type: 'start', objective: 'Go on', constraints: [] });
        assert.deepEqual(new Set(history.state.list), new Set(state.list));
        assert.deepEqual(history.state.live, []);
      }),
      { numRuns: 60 },
    );
  });
});
