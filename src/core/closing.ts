import type { Event } from '../contract/events.ts';
import { accept, refuse, refuseFor, type Deciders } from './decision.ts';
import { conflictReasonOf, gateReasons, isSettled, namesNeeded, type Reason } from './gate.ts';
import { isBlank, short, todoName } from './labels.ts';
import { noOrchestration } from './listed.ts';
import { overrideFlaw, passedOver } from './plan.ts';
import { openOrchestration, type State } from './state.ts';
import { unreleasedSteps } from './steps.ts';
import { at } from './table.ts';
import { heldWords } from './ownership.ts';

/** P11: everything that keeps the orchestration from being closed; questions and late results too. */
export function closingReasons(state: State): readonly Reason[] {
  const reasons = [...gateReasons(state)];
  for (const n of state.late) {
    if (!isSettled(at(state.results, n))) continue;
    reasons.push({
      code: 'late-result',
      about: { kind: 'result', n },
      sentence: `Late result ${n} was not looked at.`,
      next: `Open result ${n} and note it.`,
    });
  }
  for (const n of state.asked) {
    const question = at(state.questions, n);
    reasons.push({
      code: 'question',
      about: { kind: 'question', n },
      sentence: `Question ${n} is not answered: “${short(question?.packet.question ?? '')}”`,
      next: `Answer question ${n}.`,
    });
  }
  return reasons;
}

export const closingDeciders: Deciders<'start' | 'close'> = {
  start: (state, { act }) => {
    if (openOrchestration(state)) {
      return refuse(
        'orchestration-open',
        'An orchestration is open.',
        'Close it first; one is open at a time.',
      );
    }
    if (isBlank(act.objective)) {
      return refuse(
        'objective-missing',
        'The orchestration has no objective.',
        'Say in a sentence what is to be reached.',
      );
    }
    const orchestration = (state.orchestration?.n ?? 0) + 1;
    const carried = state.pending.map(({ todo }) => todo);
    return accept(
      [
        {
          type: 'orchestration-started',
          orchestration,
          objective: act.objective.trim(),
          constraints: act.constraints.map((line) => line.trim()).filter((line) => line !== ''),
          mode: act.mode,
          carried,
        },
      ],
      carried.length === 0
        ? 'The orchestration is open. Add a worker for each role, plan the first step and release it.'
        : `The orchestration is open. ${carried.length} pending TODOs of the last one stand on the list.`,
    );
  },

  close: (state, { act, actor }) => {
    if (!openOrchestration(state)) return noOrchestration;
    const reasons = closingReasons(state);
    if (!act.override) {
      return reasons.length > 0
        ? refuseFor('not-closable', 'It cannot be closed:', reasons)
        : accept([closing(state, [])], `The orchestration is closed.${heldWords(state)}`);
    }
    if (actor.seat !== 'user') {
      return refuse(
        'user-only',
        'Only the user closes past what stands.',
        'Finish what stands, or ask the user.',
      );
    }
    const conflict = conflictReasonOf(reasons);
    if (conflict) {
      return refuse('not-closable', `No override covers a conflict: ${conflict.sentence}`, conflict.next);
    }
    const wrong = overrideFlaw(act.override, namesNeeded(state, reasons), reasons);
    if (wrong) return wrong;
    const { override } = act;
    const questions = state.asked.map((question): Event => ({
      type: 'question-moot',
      question,
      reason: `Closed past it by the user: ${override.reason}`,
    }));
    const ended = passedOver(state, override).filter((event) => event.type !== 'question-moot');
    return accept(
      [...questions, ...ended, closing(state, state.list, override)],
      `The orchestration is closed. ${state.list.length} TODOs are pending and enter the next one.${heldWords(state)}`,
    );
  },
};

function closing(
  state: State,
  todos: readonly number[],
  override?: Extract<Event, { type: 'orchestration-closed' }>['override'],
): Event {
  return {
    type: 'orchestration-closed',
    pending: todos.map((todo) => ({ todo, reason: override?.reason ?? '' })),
    unreleased: unreleasedSteps(state).map(({ n }) => n),
    ...(override ? { override } : {}),
  };
}

export function pendingNames(state: State): readonly string[] {
  return state.pending.map(({ todo, reason }) => {
    const found = at(state.todos, todo);
    return `${found ? todoName(found) : `TODO ${todo}`}: ${reason}`;
  });
}
