import type { Act } from '../../src/contract/acts.ts';
import { initial, type State } from '../../src/core/state.ts';
import type { Drawn } from '../../src/desk/draw.ts';
import { isWithin, type Bounds, type World } from './bounds.ts';
import { decided } from './effects.ts';
import { keyOf } from './identity.ts';
import { leadTries, type Try } from './leadTries.ts';
import type { Model } from './model.ts';
import { brokenBy, brokenIn } from './promises.ts';
import { isStuck } from './wayOut.ts';
import { workTries } from './workTries.ts';

const runs = { kind: 'rehearsal' as const };
const worker = (name: string): Act => ({
  type: 'add-worker',
  name,
  role: 'code',
  runs,
  tokenHash: 'f'.repeat(64),
  expires: 9e12,
});

/** An orchestration and its two workers. */
export const opening: readonly Act[] = [
  { type: 'start', objective: 'A gate that closes', constraints: [], mode: 'orchestrator-first' },
  worker('one'),
  worker('two'),
];

/** What the user's acts lead to, from nothing. */
export function after(acts: readonly Act[]): World {
  const user = { seat: 'user' } as const;
  const state = acts.reduce((before, act) => decided(before, { actor: user, act }).after, initial);
  return { state, overrides: 0 };
}

function triesIn(state: State): readonly Try[] {
  const tries: Try[] = [];
  const add = (actor: Try['actor'], act: Act): void => void tries.push({ actor, act });
  leadTries(state, add);
  workTries(state, add);
  return tries;
}

/**
 * Acts that are decided in every state, and what they lead to is looked at and not followed: an edit changes the
 * words of a packet, a worker that ended waits for its relaunch, a removed one leaves the other, who is like it. So is
 * all that is said beside the work, and a replan.
 */
const passing: ReadonlySet<Act['type']> = new Set([
  'edit-todo',
  'note-ended',
  'remove-worker',
  'replan',
  'nudge',
  'give-time',
  'note-budget',
  'feedback',
  'hear',
  'hear-answer',
  'leave-question',
  'no-op',
  'instruct',
  'debug-mode',
  'describe-bug',
  'undo-approval',
]);

function isOverride({ events }: Drawn): boolean {
  return events.some(
    ({ event }) =>
      (event.type === 'step-released' || event.type === 'orchestration-closed') &&
      event.override !== undefined,
  );
}

/** Plan, list, gate and verdicts. The plan is part of what is explored. */
export const gateModel = (bounds: Bounds): Model => ({
  start: () => after(opening),
  triesIn,
  follow: ({ overrides }, drawn) => ({
    state: drawn.after,
    overrides: overrides + (isOverride(drawn) ? 1 : 0),
  }),
  isFollowed: ({ act }) => !passing.has(act.type),
  isWithin: (world) => isWithin(world, bounds),
  keyOf,
  brokenBy,
  brokenIn,
  isStuck,
});
