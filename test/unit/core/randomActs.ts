import type { Actor } from '../../../src/contract/actor.ts';
import type { ResultDraft } from '../../../src/contract/packets.ts';
import { closingReasons } from '../../../src/core/closing.ts';
import { gateReasons, namesNeeded } from '../../../src/core/gate.ts';
import { earlierItems, waitingTodos } from '../../../src/core/order.ts';
import type { Dispatch, State } from '../../../src/core/state.ts';
import { at, each } from '../../../src/core/table.ts';
import { unreleasedSteps } from '../../../src/core/steps.ts';
import { debugMakes, debugSaid } from './randomDebug.ts';
import { cadenceMakes, givenBudget, triedBudget } from './randomCadence.ts';
import { addWorker, answer, asked, packet, word } from './drafts.ts';
import { shown } from '../../rig/unchanged.ts';
import { judgedAll } from './judging.ts';
import { orchestrator, user, worker } from './history.ts';
import type { Throw, Try } from './thrown.ts';
import { ownershipMakes, sideBySide, workedOn } from './randomOwnership.ts';
import { replanMakes } from './randomReplans.ts';
import { run, witnessMakes } from './randomWitness.ts';

type Make = (state: State, thrown: Throw) => Try;

const lead = ({ c }: Throw): Actor => (c % 2 === 0 ? orchestrator : user);
const reason = 'Because it was thrown so';
const token = { tokenHash: word, expires: 9e12 };
const missing = [{ field: 'CONTEXT', words: '', why: 'It is thin', better: 'more' }];
const noneOfThese = { ...answer, chosen: 'None of these: go on' };

/** Mostly what is there, at times the number behind it. */
function pick(numbers: readonly number[], n: number, otherwise: number): number {
  return numbers[n % (numbers.length + 1)] ?? otherwise;
}

function fresh(state: State, { a }: Throw): ReturnType<typeof packet> {
  return packet(`Add the part number ${state.seq}.${a % 7}`, { scope: [`src/part${a % 5}.js`] });
}

function task(state: State, { b }: Throw): { dispatch: Dispatch | undefined; by: Actor; name: object } {
  const n = state.live[b % Math.max(state.live.length, 1)] ?? 1 + (b % Math.max(state.dispatches.size, 1));
  const dispatch = at(state.dispatches, n);
  const epoch = Math.max(1, (dispatch?.epoch ?? 1) - (b % 8 === 0 ? 1 : 0));
  return { dispatch, by: worker(dispatch?.worker ?? 1), name: { dispatch: n, epoch } };
}

function result(state: State, dispatch: Dispatch | undefined, { a, b, c }: Throw): ResultDraft {
  const todos = dispatch?.todos ?? [];
  const isLive = dispatch !== undefined && dispatch.over === undefined;
  const openOnes = todos.length > 1 ? todos.filter((_, index) => (c >> index) % 3 === 0) : [];
  const words = Array.from({ length: Math.max(a % 3, openOnes.length > 0 ? 1 : 0) }, (_, index) =>
    b % 5 === 0 ? 'The same point is open' : `Point ${state.seq}.${index} is open`,
  );
  return {
    outcome: words.length > 0 && b % 4 === 0 ? 'partial' : 'done',
    summary: 'What was asked for is in.',
    evidence: todos.flatMap((todo) =>
      (at(state.todos, todo)?.packet?.doneWhen ?? []).map((_, index) => ({
        todo,
        doneWhen: index + 1,
        shows: 'npm test printed 12 passing',
      })),
    ),
    files: ['src/gate.js'],
    ...(b % 9 === 0 ? {} : debugSaid),
    planAffected: b % 11 === 0 ? 'yes: the next step needs another tool' : 'no',
    stillOpen: words.length === 0 ? 'Nothing' : words,
    earlierItems: isLive
      ? earlierItems(state, dispatch.n).map(({ n: todo }, index) =>
          (c + index) % 2 === 0
            ? { todo, closed: true, evidence: 'grep printed 1' }
            : { todo, closed: false },
        )
      : [],
    bundle:
      todos.length > 1
        ? todos.map((todo) => ({
            todo,
            state: openOnes.includes(todo) ? ('open' as const) : ('done' as const),
          }))
        : [],
  };
}

function named(state: State, thrown: Throw, close: boolean): object {
  const needed = namesNeeded(state, close ? closingReasons(state) : gateReasons(state));
  return { ...needed, todos: thrown.b % 6 === 0 ? needed.todos.slice(1) : needed.todos, reason };
}

/** One of somebody else's making, which is sent work only by the user's word. */
const another = { runs: { kind: 'command', argv: ['agent'], agent: 'some' } };

const makes: readonly Make[] = [
  (state, t) => [lead(t), { type: 'dispatch', worker: 1 + (t.a % 9 === 0 ? 1 : 0) }],
  (_, t) => [lead(t), { type: 'dispatch', worker: 1, ...triedBudget(t) }],
  (state, t) => [lead(t), { type: 'dispatch', worker: 1, todo: pick(state.list, t.a, 1) }],
  (state, t) => {
    const todos = waitingTodos(state)
      .slice(0, 2 + (t.a % 2))
      .map(({ n }) => n);
    const bundle = { todos: todos.length < 2 ? [1, 2] : todos, purpose: 'Add the parts that come next' };
    return [lead(t), { type: 'dispatch', worker: 1, bundle }];
  },
  (state, t) => {
    const { dispatch, by, name } = task(state, t);
    return [by, { type: 'submit', ...name, packet: result(state, dispatch, t) }];
  },
  (state, t) => {
    const { dispatch, by, name } = task(state, t);
    return [by, { type: 'submit', ...name, packet: result(state, dispatch, t) }];
  },
  (state, t) => [
    lead(t),
    {
      type: 'approve',
      shown,
      result: Math.max(1, state.results.size),
      judged: judgedAll(state, Math.max(1, state.results.size)),
    },
  ],
  (state, t) => [
    lead(t),
    {
      type: 'approve',
      shown,
      result: Math.max(1, state.results.size),
      judged: judgedAll(state, Math.max(1, state.results.size)),
    },
  ],
  (state, t) => {
    const verdict = { reason, missing: 'the run', next: 'Run it' };
    return [lead(t), { type: 'reject', result: Math.max(1, state.results.size), ...verdict }];
  },
  (state, t) => [lead(t), { type: 'withdraw', dispatch: state.live[0] ?? 1, reason }],
  (state, t) => {
    const bare = state.list.filter((n) => at(state.todos, n)?.packet === undefined);
    const before = t.b % 3 === 0 ? { before: pick(state.list, t.b, 1) } : {};
    const todo = pick(bare, t.a, 1);
    return [lead(t), { type: 'reconcile', todo, packet: fresh(state, t), role: 'code', ...before }];
  },
  (state, t) => {
    const bare = state.list.find((n) => at(state.todos, n)?.packet === undefined) ?? 1;
    return [lead(t), { type: 'reconcile', todo: bare, packet: fresh(state, t), role: 'code' }];
  },
  (state, t) => {
    const [todo, into] = [pick(state.list, t.a, 1), pick(state.list, t.b, 2)];
    return [lead(t), { type: 'merge-todo', todo, into, reason }];
  },
  (state, t) => {
    const todo = pick(state.list, t.a, 1);
    const whole = at(state.todos, todo)?.packet;
    const first = whole ? { ...fresh(state, t), doneWhen: [...whole.doneWhen] } : fresh(state, t);
    return [
      lead(t),
      { type: 'split-todo', todo, parts: [first, packet(`Add the rest number ${state.seq}`)] },
    ];
  },
  (state, t) => {
    const before = t.b % 4 === 0 ? {} : { before: pick(state.list, t.b, 1) };
    return [lead(t), { type: 'move-todo', todo: pick(state.list, t.a, 1), ...before, reason }];
  },
  (state, t) => [lead(t), { type: 'drop-todo', todo: pick(state.list, t.a, 1), reason }],
  (state, t) => {
    const todo = pick(state.list, t.a, 1);
    return [lead(t), { type: 'edit-todo', todo, packet: fresh(state, t), role: 'code' }];
  },
  (state, t) => {
    const because = state.results.size > 0 ? { because: { kind: 'result', number: 1 } } : {};
    return [lead(t), { type: 'add-todo', packet: fresh(state, t), role: 'code', ...because }];
  },
  (state, t) => [lead(t), { type: 'add-step', title: 'More', role: 'code', tasks: [fresh(state, t)] }],
  (_, t) => [lead(t), { type: 'release' }],
  (state, t) => [lead(t), { type: 'release', override: named(state, t, false) }],
  (state, t) => [lead(t), { type: 'plan-stands', result: state.planAffected[0] ?? 1, reason }],
  (state, t) => [lead(t), { type: 'add-late-item', result: state.late[0] ?? 1, item: 1 + (t.a % 2) }],
  (state, t) => [
    lead(t),
    { type: 'dismiss-late-item', result: state.late[0] ?? 1, item: 1 + (t.a % 2), reason },
  ],
  (state, t) => [lead(t), { type: 'note-late-result', result: state.late[0] ?? 1 }],
  (state, t) => {
    const { by, name } = task(state, t);
    return [by, { type: 'ask', ...name, packet: t.a % 2 === 0 ? asked : { ...asked, options: [] } }];
  },
  (state, t) => [lead(t), { type: 'answer', question: state.asked[0] ?? 1, answer: noneOfThese }],
  (state, t) => [lead(t), { type: 'return-question', question: state.asked[0] ?? 1, missing }],
  (state, t) => {
    const { name } = task(state, t);
    return [{ seat: 'keeper' }, { type: 'note-ended', ...name, exitCode: t.a % 3 }];
  },
  (state, t) => [lead(t), { type: 'relaunch', dispatch: state.live[0] ?? 1 }],
  (state, t) => [worker(1), { type: 'drop-todo', todo: pick(state.list, t.a, 1), reason }],
  (state, t) =>
    t.a % 3 === 0
      ? [user, { type: 'remove-worker', worker: 1 + (t.b % Math.max(state.workers.size, 1)), reason }]
      : [
          user,
          { ...addWorker(`worker ${state.workers.size + 1}`, 'code'), ...(t.c % 2 === 0 ? another : {}) },
        ],
  (state, t) => [lead(t), { type: 'allow-unguarded', worker: 1 + (t.b % Math.max(state.workers.size, 1)) }],
  (state, t) => [
    lead(t),
    t.a % 4 === 0 ? { type: 'close', override: named(state, t, true) } : { type: 'close' },
  ],
  () => [user, { type: 'start', objective: 'Go on', constraints: [] }],
  (state, t) => {
    const { name } = task(state, t);
    return [worker(1 + (t.a % 3)), { type: 'progress', ...name, text: 'On it' }];
  },
  (state, t) => {
    const { by, name } = task(state, t);
    return [by, { type: 'acknowledge', ...name }];
  },
  (state, t) => [
    { seat: 'keeper' },
    t.a % 3 === 0
      ? { type: 'note-silent', dispatch: state.live[0] ?? 1, lastContact: t.b }
      : t.a % 3 === 1
        ? { type: 'note-back', dispatch: state.live[0] ?? 1 }
        : { type: 'note-unacknowledged', ...task(state, t).name },
  ],
  (state, t) => [
    user,
    t.a % 3 > 0
      ? { type: 'decline-proposal', proposal: 1 + (t.b % Math.max(1, state.proposals.size)), reason }
      : {
          type: 'renew-token',
          worker: 1 + (t.b % Math.max(state.workers.size, 1)),
          ...token,
          ...(t.a % 2 === 0 ? { exposed: true } : {}),
        },
  ],
  ...ownershipMakes,
  ...witnessMakes,
  ...cadenceMakes,
  ...replanMakes,
  ...debugMakes,
  (state, t) =>
    t.a % 4 === 0
      ? [user, { type: 'instruct', words: `Stop and think of ${state.seq}` }]
      : [lead(t), { type: 'carry-on', instruction: pick(state.instructed, t.b, 1) }],
  (state, t) => {
    const approved = [...each(state.results)].filter((one) => one.state === 'approved').map(({ n }) => n);
    return [lead(t), { type: 'undo-approval', result: pick(approved.slice(-2), t.a, 1), reason }];
  },
  (state, t) =>
    state.seat && t.a % 2 === 0
      ? [
          { seat: 'keeper' },
          { type: 'note-seat-guard', guard: (['asks', 'calls', 'gone'] as const)[t.b % 3] ?? 'asks' },
        ]
      : [user, state.seat ? { type: 'take-seat-back', reason } : { type: 'lend-seat', ...token }],
];

/** As many throws again do what is sensible just then, so that histories go deep. */
export const kinds = makes.length * 2;

export function tryFor(state: State, thrown: Throw): Try {
  return thrown.kind < makes.length ? (makes[thrown.kind] as Make)(state, thrown) : sensible(state, thrown);
}

function sensible(state: State, t: Throw): Try {
  const by = lead(t);
  const [instruction] = state.instructed;
  if (instruction !== undefined && t.b % 3 > 0) return [user, { type: 'carry-on', instruction }];
  if (state.orchestration?.closedAt !== undefined)
    return [user, { type: 'start', objective: 'Go on', constraints: [] }];
  const live = state.live[t.b % Math.max(state.live.length, 1)];
  const sent = live === undefined ? undefined : at(state.dispatches, live);
  const disputed = workedOn(state, t);
  if (disputed) return disputed;
  if (sent?.inReview !== undefined) {
    if (t.b % 4 === 0) return run(state, t);
    return t.a % 4 === 0
      ? [by, { type: 'reject', result: sent.inReview, reason, missing: 'the run', next: 'Run it' }]
      : [by, { type: 'approve', shown, result: sent.inReview, judged: judgedAll(state, sent.inReview) }];
  }
  const bare = state.list.find((n) => at(state.todos, n)?.packet === undefined);
  if (bare !== undefined && t.b % 3 !== 0) {
    return [by, { type: 'reconcile', todo: bare, packet: fresh(state, t), role: 'code' }];
  }
  const [question] = state.asked;
  if (question !== undefined && t.b % 4 === 1) return [by, { type: 'return-question', question, missing }];
  if (question !== undefined && t.b % 4 > 1) return [by, { type: 'answer', question, answer: noneOfThese }];
  if (sent) {
    if (sent.budget?.stopped || (sent.budget && t.a % 8 === 1)) {
      return [by, { type: 'give-time', dispatch: sent.n, minutes: 1 + (t.b % 9), reason }];
    }
    if (sent.ended) return [by, { type: 'relaunch', dispatch: sent.n }];
    const { by: self, name } = task(state, t);
    return t.a % 8 === 0
      ? [self, { type: 'ask', ...name, packet: t.b % 2 === 0 ? asked : { ...asked, options: [] } }]
      : [self, { type: 'submit', ...name, packet: result(state, sent, t) }];
  }
  const [late] = state.late;
  if (late !== undefined && t.b % 2 === 0) return settle(state, late, t);
  const [affected] = state.planAffected;
  if (affected !== undefined) return [by, { type: 'plan-stands', result: affected, reason }];
  const coder = [...each(state.workers)].find(({ role, removed }) => role === 'code' && !removed);
  if (!coder) return [user, addWorker(`worker ${state.workers.size + 1}`, 'code')];
  const waiting = waitingTodos(state);
  if (waiting.length === 0 && state.list[0] !== undefined)
    return [by, { type: 'dispatch', worker: coder.n, todo: state.list[0] }];
  if (waiting.length === 0) {
    return [by, unreleasedSteps(state).length > 0 ? { type: 'release' } : { type: 'close' }];
  }
  const beside = sideBySide(state, t);
  if (beside && t.b % 3 > 0) return beside;
  const budget = givenBudget(coder, t);
  if (waiting.length === 1 || t.a % 3 > 0) return [by, { type: 'dispatch', worker: coder.n, ...budget }];
  const todos = waiting.slice(0, 2).map(({ n }) => n);
  return [
    by,
    { type: 'dispatch', worker: coder.n, bundle: { todos, purpose: 'Add the parts that come next' } },
  ];
}

function settle(state: State, late: number, t: Throw): Try {
  const open = at(state.results, late)?.lateItems.findIndex(({ standing }) => standing === 'open') ?? -1;
  if (open < 0) return [lead(t), { type: 'note-late-result', result: late }];
  return t.a % 3 === 0
    ? [user, { type: 'dismiss-late-item', result: late, item: open + 1, reason }]
    : [lead(t), { type: 'add-late-item', result: late, item: open + 1 }];
}
