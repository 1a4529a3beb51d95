import type { ActOf } from '../contract/acts.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { accept, refuse, refuseAbout, type Asked, type Deciders, type Decision } from './decision.ts';
import { isFresh, lastHeard } from './freshness.ts';
import { gateReasons } from './gate.ts';
import { interruptsOf } from './interrupts.ts';
import { dispatchName, isBlank, stepName, todoName, workerName } from './labels.ts';
import { noOrchestration, proposed } from './listed.ts';
import { messageLine, nextMessage, unheard } from './messages.ts';
import { waitingTodos } from './order.ts';
import { asksFor } from './sameWork.ts';
import { isByHand, openOrchestration, type Dispatch, type State } from './state.ts';
import { unreleasedSteps } from './steps.ts';
import { at } from './table.ts';
import { currentTask } from './task.ts';
import { inbox } from './views/inbox.ts';
import { nextAction } from './views/nextAction.ts';
import { standingOf } from './views/workerRows.ts';
import { plainWorkspace } from './workspace.ts';

/** What waits for one contact is to be read in one sitting. */
const mostWaiting = 50;

export const cadenceDeciders: Deciders<'no-op' | 'nudge' | 'feedback' | 'hear'> = {
  /** P5: a decision like any other; it is logged with what stood, and says what waits all the same. */
  'no-op': (state, { act, now, workspace = plainWorkspace }) => {
    if (!openOrchestration(state)) return noOrchestration;
    const live = state.live.flatMap((n) => {
      const dispatch = at(state.dispatches, n);
      if (!dispatch) return [];
      const heard = lastHeard(state, dispatch, workspace);
      const standing = standingOf(state, dispatch);
      const fresh = isFresh(state, dispatch, now, workspace);
      return [{ dispatch: n, standing, fresh, ...(heard === undefined ? {} : { heard }) }];
    });
    const next = nextAction(state);
    const seen = { gate: gateReasons(state).length, live, waiting: inbox(state).length, next: next.sentence };
    return accept(
      [{ type: 'no-op-noted', ...seen, ...(isBlank(act.note) ? {} : { note: act.note }) }],
      next.kind === 'wait'
        ? 'Noted: nothing is to be done, all healthy.'
        : `Noted: nothing was done. Still next: ${next.sentence}.`,
    );
  },

  nudge: (state, asked) => {
    const { act, actor } = asked;
    const dispatch = spokenTo(state, act.dispatch);
    if ('events' in dispatch) return dispatch;
    if (isBlank(act.reason)) {
      return refuse('no-reason', 'The nudge gives no reason.', 'Say in writing why it cannot wait.');
    }
    const not = pointless(state, dispatch) ?? givesWork(state, act.reason);
    if (not) return { events: [], refusal: not };
    const asks = actor.seat === 'user' && act.anyway === true ? undefined : asksFirst(state, dispatch, asked);
    if (asks) return actor.seat === 'user' ? asks : putToUser(state, dispatch, act, asks);
    return accept(
      [{ type: 'nudged', dispatch: dispatch.n, message: nextMessage(dispatch), words: act.reason }],
      `${workerName(state, dispatch.worker)} is nudged.${byHandWay(state, dispatch)}`,
    );
  },

  feedback: (state, { act }) => {
    const dispatch = spokenTo(state, act.dispatch);
    if ('events' in dispatch) return dispatch;
    if (isBlank(act.words))
      return refuse('feedback-blank', 'The feedback says nothing.', 'Say what you mean.');
    const given = givesWork(state, act.words);
    if (given) return { events: [], refusal: given };
    const waiting = unheard(dispatch).length;
    const who = workerName(state, dispatch.worker);
    if (waiting >= mostWaiting) {
      return refuse(
        'feedback-waits',
        `${waiting} messages wait for ${who} already.`,
        'They ride together on its next contact; say the rest after that.',
      );
    }
    return accept(
      [{ type: 'feedback-given', dispatch: dispatch.n, message: nextMessage(dispatch), words: act.words }],
      `It rides on the next contact of ${who}${waiting === 0 ? '' : `, with ${waiting} before it`}.${byHandWay(state, dispatch)}`,
    );
  },

  /** P10: all that waits, together and in order. */
  hear: (state, { actor, act }) => {
    const dispatch = currentTask(state, actor, act);
    if ('code' in dispatch) return { events: [], refusal: dispatch };
    const messages = unheard(dispatch);
    if (messages.length === 0) return accept([], '');
    const heard = { type: 'heard', dispatch: dispatch.n, messages: messages.map(({ n }) => n) } as const;
    return accept([heard], messages.map(messageLine).join('\n'));
  },
};

function byHandWay(state: State, { worker }: Dispatch): string {
  return isByHand(at(state.workers, worker)) ? ' Copy Messages puts what waits on the clipboard.' : '';
}

/** The live dispatch whose worker is at work on it. */
function spokenTo(state: State, n: number): Dispatch | Decision {
  const dispatch = state.live.includes(n) ? at(state.dispatches, n) : undefined;
  if (!dispatch) {
    return refuse(
      'not-live',
      `Dispatch ${n} is not live.`,
      'Look at the list: what is live stands in its own group.',
    );
  }
  const { inReview } = dispatch;
  if (inReview === undefined) return dispatch;
  return refuseAbout(
    { kind: 'dispatch', n },
    'in-review',
    `Result ${inReview} of ${dispatchName(state, dispatch)} waits for its verdict.`,
    `Say it in the verdict: approve or reject result ${inReview}.`,
  );
}

/** Why a nudge would reach nobody, or somebody who waits for an answer. */
function pointless(state: State, dispatch: Dispatch): Refusal | undefined {
  const who = workerName(state, dispatch.worker);
  const about = { kind: 'dispatch', n: dispatch.n } as const;
  if (dispatch.ended) {
    return {
      ...refusal('ended', `${who} has ended; nobody hears a nudge.`, 'Relaunch it, or withdraw its task.'),
      about,
    };
  }
  const question = dispatch.questions.find((n) => {
    const asked = at(state.questions, n);
    return asked?.state === 'open' && asked.blocking;
  });
  if (question !== undefined) {
    return refusal(
      'waits-for-answer',
      `${who} waits for the answer to question ${question}.`,
      `Answer question ${question}.`,
    );
  }
  if (!unheard(dispatch).some(({ kind }) => kind === 'nudge')) return undefined;
  return {
    ...refusal(
      'nudge-waits',
      `A nudge waits for ${who} already.`,
      'Wait until it is heard, or withdraw the task with a reason.',
    ),
    about,
  };
}

/** P4, T6, T7: work goes out in a packet. What waits on the list or in the plan is not slipped in beside it. */
function givesWork(state: State, words: string): Refusal | undefined {
  const todo = waitingTodos(state).find(({ packet }) => packet && asksFor(packet, words));
  if (todo) {
    return refusal(
      'gives-work',
      `This is the work of ${todoName(todo)}, which is not dispatched.`,
      `Dispatch TODO ${todo.n} when it is next.`,
    );
  }
  const step = unreleasedSteps(state).find(({ tasks }) => tasks.some((task) => asksFor(task, words)));
  if (!step) return undefined;
  return refusal(
    'next-step-work',
    `This is the work of ${stepName(step)}, which is not released.`,
    `Finish what is on the list, then release ${stepName(step)}.`,
  );
}

type Refused = Extract<Decision, { refusal: Refusal }>;

/** P5, P10: what a person is asked before a nudge goes out. */
function asksFirst(
  state: State,
  dispatch: Dispatch,
  { now, workspace = plainWorkspace }: Pick<Asked, 'now' | 'workspace'>,
): Refused | undefined {
  const who = workerName(state, dispatch.worker);
  if (isFresh(state, dispatch, now, workspace)) {
    return refuse(
      'contact-fresh',
      `${who} is at work: nothing says that it needs a nudge.`,
      'Let it work, or give feedback, which rides on its next contact.',
    );
  }
  const count = interruptsOf(state, dispatch.worker, now);
  if (count < workspace.interruptsPerHour) return undefined;
  return refuse(
    'interrupts-spent',
    `${who} was interrupted ${count} times within the hour.`,
    'Let it work, give feedback, or withdraw its task with a reason.',
  );
}

/** Where the user would be asked an agent is refused, and its question stands in the Inbox. */
function putToUser(state: State, dispatch: Dispatch, act: ActOf<'nudge'>, asks: Refused): Decision {
  const { code, sentence, next } = asks.refusal;
  const { events, said } = proposed(state, {
    act: 'nudge',
    todo: dispatch.todos[0] ?? 0,
    worker: dispatch.worker,
    reason: act.reason,
  });
  return { events, refusal: refusal(code, `${sentence} ${said}`, next) };
}
