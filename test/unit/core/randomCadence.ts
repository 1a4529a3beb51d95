import type { Actor } from '../../../src/contract/actor.ts';
import type { SaidBudget } from '../../../src/core/budget.ts';
import type { State, Worker } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';
import { orchestrator, user, worker } from './history.ts';
import type { Throw, Try } from './thrown.ts';

const lead = ({ c }: Throw): Actor => (c % 2 === 0 ? orchestrator : user);

function one(state: State, { b }: Throw): number {
  return state.live[b % Math.max(state.live.length, 1)] ?? 1 + (b % Math.max(state.dispatches.size, 1));
}

/** Minutes, calls beside them, calls alone, or nothing. */
export function triedBudget({ a, b }: Throw): SaidBudget {
  return {
    ...(b % 3 === 0 ? { budget: 1 + (a % 130) } : {}),
    ...(b % 5 === 0 ? { calls: 1 + (a % 600) } : {}),
  };
}

/** What this worker can have. */
export function givenBudget({ runs }: Worker, { a, b }: Throw): SaidBudget {
  if (b % 2 > 0) return {};
  const isKnown = runs.kind === 'command' && runs.agent !== undefined;
  return { budget: 1 + (b % 9), ...(isKnown ? { calls: 1 + (a % 9) } : {}) };
}

/** What is said beside the work: feedback, nudges, and that nothing is done. */
export const cadenceMakes: readonly ((state: State, thrown: Throw) => Try)[] = [
  (_, t) => [lead(t), t.a % 2 === 0 ? { type: 'no-op' } : { type: 'no-op', note: 'All at work' }],
  (state, t) => [
    lead(t),
    {
      type: 'nudge',
      dispatch: one(state, t),
      reason: t.b % 7 === 0 ? ' ' : `Silent since ${t.b}`,
      ...(t.a % 3 === 0 ? { anyway: true } : {}),
    },
  ],
  (state, t) => [lead(t), { type: 'feedback', dispatch: one(state, t), words: `Mind the sill ${t.a}` }],
  (state, t) => [
    lead(t),
    {
      type: 'give-time',
      dispatch: one(state, t),
      minutes: 1 + t.b,
      reason: t.a % 7 === 0 ? ' ' : 'It is near',
    },
  ],
  (state, t) => {
    const n = one(state, t);
    const epoch = at(state.dispatches, n)?.epoch ?? 1;
    const said = [{}, { past: true }, { jumped: t.b % 500 }, { calls: t.b }][t.a % 4];
    return [{ seat: 'keeper' }, { type: 'note-budget', dispatch: n, epoch, ...said }];
  },
  (state, t) => {
    const n = one(state, t);
    const dispatch = at(state.dispatches, n);
    const name = { dispatch: n, epoch: dispatch?.epoch ?? 1 };
    return [worker(t.a % 5 === 0 ? 2 : (dispatch?.worker ?? 1)), { type: 'hear', ...name }];
  },
  (state, t) => {
    const question = 1 + (t.a % Math.max(state.questions.size, 1));
    const asker = at(state.dispatches, at(state.questions, question)?.dispatch ?? 0);
    return t.b % 2 === 0
      ? [worker(asker?.worker ?? 1), { type: 'hear-answer', question }]
      : [
          t.c % 4 === 0 ? orchestrator : user,
          {
            type: 'leave-question',
            question: state.asked.find((n) => at(state.questions, n)?.usersFirst) ?? question,
          },
        ];
  },
];
