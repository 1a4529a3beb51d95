import type { Act, ActName } from '../contract/acts.ts';
import { budgetDeciders } from './budget.ts';
import { cadenceDeciders } from './cadence.ts';
import { closingDeciders } from './closing.ts';
import type { Asked, Decide, Deciders, Decision } from './decision.ts';
import { conflictDeciders } from './conflict.ts';
import { stepDeciders } from './conflictSteps.ts';
import { dispatchDeciders } from './dispatch.ts';
import { debugDeciders } from './debugging.ts';
import { instructionDeciders } from './instructing.ts';
import { stoppedBy } from './instruction.ts';
import { lateDeciders } from './late.ts';
import { lockDeciders } from './lock.ts';
import { mergeDeciders } from './merge.ts';
import { planDeciders } from './plan.ts';
import { questionDeciders } from './question.ts';
import { replanDeciders } from './replanning.ts';
import { requestDeciders } from './request.ts';
import { resultDeciders } from './result.ts';
import { reviewDeciders } from './review.ts';
import { rollbackDeciders } from './rollback.ts';
import { undoDeciders } from './undoing.ts';
import { sideBySideDeciders } from './sideBySide.ts';
import type { State } from './state.ts';
import { todoDeciders } from './todo.ts';
import { workerDeciders } from './registration.ts';
import { witnessDeciders } from './witnessing.ts';

const deciders: Deciders = {
  ...closingDeciders,
  ...planDeciders,
  ...todoDeciders,
  ...mergeDeciders,
  ...dispatchDeciders,
  ...questionDeciders,
  ...resultDeciders,
  ...reviewDeciders,
  ...undoDeciders,
  ...lateDeciders,
  ...workerDeciders,
  ...sideBySideDeciders,
  ...lockDeciders,
  ...conflictDeciders,
  ...stepDeciders,
  ...requestDeciders,
  ...witnessDeciders,
  ...instructionDeciders,
  ...debugDeciders,
  ...rollbackDeciders,
  ...cadenceDeciders,
  ...replanDeciders,
  ...budgetDeciders,
};

/** What the rules say to an act in this state. Pure; time rides in `now` (epoch milliseconds). */
export function decide(
  state: State,
  asked: { readonly [K in keyof Asked]: K extends 'act' ? Act : Asked[K] },
): Decision {
  const stopped = stoppedBy(state, asked.actor, asked.act.type);
  if (stopped) return { events: [], refusal: stopped };
  const one = deciders[asked.act.type] as Decide<ActName>;
  return one(state, asked);
}
