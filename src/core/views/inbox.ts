import { armedOn } from '../armed.ts';
import { conflictName, frozenSide, frozenWords, openConflicts, sideName, stepWords } from '../dispute.ts';
import { isSettled } from '../gate.ts';
import { byWhom, short, todoName, todoWords, upper, workerName } from '../labels.ts';
import { standingInstructions } from '../instruction.ts';
import { unreconciled } from '../order.ts';
import {
  isUnreconciled,
  wantsWord,
  type AskedQuestion,
  type Proposal,
  type State,
  type Todo,
} from '../state.ts';
import { at, each } from '../table.ts';
import { isWholeScope } from '../wholeScope.ts';
import type { InboxEntry } from './inboxEntry.ts';
import { workEntries } from './inboxWork.ts';

export type { InboxEntry, InboxKind } from './inboxEntry.ts';

/** What waits for the orchestrator: oldest blocking question first, other questions last (P6). */
export function inbox(state: State): readonly InboxEntry[] {
  const questions = state.asked
    .map((n) => at(state.questions, n))
    .filter((question): question is AskedQuestion => question?.state === 'open')
    .sort((left, right) => left.at - right.at || left.n - right.n);
  return [
    ...instructionEntries(state),
    ...questions.filter((one) => one.blocking).map((one) => questionEntry(state, one)),
    ...conflictEntries(state),
    ...workEntries(state),
    ...lateEntries(state),
    ...reconcileEntries(state),
    ...planEntries(state),
    ...requestEntries(state),
    ...proposalEntries(state),
    ...questions.filter((one) => !one.blocking).map((one) => questionEntry(state, one)),
  ];
}

function questionEntry(state: State, question: AskedQuestion): InboxEntry {
  const dispatch = at(state.dispatches, question.dispatch);
  const marks = [question.blocking ? 'blocking' : 'not blocking'];
  if (question.missing.length > 0) marks.push('incomplete');
  if (question.usersFirst) marks.push('yours first');
  return {
    kind: question.blocking ? 'blocking-question' : 'question',
    n: question.n,
    title: short(question.packet.question ?? 'A question without words', 120),
    detail: `${dispatch ? workerName(state, dispatch.worker) : ''}, ${marks.join(', ')}${byWhom(question)}`,
    since: question.at,
  };
}

function instructionEntries(state: State): readonly InboxEntry[] {
  return standingInstructions(state).map(({ n, words, at: since }) => ({
    kind: 'instruction',
    n,
    title: short(words, 120),
    detail: `instruction ${n}: everything is stopped`,
    since,
  }));
}

function conflictEntries(state: State): readonly InboxEntry[] {
  return openConflicts(state).map((conflict) => ({
    kind: 'conflict',
    n: conflict.n,
    title: `${upper(conflictName(conflict))}: ${conflict.sides.map((side) => sideName(state, side)).join(' and ')}`,
    detail: `${frozenWords(state, frozenSide(conflict))}; ${stepWords(conflict)}`,
    since: conflict.at,
  }));
}

function requestEntries(state: State): readonly InboxEntry[] {
  return state.requested.flatMap((n) => {
    const request = at(state.requests, n);
    const dispatch = request && at(state.dispatches, request.dispatch);
    if (!request || !dispatch) return [];
    return [
      {
        kind: 'request',
        n,
        title: `${workerName(state, dispatch.worker)} asks for ${short(request.paths.join(', '), 80)}`,
        detail: short(request.reason, 120),
        since: request.at,
      } as const,
    ];
  });
}

function lateEntries(state: State): readonly InboxEntry[] {
  return state.late.flatMap((n) => {
    const result = at(state.results, n);
    if (!result) return [];
    const left = result.lateItems.filter((item) => item.standing === 'open').length;
    return [
      {
        kind: 'late',
        n,
        title: `Late result ${n}: ${short(result.packet.summary, 100)}`,
        detail: `${isSettled(result) ? 'to be noted' : `${left} of its items are not on the list`}${byWhom(result)}`,
        since: result.at,
      } as const,
    ];
  });
}

function reconcileEntries(state: State): readonly InboxEntry[] {
  if (!unreconciled(state)) return [];
  return state.list.flatMap((n) => {
    const todo = at(state.todos, n);
    const source = todo?.sources[0];
    if (!todo || !isUnreconciled(todo) || todo.deferred || !source) return [];
    return [
      {
        kind: 'reconcile',
        n,
        title: `Reconcile TODO ${n}: ${short(todoWords(todo), 100)}`,
        detail: `left open by ${workerName(state, source.worker)}, result ${source.result}${byWhom(at(state.results, source.result) ?? {})}`,
        since: at(state.results, source.result)?.at ?? 0,
      } as const,
    ];
  });
}

function planEntries(state: State): readonly InboxEntry[] {
  return state.planAffected.flatMap((n) => {
    const result = at(state.results, n);
    if (!result) return [];
    return [
      {
        kind: 'plan-affected',
        n,
        title: `Result ${n} says the plan is affected`,
        detail: short(result.packet.planAffected.why, 120),
        since: result.at,
      } as const,
    ];
  });
}

function proposalEntries(state: State): readonly InboxEntry[] {
  const entries: InboxEntry[] = [];
  for (const proposal of each(state.proposals)) {
    const todo = at(state.todos, proposal.todo);
    const stands = (n: number | undefined): boolean => n === undefined || state.list.includes(n);
    if (!todo || proposal.declined !== undefined || !stands(proposal.into)) continue;
    if (proposal.act !== 'rollback' && !stands(todo.n)) continue;
    if (isDone(state, proposal, todo)) continue;
    entries.push({
      kind: 'proposal',
      n: proposal.n,
      title: `Proposal: ${proposalWords(state, proposal, todo)}`,
      detail: short(proposal.reason, 120),
      since: 0,
    });
  }
  return entries;
}

/** What a proposal would do, in words. */
export function proposalWords(state: State, { act, into, worker = 0 }: Proposal, todo: Todo): string {
  switch (act) {
    case 'drop':
      return `drop ${todoName(todo)}`;
    case 'merge':
      return `merge into TODO ${into} ${todoName(todo)}`;
    case 'whole':
      return `give the whole workspace to ${todoName(todo)}`;
    case 'unguarded':
      return `send ${workerName(state, worker)}, whom no guard holds back, ${todoName(todo)}`;
    case 'rollback':
      return `take back the approved fix of ${todoName(todo)}, whose rollback trigger fired`;
    case 'nudge':
      return `nudge ${workerName(state, worker)}, at work on ${todoName(todo)}`;
  }
}

/** What was asked for has been given another way. */
function isDone(state: State, { act, worker = 0, result }: Proposal, todo: Todo): boolean {
  const { packet, state: standing } = todo;
  if (act === 'whole') return isWholeScope(packet?.scope ?? []);
  if (act === 'rollback') return armedOn(state, todo.n)?.result.n !== result;
  if (act === 'nudge') {
    const dispatch = standing === 'live' ? at(state.dispatches, todo.dispatch ?? 0) : undefined;
    if (dispatch?.worker !== worker || dispatch.inReview !== undefined) return true;
    return dispatch.messages?.some(({ kind, by }) => kind === 'nudge' && by === 'user') === true;
  }
  return act === 'unguarded' && (standing === 'live' || !wantsWord(at(state.workers, worker)));
}
