import type { MarkAbout } from '../../contract/timeline.ts';
import { decisive, type Decisive } from '../decisive.ts';
import { conflictName, sideName } from '../dispute.ts';
import { dispatchName, inCalls, inMinutes, short, stepName, todoName, workerName } from '../labels.ts';
import { holderName } from '../ownership.ts';
import type { Decided } from '../spoken.ts';
import type { Conflict, Dispatch, Lock, ScopeRequest, State, StoredResult, Todo } from '../state.ts';
import { at } from '../table.ts';

/** What the agent in the seat decided and still stands as its word, for a row of the Inbox. */
export interface AgentsDecision extends Decided {
  readonly title: string;
  readonly detail: string;
  /** What it is about; a lock has no document of its own. */
  readonly about?: MarkAbout;
}

/** P2: the newest first; what the user has taken over since is the user's, and not among them. */
export function decisions(state: State): readonly AgentsDecision[] {
  const told = state.decided.flatMap((one) => {
    const found = words[one.what](state, one);
    if (!found) return [];
    const about = aboutOf(state, one);
    return [{ ...one, title: found[0], detail: found[1], ...(about ? { about } : {}) }];
  });
  return told.reverse();
}

function aboutOf(state: State, { what, n }: Decided): MarkAbout | undefined {
  const kind = decisive[what];
  if (kind === 'lock') return undefined;
  if (kind !== 'request') return { kind, n };
  return { kind: 'dispatch', n: at(state.requests, n)?.dispatch ?? 0 };
}

/** A title and what stands behind it; nothing where it is no word of the agent's any more. */
type Words = readonly [string, string] | undefined;

const agents = 'orchestrator';

const words: { readonly [W in Decisive]: (state: State, decided: Decided) => Words } = {
  answered: (state, { n }) => {
    const question = at(state.questions, n);
    if (question?.state !== 'answered') return undefined;
    const who = askerOf(state, n);
    const heard = question.heardAt === undefined ? `${who} has not heard it` : `${who} has heard it`;
    return [`Answered question ${n}: ${short(question.answer?.chosen ?? '', 100)}`, heard];
  },
  'question-returned': (state, { n }) => {
    const question = at(state.questions, n);
    if (question?.state !== 'returned') return undefined;
    const missing = question.missing.map(({ field }) => field).join(', ');
    return [`Sent question ${n} back: ${short(missing, 100)}`, `${askerOf(state, n)} completes it`];
  },
  approved: (state, { n }) =>
    ofResult(state, n, ({ state: verdict, approval, packet }, dispatch) =>
      verdict === 'approved' && approval?.undone === undefined
        ? [`Approved result ${n}: ${short(packet.summary, 100)}`, dispatch]
        : undefined,
    ),
  rejected: (state, { n }) =>
    ofResult(state, n, ({ rejection }, dispatch) => [
      `Rejected result ${n}: ${short(rejection?.reason ?? '', 100)}`,
      dispatch,
    ]),
  'approval-undone': (state, { n, why = '' }) =>
    ofResult(state, n, (_, dispatch) => [`Took back the approval of result ${n}: ${why}`, dispatch]),
  'plan-stood': (_, { n, why = '' }) => [`Let the plan stand after result ${n}: ${why}`, ''],
  'late-result-noted': (state, { n }) =>
    ofResult(state, n, (_, dispatch) => [`Noted late result ${n}`, dispatch]),
  dispatched: (state, { n }) =>
    ofLive(state, n, (dispatch) => [
      `Dispatched ${dispatchName(state, dispatch)}`,
      short(dispatch.packet.task, 100),
    ]),
  withdrawn: (state, { n, why = '' }) => {
    const dispatch = at(state.dispatches, n);
    return dispatch && [`Withdrew ${dispatchName(state, dispatch)}`, why];
  },
  'time-given': (state, { n, why = '' }) =>
    ofLive(state, n, (dispatch) => {
      const { minutes = 0, limit } = dispatch.budget ?? {};
      const calls = limit === undefined ? '' : ` and ${inCalls(limit)}`;
      return [`Gave ${dispatchName(state, dispatch)} ${inMinutes(minutes)}${calls} in all`, why];
    }),
  'todo-reconciled': (state, { n }) =>
    ofWaiting(state, n, (todo) => [`Placed ${todoName(todo)}`, placeOf(state, n)]),
  'todo-moved': (state, { n, at: when, why = '' }) =>
    // Its place was part of that.
    wordOn(state, 'todo-reconciled', n)?.at === when
      ? undefined
      : ofWaiting(state, n, (todo) => [`Moved ${todoName(todo)}: ${why}`, placeOf(state, n)]),
  'todo-merged': (state, { n, why = '' }) => {
    const into = at(state.todos, at(state.todos, n)?.mergedInto ?? 0);
    return into && [`Merged TODO ${n} into ${todoName(into)}`, why];
  },
  'todo-split': (state, { n, why = '' }) => gone(state, n, 'Split', why),
  'todo-dropped': (state, { n, why = '' }) => gone(state, n, 'Dropped', why),
  'late-item-added': (state, { n }) =>
    ofWaiting(state, n, (todo) => [`Took ${todoName(todo)} from a late result`, placeOf(state, n)]),
  'step-released': (state, { n }) => {
    const step = at(state.steps, n);
    if (!step) return undefined;
    const { length } = step.tasks;
    return [
      `Released ${stepName(step)}`,
      length === 1 ? '1 TODO went on the list' : `${length} TODOs went on the list`,
    ];
  },
  replanned: (_, { n, why = '' }) => [`Replanned: ${why}`, `replan ${n}`],
  'scope-granted': (state, { n }) =>
    ofRequest(state, n, ({ paths, reason }, who) => [
      `Gave ${who} ${short(paths.join(', '), 100)}`,
      short(reason, 100),
    ]),
  'request-declined': (state, { n, why = '' }) =>
    ofRequest(state, n, ({ paths }, who) => [`Refused ${who} ${short(paths.join(', '), 100)}`, why]),
  'scope-locked': (state, { n }) =>
    ofLock(state, n, (lock) =>
      lock.conflict === undefined && !wordOn(state, 'lock-handed-over', n)
        ? [`Locked ${filesOf(lock)} for ${holderName(state, lock.holder)}`, short(lock.reason, 100)]
        : undefined,
    ),
  'lock-released': (state, { n, why = '' }) => {
    const lock = at(state.locks, n);
    return lock && [`Released the lock on ${filesOf(lock)}`, why];
  },
  'lock-handed-over': (state, { n, why = '' }) =>
    ofLock(state, n, (lock) => [`Handed ${filesOf(lock)} over to ${holderName(state, lock.holder)}`, why]),
  'conflict-opened': (state, { n }) =>
    ofConflict(state, n, (conflict) => [`Opened ${conflictName(conflict)}`, short(conflict.noticed, 100)]),
  'owner-assigned': (state, { n, why = '' }) =>
    ofConflict(state, n, (conflict) => {
      const { owner, sides } = conflict;
      if (!owner) return undefined;
      return [
        `Named ${sideName(state, sides[owner.side - 1] ?? sides[0])} owner in ${conflictName(conflict)}`,
        why,
      ];
    }),
  'merge-path-set': (state, { n }) =>
    ofConflict(
      state,
      n,
      (conflict) =>
        conflict.path && [`Set the merge path of ${conflictName(conflict)}`, short(conflict.path.words, 100)],
    ),
  resumed: (state, { n, why = '' }) =>
    ofConflict(state, n, (conflict) => [`Ended ${conflictName(conflict)}; all go on`, why]),
  'orchestration-closed': ({ orchestration }, { n }) => [
    `Closed orchestration ${n}`,
    short(orchestration?.objective ?? '', 100),
  ],
};

function wordOn({ decided }: State, what: Decisive, n: number): Decided | undefined {
  return decided.find((one) => one.what === what && one.n === n);
}

function askerOf(state: State, question: number): string {
  return workerName(state, at(state.dispatches, at(state.questions, question)?.dispatch ?? 0)?.worker ?? 0);
}

function placeOf({ list }: State, n: number): string {
  return `${list.indexOf(n) + 1} of ${list.length} on the list`;
}

function filesOf({ scope }: Lock): string {
  return short(scope.join(', '), 100);
}

function ofResult(state: State, n: number, tell: (result: StoredResult, dispatch: string) => Words): Words {
  const result = at(state.results, n);
  const dispatch = result && at(state.dispatches, result.dispatch);
  return dispatch && tell(result, dispatchName(state, dispatch));
}

function ofLive(state: State, n: number, tell: (dispatch: Dispatch) => Words): Words {
  const dispatch = at(state.dispatches, n);
  return dispatch && dispatch.over === undefined ? tell(dispatch) : undefined;
}

/** What has gone out has a row of its own. */
function ofWaiting(state: State, n: number, tell: (todo: Todo) => Words): Words {
  const todo = at(state.todos, n);
  return todo?.state === 'waiting' ? tell(todo) : undefined;
}

function gone(state: State, n: number, verb: string, why: string): Words {
  const todo = at(state.todos, n);
  return todo && [`${verb} ${todoName(todo)}`, why];
}

/** What was granted or not is over with its task. */
function ofRequest(state: State, n: number, tell: (request: ScopeRequest, worker: string) => Words): Words {
  const request = at(state.requests, n);
  return request && ofLive(state, request.dispatch, ({ worker }) => tell(request, workerName(state, worker)));
}

/** One that stands, and that nobody else handed over since. */
function ofLock(state: State, n: number, tell: (lock: Lock) => Words): Words {
  const lock = at(state.locks, n);
  return lock?.by === agents && lock.over === undefined ? tell(lock) : undefined;
}

function ofConflict(state: State, n: number, tell: (conflict: Conflict) => Words): Words {
  const conflict = at(state.conflicts, n);
  return conflict && tell(conflict);
}
