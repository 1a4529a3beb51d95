import type { Event, Recorded } from '../contract/events.ts';
import { dispatchName, todoName, workerName } from '../core/labels.ts';
import { sideName } from '../core/dispute.ts';
import { nextTodo } from '../core/order.ts';
import { isByHand, openOrchestration, type State } from '../core/state.ts';
import { at } from '../core/table.ts';
import { nextAction } from '../core/views/nextAction.ts';
import { byHand } from './byHand/words.ts';
import { focusOf, type CommandId, type ViewId } from './ids.ts';
import { forMessage } from './inert.ts';
import { notices as words } from './surfaceWords.ts';

/** P10: something only a person can settle. */
export interface Notice {
  readonly kind: 'question' | 'conflict' | 'silent' | 'proposal' | 'idle' | 'carry';
  readonly about: number;
  readonly text: string;
  readonly button: string;
  readonly command: CommandId | `${ViewId}.focus`;
  readonly argument: object;
}

/** What events ask a person for: each thing once, and nothing that is settled by now. */
export function noticesOf(before: State, state: State, events: readonly Recorded[]): readonly Notice[] {
  const found = new Map<string, Notice>();
  for (const { event, actor } of events) {
    const notice =
      conflictNotice(state, event, actor) ?? noticeOf(state, event) ?? carryNotice(state, event, actor);
    if (notice) found.set(`${notice.kind}:${notice.about}`, notice);
  }
  if (isIdle(state) && !isIdle(before)) {
    found.set('idle', idleNotice(state));
  }
  return [...found.values()];
}

/** That nothing is left, with what is next then: whoever says it later makes it anew. */
export function idleNotice(state: State): Notice {
  const next = nextAction(state);
  return {
    kind: 'idle',
    about: 0,
    text: words.idle(next.kind === 'close' ? words.close : forMessage(next.sentence, 160)),
    button: words.go,
    command: 'lockkeeper.next',
    argument: {},
  };
}

/** Several of one kind at once are one message that leads to the Inbox. */
export function coalesced(notices: readonly Notice[]): readonly Notice[] {
  const kinds = Map.groupBy(notices, ({ kind }) => kind);
  return [...kinds.values()].flatMap((same) => {
    const [first] = same;
    if (!first || same.length === 1) return same;
    const count = same.length;
    const text = {
      question: words.questions(count),
      conflict: words.conflicts(count),
      silent: words.silents(count),
      proposal: words.proposals(count),
      idle: first.text,
      carry: byHand.notices.several(count),
    }[first.kind];
    return [{ ...first, text, button: words.openInbox, command: focusOf('lockkeeper.inbox'), argument: {} }];
  });
}

function noticeOf(state: State, event: Event): Notice | undefined {
  if (event.type === 'asked' || event.type === 'question-revised')
    return questionNotice(state, event.question);
  if (event.type === 'fell-silent') {
    const dispatch = at(state.dispatches, event.dispatch);
    if (dispatch?.silentSince === undefined || dispatch.over) return undefined;
    return {
      kind: 'silent',
      about: event.dispatch,
      text: words.silent(forMessage(dispatchName(state, dispatch), 120)),
      button: words.open,
      command: 'lockkeeper.openInboxEntry',
      argument: { kind: 'silent', n: event.dispatch },
    };
  }
  // To be nudged is no blocker; it stands in the Inbox.
  if (event.type !== 'proposed' || event.act === 'nudge') return undefined;
  const todo = at(state.todos, event.todo);
  const isRollback = event.act === 'rollback';
  if (!todo || (!isRollback && !state.list.includes(event.todo))) return undefined;
  return {
    kind: 'proposal',
    about: event.proposal,
    text: isRollback
      ? words.fired(forMessage(todoName(todo), 120), forMessage(event.reason, 80))
      : words.proposal(forMessage(`${event.act} ${todoName(todo)}`, 160)),
    button: words.open,
    command: 'lockkeeper.openInboxEntry',
    argument: { kind: 'proposal', n: event.proposal },
  };
}

/** The user's own is no news to the user. */
function conflictNotice(state: State, event: Event, actor: string): Notice | undefined {
  if (event.type !== 'conflict-opened' || actor === 'user' || !state.disputed.includes(event.conflict)) {
    return undefined;
  }
  const who = event.sides.map((side) => sideName(state, side)).join(' and ');
  return {
    kind: 'conflict',
    about: event.conflict,
    text: words.conflict(forMessage(who, 120), forMessage(event.files[0] ?? '', 120)),
    button: words.open,
    command: 'lockkeeper.openInboxEntry',
    argument: { kind: 'conflict', n: event.conflict },
  };
}

/**
 * What somebody who works by hand does not hear by itself: the person who just said it carries it. What an agent in the
 * seat says interrupts nobody; the status line says that something is to come back.
 */
function carryNotice(state: State, event: Event, actor: string): Notice | undefined {
  if (actor !== 'user') return undefined;
  switch (event.type) {
    case 'rejected':
      return packetNotice(state, at(state.results, event.result)?.dispatch, byHand.notices.rejected);
    case 'answered':
      return answerNotice(state, event.question, byHand.notices.answered);
    case 'question-returned':
      return answerNotice(state, event.question, byHand.notices.returned);
    default:
      return undefined;
  }
}

function packetNotice(
  state: State,
  n: number | undefined,
  text: (what: string) => string,
): Notice | undefined {
  const dispatch = n === undefined || !state.live.includes(n) ? undefined : at(state.dispatches, n);
  if (!dispatch || !isByHand(at(state.workers, dispatch.worker))) return undefined;
  return {
    kind: 'carry',
    about: dispatch.n,
    text: text(forMessage(dispatchName(state, dispatch), 120)),
    button: byHand.notices.copyPacket,
    command: 'lockkeeper.copyPacket',
    argument: { dispatch: dispatch.n },
  };
}

function answerNotice(
  state: State,
  n: number,
  text: (who: string, question: number) => string,
): Notice | undefined {
  const number = at(state.questions, n)?.dispatch;
  const dispatch =
    number === undefined || !state.live.includes(number) ? undefined : at(state.dispatches, number);
  if (!dispatch || !isByHand(at(state.workers, dispatch.worker))) return undefined;
  return {
    kind: 'carry',
    about: -n,
    text: text(forMessage(workerName(state, dispatch.worker), 60), n),
    button: byHand.notices.copyAnswer,
    command: 'lockkeeper.copyAnswer',
    argument: { question: n },
  };
}

function questionNotice(state: State, n: number): Notice | undefined {
  const question = at(state.questions, n);
  if (question?.state !== 'open' || !question.blocking) return undefined;
  const dispatch = at(state.dispatches, question.dispatch);
  const who = dispatch ? forMessage(workerName(state, dispatch.worker), 60) : 'A worker';
  return {
    kind: 'question',
    about: n,
    text: words.question(who, forMessage(question.packet.question ?? '', 160)),
    button: words.answer,
    command: 'lockkeeper.answer',
    argument: { question: n },
  };
}

/** Work has gone out, nothing is with a worker, and nothing waits that could go next. */
export function isIdle(state: State): boolean {
  const open = openOrchestration(state);
  return open?.firstDispatchAt !== undefined && state.live.length === 0 && nextTodo(state) === undefined;
}
