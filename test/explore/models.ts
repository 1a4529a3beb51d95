import type { Bounds } from './bounds.ts';
import type { OwnershipBounds } from './ownership/bounds.ts';

export type AnyBounds = Bounds | OwnershipBounds;

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

/** The least that has a conflict between two at work. */
const leastOwned: OwnershipBounds = {
  dispatches: 2,
  locks: 0,
  taken: 1,
  conflicts: 1,
  requests: 0,
  results: 0,
  todos: 2,
  wishes: 'apart',
};

export const ownedWithin = (more: Partial<OwnershipBounds>): OwnershipBounds => ({ ...leastOwned, ...more });

/** The models that are explored to their end, by name. */
export const models = {
  small: within({ dispatches: 2, overrides: 1, orchestrations: 2 }),
  /** Three TODOs, two workers, a question, an override. */
  whole: within({ todos: 3, steps: 2, dispatches: 2, questions: 1, overrides: 1, orchestrations: 2 }),
  /** The same desk, asked about files: two TODOs, two workers. */
  'small ownership': ownedWithin({}),
  'ownership of who is sent where': ownedWithin({
    wishes: 'any',
    dispatches: 3,
    conflicts: 0,
    locks: 1,
    requests: 1,
    results: 1,
  }),
  'ownership in a conflict': ownedWithin({ wishes: 'any', results: 1, todos: 3 }),
} as const;

export type Model = keyof typeof models;
export const smallModels: readonly Model[] = ['small', 'small ownership'];
export const wholeModels: readonly Model[] = [
  'whole',
  'ownership of who is sent where',
  'ownership in a conflict',
];

/** Bounds within which the states that count as the same are compared, act by act. */
export const compared: readonly AnyBounds[] = [
  within({ results: 2, overrides: 1 }),
  within({ questions: 1, proposals: 1 }),
  ownedWithin({}),
  ownedWithin({ wishes: 'any', conflicts: 0, locks: 1, requests: 1, results: 1 }),
];
