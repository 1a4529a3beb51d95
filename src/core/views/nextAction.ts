import { gateReasons } from '../gate.ts';
import { dispatchName, short, stepName, todoName, workerName } from '../labels.ts';
import { standingInstructions } from '../instruction.ts';
import { nextTodo, openItemBefore } from '../order.ts';
import { bundleUnderWay } from '../standingWork.ts';
import { isByHand, openOrchestration, type Dispatch, type State, type Todo } from '../state.ts';
import { stepsOf, unreleasedSteps } from '../steps.ts';
import { at } from '../table.ts';
import { presentWorkers } from '../worker.ts';
import { inbox, type InboxKind } from './inbox.ts';
import { uncoveredRoles } from './workerRows.ts';

export type NextKind =
  | InboxKind
  | 'by-hand'
  | 'sent'
  | 'start'
  | 'add-worker'
  | 'add-step'
  | 'dispatch'
  | 'wait'
  | 'release'
  | 'deferred'
  | 'close';

/** The one next thing to do, in words, and what it is about. */
export interface NextAction {
  readonly kind: NextKind;
  readonly n?: number;
  readonly sentence: string;
}

/**
 * P2: names the one next thing to do, and why, in this order: instruction, blocking question, conflict, who has
 * stopped, result to review, late result, reconcile, the plan, scope request (all of the Inbox), next dispatch, other
 * questions and proposals, release, the end; or says *nothing: all healthy*, which it never does while one of the
 * others stands, nor while sent work is not acknowledged.
 */
export function nextAction(state: State): NextAction {
  const [instruction] = standingInstructions(state);
  if (instruction) {
    const { n, words } = instruction;
    return { kind: 'instruction', n, sentence: `Answer your instruction: ${short(words, 80)}` };
  }
  if (!openOrchestration(state)) return { kind: 'start', sentence: 'Start an orchestration' };
  const entries = inbox(state);
  const pressing = entries.find((entry) => entry.kind !== 'question' && entry.kind !== 'proposal');
  if (pressing) return entryAction(pressing);
  if (presentWorkers(state).length === 0) return { kind: 'add-worker', sentence: 'Add a worker' };
  const next = nextTodo(state);
  if (next && (state.live.length === 0 || bundleUnderWay(state, next))) return dispatchAction(state, next);
  const [other] = entries;
  if (other) return entryAction(other);
  const byHand = liveByHand(state);
  if (byHand) return byHand;
  const sent = live(state).find(({ acknowledgedAt }) => acknowledgedAt === undefined);
  if (sent)
    return { kind: 'sent', n: sent.n, sentence: `${dispatchName(state, sent)} is not acknowledged yet` };
  if (state.live.length > 0) return { kind: 'wait', sentence: 'Nothing: all healthy, work is under way' };
  const [reason] = gateReasons(state);
  if (reason) return { kind: 'deferred', n: reason.about.n, sentence: `${reason.sentence} ${reason.next}` };
  const [step] = unreleasedSteps(state);
  if (step) return { kind: 'release', n: step.n, sentence: `Release ${stepName(step)}` };
  return stepsOf(state).length === 0
    ? { kind: 'add-step', sentence: 'Plan the first step' }
    : { kind: 'close', sentence: 'Nothing is left: close the orchestration, or add a step' };
}

/** Work with somebody who works by hand goes on when a person pastes what comes back. */
function liveByHand(state: State): NextAction | undefined {
  const dispatch = live(state).find(({ worker }) => isByHand(at(state.workers, worker)));
  if (!dispatch) return undefined;
  const who = workerName(state, dispatch.worker);
  return { kind: 'by-hand', n: dispatch.n, sentence: `Paste what ${who} sends for ${todosOf(dispatch)}` };
}

function live(state: State): readonly Dispatch[] {
  return state.live.flatMap((n) => at(state.dispatches, n) ?? []);
}

function todosOf({ todos }: Dispatch): string {
  return `${todos.length === 1 ? 'TODO' : 'TODOs'} ${todos.join(', ')}`;
}

/** P3: what stands in the way of the next TODO comes first: a role nobody has, or an open item behind it. */
function dispatchAction(state: State, next: Todo): NextAction {
  const [role] = uncoveredRoles(state, [next.role]);
  if (role !== undefined) {
    return { kind: 'add-worker', sentence: `Add a worker for ${role}: ${todoName(next)} needs one` };
  }
  const item = openItemBefore(state, next);
  return {
    kind: 'dispatch',
    n: next.n,
    sentence: item ? `Move ${todoName(item)} to the head: it is still open` : `Dispatch ${todoName(next)}`,
  };
}

function entryAction(entry: { kind: InboxKind; n: number; title: string }): NextAction {
  const verb: Partial<Record<InboxKind, string>> = {
    'blocking-question': 'Answer: ',
    question: 'Answer: ',
    request: 'Decide: ',
    review: 'Review ',
    'plan-affected': 'Answer for the plan: ',
  };
  return { kind: entry.kind, n: entry.n, sentence: `${verb[entry.kind] ?? ''}${short(entry.title, 80)}` };
}
