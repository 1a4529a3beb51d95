import { tooMuch } from './budget.ts';
import { bundleTodos } from './bundle.ts';
import { accept, refuse, refuseAbout, type Asked, type Deciders, type Decision } from './decision.ts';
import { budgetWords, dispatchName, isBlank, todoName, workerName } from './labels.ts';
import { noOrchestration, openItemFirst } from './listed.ts';
import { nextTodo, openItemBefore, unreconciled } from './order.ts';
import { askedFor, groundsOf, sending, sharedWords } from './sending.ts';
import { bundleUnderWay, somethingLive } from './standingWork.ts';
import { isByHand, openOrchestration, type Dispatch, type State, type Todo } from './state.ts';
import { notReconciled } from './todo.ts';
import { at } from './table.ts';
import { withdrawal } from './withdrawal.ts';
import { plainWorkspace } from './workspace.ts';

type Notes = 'note-silent' | 'note-back' | 'note-unacknowledged' | 'note-ended';
type DispatchActs = 'dispatch' | 'withdraw' | 'relaunch' | Notes;

export const dispatchDeciders: Deciders<DispatchActs> = {
  dispatch: (state, asked) => {
    if (!openOrchestration(state)) return noOrchestration;
    const open = unreconciled(state);
    if (open) return notReconciled(open);
    const next = nextTodo(state);
    const joined = next && bundleUnderWay(state, next);
    const live = somethingLive(state);
    if (live && (!joined || asked.act.bundle)) return live;
    const chosen = chosenTodos(state, asked);
    if ('events' in chosen) return chosen;
    return live && chosen[0] !== next ? live : send(state, asked, chosen, live && joined);
  },

  withdraw: (state, { act }) => {
    const dispatch = liveDispatch(state, act.dispatch);
    if (!dispatch) return notLive(act.dispatch);
    if (isBlank(act.reason)) return refuse('no-reason', 'The withdrawal gives no reason.', 'Say why.');
    return accept(
      withdrawal(state, act.dispatch, act.reason),
      `${dispatchName(state, dispatch)} is withdrawn. What it holds is back at the head of the list.`,
    );
  },

  relaunch: (state, { act }) => {
    const dispatch = liveDispatch(state, act.dispatch);
    if (!dispatch) return notLive(act.dispatch);
    if (dispatch.inReview !== undefined) {
      return refuse(
        'in-review',
        `Result ${dispatch.inReview} of ${dispatchName(state, dispatch)} waits for its verdict.`,
        `Approve or reject result ${dispatch.inReview}.`,
      );
    }
    if (!dispatch.ended) {
      return refuse(
        'not-ended',
        `${dispatchName(state, dispatch)} has not ended.`,
        'Wait for its result, or withdraw it.',
      );
    }
    if (dispatch.budget?.stopped) {
      return refuseAbout(
        { kind: 'dispatch', n: dispatch.n },
        'budget-used-up',
        `${dispatchName(state, dispatch)} was stopped over its budget of ${budgetWords(dispatch.budget)}.`,
        'Give it more time with a reason, which starts it again; or withdraw it.',
      );
    }
    return accept(
      [{ type: 'relaunched', dispatch: act.dispatch }],
      'The worker starts again on the same task.',
    );
  },

  'note-silent': (state, { act }) => {
    const dispatch = liveDispatch(state, act.dispatch);
    const isHeard = dispatch && !isByHand(at(state.workers, dispatch.worker));
    if (!isHeard || dispatch.silentSince !== undefined || dispatch.inReview !== undefined) {
      return accept([], '');
    }
    return accept([{ type: 'fell-silent', dispatch: act.dispatch, lastContact: act.lastContact }], '');
  },

  'note-back': (state, { act }) => {
    const dispatch = liveDispatch(state, act.dispatch);
    if (dispatch?.silentSince === undefined) return accept([], '');
    return accept([{ type: 'came-back', dispatch: act.dispatch }], '');
  },

  'note-unacknowledged': (state, { act }) => {
    const dispatch = liveDispatch(state, act.dispatch);
    const waits =
      dispatch?.epoch === act.epoch &&
      dispatch.acknowledgedAt === undefined &&
      dispatch.inReview === undefined &&
      !dispatch.ended &&
      dispatch.unacknowledgedSince === undefined &&
      !isByHand(at(state.workers, dispatch.worker));
    return accept(waits ? [{ type: 'unacknowledged', dispatch: act.dispatch }] : [], '');
  },

  'note-ended': (state, { act }) => {
    const dispatch = liveDispatch(state, act.dispatch);
    const runs = dispatch?.epoch === act.epoch && !isByHand(at(state.workers, dispatch.worker));
    const waits = runs && dispatch.inReview === undefined && !dispatch.ended;
    const { dispatch: n, exitCode, reason } = act;
    return accept(waits ? [{ type: 'ended', dispatch: n, exitCode, ...(reason ? { reason } : {}) }] : [], '');
  },
};

/** T6: the next TODO, a deferred one by choice, or an explicit bundle from the head of the list. */
function chosenTodos(state: State, { act, actor }: Asked<'dispatch'>): readonly Todo[] | Decision {
  if (act.bundle) return bundleTodos(state, act.bundle, actor.seat === 'user');
  const named = act.todo === undefined ? undefined : at(state.todos, act.todo);
  const chosen = named?.deferred && named.state === 'waiting' ? named : undefined;
  if (chosen && !chosen.packet) return notReconciled(chosen);
  const next = chosen ?? nextTodo(state);
  if (!next) {
    return refuse('nothing-next', 'No TODO waits for a dispatch.', 'Release the next step, or add a TODO.');
  }
  if (act.todo !== undefined && act.todo !== next.n) {
    return refuse(
      'not-next',
      `Next is ${todoName(next)}, not TODO ${act.todo}.`,
      `Dispatch TODO ${next.n}, or change the order with a reason.`,
    );
  }
  const item = openItemBefore(state, next);
  return item ? openItemFirst(item) : [next];
}

function send(
  state: State,
  { act, actor, workspace = plainWorkspace, kept, shares }: Asked<'dispatch'>,
  todos: readonly Todo[],
  joined: Dispatch | undefined,
): Decision {
  const most = tooMuch(actor, act, workspace);
  if (most) return { events: [], refusal: most };
  const { budget, calls } = act;
  const dispatch = state.dispatches.size + 1;
  const purpose = act.bundle?.purpose.trim();
  const sent = sending(
    state,
    { dispatch, worker: act.worker, todos, purpose, kept, byAgent: actor.seat !== 'user', budget, calls },
    groundsOf(workspace, shares),
  );
  if ('refusal' in sent) return askedFor(state, actor, todos, sent);
  const { bundle, bundleReason: reason } = joined ?? {};
  return accept(
    [{ ...sent.event, ...(bundle === undefined || reason === undefined ? {} : { bundle, reason }) }],
    `${todos.length === 1 ? 'TODO' : 'TODOs'} ${todos.map(({ n }) => n).join(', ')} went to ${workerName(state, act.worker)}.${sharedWords(shares)}`,
    { dispatch },
  );
}

function liveDispatch(state: State, n: number): Dispatch | undefined {
  return state.live.includes(n) ? at(state.dispatches, n) : undefined;
}

function notLive(n: number): Decision {
  return refuse(
    'not-live',
    `Dispatch ${n} is not live.`,
    'Look at the list: what is live stands in its own group.',
  );
}
