import type { Bounds } from './bounds.ts';

/** The least that has a dispatch, a result with an item, and its verdict. */
const least: Bounds = {
  todos: 2,
  added: 0,
  steps: 1,
  dispatches: 1,
  results: 1,
  questions: 0,
  overrides: 0,
  proposals: 0,
  orchestrations: 1,
};

export const within = (more: Partial<Bounds>): Bounds => ({ ...least, ...more });

/** The models that are explored to their end, by name. */
export const models = {
  small: within({ dispatches: 2, overrides: 1, orchestrations: 2 }),
  /** Three TODOs, two workers, a question, an override. */
  whole: within({ todos: 3, steps: 2, dispatches: 2, questions: 1, overrides: 1, orchestrations: 2 }),
} as const;

/** Bounds within which the states that count as the same are compared, act by act. */
export const compared: readonly Bounds[] = [
  within({ results: 2, overrides: 1 }),
  within({ questions: 1, proposals: 1 }),
];

export type Model = keyof typeof models;
