import type { Act, ActName } from '../contract/acts.ts';
import type { Event, EventType, Recorded } from '../contract/events.ts';
import { closingDeciders, closingEvolvers } from './closing.ts';
import type { Asked, Decide, Deciders, Decision, Evolve, Evolvers } from './decision.ts';
import { conflictDeciders, conflictEvolvers } from './conflict.ts';
import { stepDeciders, stepEvolvers } from './conflictSteps.ts';
import { dispatchDeciders, dispatchEvolvers } from './dispatch.ts';
import { lateDeciders, lateEvolvers } from './late.ts';
import { lockDeciders, lockEvolvers } from './lock.ts';
import { mergeDeciders, mergeEvolvers } from './merge.ts';
import { planDeciders, planEvolvers } from './plan.ts';
import { questionDeciders, questionEvolvers } from './question.ts';
import { requestDeciders, requestEvolvers } from './request.ts';
import { resultDeciders, resultEvolvers } from './result.ts';
import { reviewDeciders, reviewEvolvers } from './review.ts';
import { sideBySideDeciders } from './sideBySide.ts';
import type { State } from './state.ts';
import { todoDeciders, todoEvolvers } from './todo.ts';
import { workerDeciders, workerEvolvers } from './worker.ts';

const deciders: Deciders = {
  ...closingDeciders,
  ...planDeciders,
  ...todoDeciders,
  ...mergeDeciders,
  ...dispatchDeciders,
  ...questionDeciders,
  ...resultDeciders,
  ...reviewDeciders,
  ...lateDeciders,
  ...workerDeciders,
  ...sideBySideDeciders,
  ...lockDeciders,
  ...conflictDeciders,
  ...stepDeciders,
  ...requestDeciders,
};

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
};

/** What the rules say to an act in this state. Pure; time rides in `now` (epoch milliseconds). */
export function decide(
  state: State,
  asked: { readonly [K in keyof Asked]: K extends 'act' ? Act : Asked[K] },
): Decision {
  const one = deciders[asked.act.type] as Decide<ActName>;
  return one(state, asked);
}

/** The state after one event. Pure; the older state stays whole. */
export function evolve(state: State, recorded: Pick<Recorded, 'at' | 'actor' | 'event'>): State {
  const one = evolvers[recorded.event.type] as Evolve<EventType>;
  const after = one(state, recorded.event, recorded);
  const seq = state.seq + 1;
  // What an evolver has made anew nobody else has seen yet: copied again, it would cost half of a long replay.
  return after === state ? { ...state, seq } : Object.assign(after, { seq });
}

export function evolveAll(state: State, events: readonly Event[], by: Pick<Recorded, 'at' | 'actor'>): State {
  return events.reduce((before, event) => evolve(before, { ...by, event }), state);
}
