import type { Actor } from '../../../src/contract/actor.ts';
import { nextStep, openConflicts } from '../../../src/core/dispute.ts';
import { waitingTodos } from '../../../src/core/order.ts';
import type { State } from '../../../src/core/state.ts';
import { at, each } from '../../../src/core/table.ts';
import { packet } from './drafts.ts';
import { orchestrator, user, worker } from './history.ts';
import type { Throw, Try } from './thrown.ts';

const keeper = { seat: 'keeper' } as const;
const lead = ({ c }: Throw): Actor => (c % 2 === 0 ? orchestrator : user);
const reason = 'Because it was thrown so';
const file = (n: number): string => `src/part${n % 5}.js`;

function holder(t: Throw): object {
  return t.a % 3 === 0
    ? { kind: 'user' }
    : t.a % 3 === 1
      ? { kind: 'closed' }
      : { kind: 'worker', worker: 1 };
}

/** A side of something live, or somebody else. */
function side(state: State, n: number): object {
  const dispatch = state.live[n % (state.live.length + 1)];
  if (dispatch === undefined) return n % 2 === 0 ? { kind: 'user' } : { kind: 'unknown' };
  return { kind: 'worker', worker: at(state.dispatches, dispatch)?.worker ?? 1, dispatch };
}

function step(state: State, t: Throw, kind: 0 | 1 | 2 | 3 | 4): Try {
  const conflict = state.disputed[t.a % Math.max(state.disputed.length, 1)] ?? 1;
  const work = {
    packet: packet(`Settle the dispute number ${state.seq}`, { scope: [file(t.b)] }),
    role: 'code',
  };
  const acts = [
    {
      type: 'name-writer',
      conflict,
      writer: t.b % 2 === 0 ? { kind: 'user' } : { kind: 'worker', worker: 1 },
    },
    { type: 'assign-owner', conflict, side: 1 + (t.b % 2), reason },
    {
      type: 'set-merge-path',
      conflict,
      path: t.b % 2 === 0 ? 'take-side' : 'owner-first',
      words: reason,
      work: t.b % 3 === 0 ? work : 'nothing',
    },
    { type: 'give-evidence', conflict, contract: reason, regression: { command: 'npm test', result: 'ok' } },
    { type: 'resume', conflict, reason },
  ] as const;
  return [t.a % 2 === 0 ? user : lead(t), acts[kind]];
}

/** As many waiting TODOs as there are workers for, with whom they could go out at once. */
export function sideBySide(state: State, t: Throw): Try | undefined {
  const coders = [...each(state.workers)].filter(({ role, removed }) => role === 'code' && !removed);
  const todos = waitingTodos(state).slice(0, Math.min(coders.length, 2 + (t.a % 2)));
  if (todos.length < 2) return undefined;
  const parts = todos.map(({ n }, index) => ({ todo: n, worker: coders[index]?.n ?? 1 }));
  return [lead(t), { type: 'dispatch-side-by-side', parts, reason }];
}

/** The next step of a case that is open, or a word to a request, by whoever may. */
export function workedOn(state: State, t: Throw): Try | undefined {
  const [conflict] = openConflicts(state);
  if (conflict && t.b % 4 > 0) {
    const due = {
      'name-writer': 0,
      'assign-owner': 1,
      'set-merge-path': 2,
      'give-evidence': 3,
      resume: 4,
    } as const;
    const [, act] = step(state, t, due[nextStep(conflict)]);
    return [user, { ...act, conflict: conflict.n }];
  }
  const [request] = state.requested;
  if (request === undefined || t.b % 2 === 0) return undefined;
  return [
    lead(t),
    t.a % 3 > 0 ? { type: 'grant-scope', request } : { type: 'decline-request', request, reason },
  ];
}

export const ownershipMakes: readonly ((state: State, thrown: Throw) => Try)[] = [
  (state, t) =>
    sideBySide(state, t) ?? [
      lead(t),
      {
        type: 'dispatch-side-by-side',
        parts: [
          { todo: 1, worker: 1 },
          { todo: 2, worker: 2 },
        ],
        reason,
      },
    ],
  (_, t) => [lead(t), { type: 'lock-scope', scope: [file(t.b)], holder: holder(t), reason }],
  (state, t) => [
    lead(t),
    { type: 'release-lock', lock: state.held[t.b % (state.held.length + 1)] ?? 1, reason },
  ],
  (state) => [user, { type: 'release-lock', lock: state.held[0] ?? 1, reason }],
  (state, t) => [
    lead(t),
    { type: 'hand-over-lock', lock: state.held[0] ?? 1, holder: holder({ ...t, a: t.b }), reason },
  ],
  (state, t) => [
    t.c % 3 === 0 ? keeper : lead(t),
    {
      type: 'open-conflict',
      files: [file(t.c)],
      sides: [side(state, t.a), side(state, t.b)],
      noticed: reason,
    },
  ],
  (state, t) => step(state, t, 0),
  (state, t) => step(state, t, ([1, 2, 3, 4] as const)[t.c % 4] ?? 1),
  (state, t) => {
    const n = state.live[t.a % Math.max(state.live.length, 1)] ?? 1;
    const dispatch = at(state.dispatches, n);
    const name = { dispatch: n, epoch: dispatch?.epoch ?? 1 };
    return [worker(dispatch?.worker ?? 1), { type: 'request-scope', ...name, paths: [file(t.b)], reason }];
  },
  (state, t) => [
    lead(t),
    t.a % 2 === 0
      ? { type: 'grant-scope', request: state.requested[0] ?? 1 }
      : { type: 'decline-request', request: state.requested[0] ?? 1, reason },
  ],
  (state, t) => {
    const n = 1 + (t.b % Math.max(state.workers.size, 1));
    if (t.a % 2 === 1) return [keeper, { type: 'note-reconnected', worker: n }];
    return [
      keeper,
      t.c % 2 === 0
        ? { type: 'note-guarded', worker: n, calls: true }
        : { type: t.c % 3 === 0 ? 'note-unguarded' : 'note-guarded', worker: n },
    ];
  },
];
