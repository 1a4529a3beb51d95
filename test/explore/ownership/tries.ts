import type { Act } from '../../../src/contract/acts.ts';
import type { Actor } from '../../../src/contract/actor.ts';
import type { Holder, Side } from '../../../src/contract/ownership.ts';
import type { ResultDraft } from '../../../src/contract/packets.ts';
import { closingReasons } from '../../../src/core/closing.ts';
import { namesNeeded } from '../../../src/core/gate.ts';
import { listed, waitingTodos } from '../../../src/core/order.ts';
import type { Dispatch, State } from '../../../src/core/state.ts';
import type { Try } from '../leadTries.ts';
import { all } from '../turn.ts';
import { shown } from '../../rig/unchanged.ts';
import { judgedAll } from '../../unit/core/judging.ts';
import type { OwnershipBounds } from './bounds.ts';
import * as words from './words.ts';

const { reason, regression, shared, theirs, free } = words;
type Add = (actor: Actor, act: Act) => void;

const user: Actor = { seat: 'user' };
const agent: Actor = { seat: 'orchestrator' };
const leads = [agent, user] as const;
const worker = (n: number): Actor => ({ seat: 'worker', worker: n });

/** Everything about files that anybody may try, and what moves the work on. */
export function triesIn(state: State, { wishes }: OwnershipBounds): readonly Try[] {
  const tries: Try[] = [];
  const add: Add = (actor, act) => void tries.push({ actor, act });
  if (wishes === 'any' && state.dispatches.size === 0) wishTries(state, add);
  sendingTries(state, add);
  lockTries(state, add);
  conflictTries(state, add);
  for (const { n } of all(state.requests)) {
    add(agent, { type: 'grant-scope', request: n });
    add(agent, { type: 'decline-request', request: n, reason });
  }
  for (const dispatch of all(state.dispatches)) workTries(dispatch, add);
  for (const { n } of all(state.results)) {
    const approval = { type: 'approve', shown, result: n, judged: judgedAll(state, n) } as const;
    add(agent, approval);
    add(user, { ...approval, override: { gates: ['conflict'], reason } });
    add(agent, { type: 'reject', result: n, reason, missing: reason, next: reason });
  }
  return tries;
}

/** Before anything is sent: what each of the two is about. */
function wishTries(state: State, add: Add): void {
  const scopes = { 1: [words.whole, words.cut], 2: [words.apart, words.meeting] } as const;
  for (const { n, state: standing, packet } of listed(state)) {
    if (standing !== 'waiting' || (n !== 1 && n !== 2)) continue;
    const other = scopes[n].find(
      ({ scope, notYourJob }) =>
        scope.join() !== packet?.scope.join() || notYourJob.join() !== packet.notYourJob.join(),
    );
    if (other) add(agent, { type: 'edit-todo', todo: n, packet: other, role: 'code' });
  }
}

function sendingTries(state: State, add: Add): void {
  for (const by of [1, 2]) add(agent, { type: 'dispatch', worker: by });
  const head = waitingTodos(state).map(({ n }) => n);
  const [first, second] = head;
  if (first !== undefined && second !== undefined) {
    const pairs = [
      [first, 1, second, 2],
      [first, 2, second, 1],
      [first, 1, second, 1],
      [second, 1, first, 2],
    ] as const;
    for (const [todo, one, beside, other] of pairs) {
      const parts = [
        { todo, worker: one },
        { todo: beside, worker: other },
      ];
      add(agent, { type: 'dispatch-side-by-side', parts, reason });
    }
    const bundle = { todos: [first, second], purpose: 'Add src/both.js' };
    add(agent, { type: 'dispatch', worker: 1, bundle });
  }
  const override = { ...namesNeeded(state, closingReasons(state)), reason };
  for (const actor of leads) add(actor, { type: 'close', override });
  for (const by of [1, 2]) add(user, { type: 'remove-worker', worker: by, reason });
}

const holders: readonly Holder[] = [
  { kind: 'user' },
  { kind: 'closed' },
  { kind: 'worker', worker: 1 },
  { kind: 'worker', worker: 2 },
];

function lockTries(state: State, add: Add): void {
  for (const actor of leads) {
    for (const holder of holders) {
      add(actor, { type: 'lock-scope', scope: [shared], holder, reason });
      for (const { n } of all(state.locks)) add(actor, { type: 'hand-over-lock', lock: n, holder, reason });
    }
    for (const { n } of all(state.locks)) add(actor, { type: 'release-lock', lock: n, reason });
  }
  add(agent, { type: 'lock-scope', scope: ['src/'], holder: { kind: 'closed' }, reason });
}

/** Who may meet in a file: two at work, one of them and the user or somebody unknown, or a worker without a task. */
function meetings(state: State): readonly (readonly [Side, Side])[] {
  const works = state.live.flatMap((n): readonly Extract<Side, { kind: 'worker' }>[] => {
    const dispatch = all(state.dispatches)[n - 1];
    return dispatch ? [{ kind: 'worker', worker: dispatch.worker, dispatch: n }] : [];
  });
  return works.flatMap((own): readonly (readonly [Side, Side])[] => [
    ...works.filter((other) => other !== own).map((other) => [own, other] as const),
    [own, { kind: 'user' }],
    [{ kind: 'user' }, own],
    [own, { kind: 'unknown' }],
    [own, { kind: 'worker', worker: 3 - own.worker }],
  ]);
}

function conflictTries(state: State, add: Add): void {
  const notices = [agent, { seat: 'keeper' }] as const;
  for (const [index, [own, other]] of meetings(state).entries()) {
    const actor = notices[index % 2] ?? agent;
    add(actor, { type: 'open-conflict', files: [shared], sides: [own, other], noticed: reason });
    if (state.disputed.length > 0)
      add(actor, { type: 'open-conflict', files: [shared, free], sides: [own, other], noticed: reason });
  }
  for (const { n: conflict } of all(state.conflicts)) {
    const writers: Side[] = [
      { kind: 'user' },
      { kind: 'unknown' },
      { kind: 'worker', worker: 1 },
      { kind: 'worker', worker: 2 },
    ];
    for (const writer of writers) add(user, { type: 'name-writer', conflict, writer });
    add(agent, { type: 'name-writer', conflict, writer: { kind: 'user' } });
    for (const actor of leads) {
      for (const side of [1, 2] as const) add(actor, { type: 'assign-owner', conflict, side, reason });
      const path = { type: 'set-merge-path', conflict, words: reason } as const;
      add(actor, { ...path, path: 'owner-first', work: 'nothing' });
      add(actor, { ...path, path: 'take-side', work: 'nothing' });
      add(actor, { ...path, path: 'split', work: { packet: words.settling, role: 'code' } });
      const evidence = { type: 'give-evidence', conflict, contract: reason, regression } as const;
      add(actor, evidence);
      add(actor, { type: 'resume', conflict, reason });
    }
    const thin = { type: 'give-evidence', conflict, contract: reason, regression } as const;
    add(user, { ...thin, contract: ' ' });
    add(user, { ...thin, regression: { ...regression, result: '' } });
  }
}

function workTries({ n, epoch, worker: by, over, todos }: Dispatch, add: Add): void {
  const own = worker(by);
  const task = { dispatch: n, epoch };
  const packet: ResultDraft = {
    outcome: 'done',
    summary: 'It is in.',
    evidence: todos.map((todo) => ({ todo, doneWhen: 1, shows: 'npm test printed 1' })),
    files: [],
    planAffected: false,
    stillOpen: 'Nothing',
    bundle: todos.length > 1 ? todos.map((todo) => ({ todo, state: 'done' as const })) : [],
  };
  for (const paths of [[shared], [theirs], [free]])
    add(own, { type: 'request-scope', ...task, paths, reason });
  add(worker(3 - by), { type: 'request-scope', ...task, paths: [free], reason });
  add(own, { type: 'submit', ...task, packet });
  if (epoch > 1) {
    add(own, { type: 'request-scope', ...task, epoch: epoch - 1, paths: [free], reason });
    add(own, { type: 'submit', ...task, epoch: epoch - 1, packet });
  }
  add(own, { type: 'lock-scope', scope: [free], holder: { kind: 'worker', worker: by }, reason });
  add(own, { type: 'grant-scope', request: 1 });
  if (over === undefined) add(agent, { type: 'withdraw', dispatch: n, reason });
}
