import type { Event, EventType, Recorded } from '../contract/events.ts';
import { withAuthors } from './authors.ts';
import { withDecided } from './decided.ts';
import type { Evolve, Evolvers } from './decision.ts';
import { cadenceEvolvers } from './evolvers/cadence.ts';
import { budgetEvolvers } from './evolvers/budget.ts';
import { closingEvolvers } from './evolvers/closing.ts';
import { conflictEvolvers } from './evolvers/conflict.ts';
import { stepEvolvers } from './evolvers/conflictSteps.ts';
import { dispatchEvolvers } from './evolvers/dispatch.ts';
import { debugEvolvers } from './evolvers/debug.ts';
import { instructionEvolvers } from './evolvers/instruction.ts';
import { lateEvolvers } from './evolvers/late.ts';
import { lockEvolvers } from './evolvers/lock.ts';
import { mergeEvolvers } from './evolvers/merge.ts';
import { planEvolvers } from './evolvers/plan.ts';
import { questionEvolvers } from './evolvers/question.ts';
import { replanEvolvers } from './evolvers/replan.ts';
import { requestEvolvers } from './evolvers/request.ts';
import { resultEvolvers } from './evolvers/result.ts';
import { reviewEvolvers } from './evolvers/review.ts';
import { todoEvolvers } from './evolvers/todo.ts';
import { witnessEvolvers } from './evolvers/witness.ts';
import { workerEvolvers } from './evolvers/worker.ts';
import { withInterrupts } from './interrupts.ts';
import type { State } from './state.ts';
import { withWorkingTime } from './workingTime.ts';

const evolvers: Evolvers = {
  ...closingEvolvers,
  ...planEvolvers,
  ...todoEvolvers,
  ...mergeEvolvers,
  ...dispatchEvolvers,
  ...questionEvolvers,
  ...resultEvolvers,
  ...reviewEvolvers,
  ...lateEvolvers,
  ...workerEvolvers,
  ...lockEvolvers,
  ...conflictEvolvers,
  ...stepEvolvers,
  ...requestEvolvers,
  ...witnessEvolvers,
  ...instructionEvolvers,
  ...debugEvolvers,
  ...cadenceEvolvers,
  ...replanEvolvers,
  ...budgetEvolvers,
};

/** The state after one event. Pure; the older state stays whole. */
export function evolve(state: State, recorded: Pick<Recorded, 'at' | 'actor' | 'event'>): State {
  const one = evolvers[recorded.event.type] as Evolve<EventType>;
  const made = withAuthors(state, one(state, recorded.event, recorded), recorded);
  const after = withWorkingTime(withDecided(withInterrupts(made, recorded), recorded), recorded.at);
  const seq = state.seq + 1;
  // What an evolver has made anew nobody else has seen yet: copied again, it would cost half of a long replay.
  return after === state ? { ...state, seq } : Object.assign(after, { seq });
}

export function evolveAll(state: State, events: readonly Event[], by: Pick<Recorded, 'at' | 'actor'>): State {
  return events.reduce((before, event) => evolve(before, { ...by, event }), state);
}
