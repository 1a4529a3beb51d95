import { all } from './turn.ts';
import type { State } from '../../src/core/state.ts';

/** How many of each thing a history may make in all: what keeps the model finite. */
export interface Bounds {
  /** TODOs ever made: by a step, an item, a split, or by hand. */
  readonly todos: number;
  /** Of those, put on the list by hand, not by a step or a result. */
  readonly added: number;
  readonly steps: number;
  readonly dispatches: number;
  readonly results: number;
  readonly questions: number;
  /** The user's overrides, of the gate and of closing together. */
  readonly overrides: number;
  readonly proposals: number;
  readonly orchestrations: number;
}

/** A state of the rules, and how many overrides led to it. */
export interface World {
  readonly state: State;
  readonly overrides: number;
}

/** Every act is decided and looked at wherever it can be tried; only what it leads to out here is not followed. */
export function isWithin({ state, overrides }: World, bounds: Bounds): boolean {
  return (
    state.todos.size <= bounds.todos &&
    all(state.todos).filter(({ origin }) => origin.kind === 'user' || origin.kind === 'added').length <=
      bounds.added &&
    state.steps.size <= bounds.steps &&
    state.dispatches.size <= bounds.dispatches &&
    state.results.size <= bounds.results &&
    state.questions.size <= bounds.questions &&
    overrides <= bounds.overrides &&
    state.proposals.size <= bounds.proposals &&
    (state.orchestration?.n ?? 0) <= bounds.orchestrations
  );
}
