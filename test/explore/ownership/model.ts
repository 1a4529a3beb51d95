import { nextStep } from '../../../src/core/dispute.ts';
import type { Act } from '../../../src/contract/acts.ts';
import type { State } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';
import { wordsSuffice } from '../../rig/unchanged.ts';
import { after, opening } from '../gateModel.ts';
import type { Try } from '../leadTries.ts';
import type { Model } from '../model.ts';
import { isWithin, type OwnershipBounds } from './bounds.ts';
import { keyOf } from './identity.ts';
import { brokenBy, brokenIn } from './promises.ts';
import { triesIn } from './tries.ts';
import { apart, whole } from './words.ts';

/** Acts whose effect is looked at and not followed: they end what the model is about. */
const passing: ReadonlySet<Act['type']> = new Set(['close', 'remove-worker']);

/** P7, P2: from every state each open case, lock and request can be taken a step further by somebody. */
function isStuck(state: State, accepted: readonly Try[]): string | undefined {
  const acts = accepted.map(({ act }) => act);
  for (const n of state.disputed) {
    const conflict = at(state.conflicts, n);
    const step = conflict && nextStep(conflict);
    if (!acts.some((act) => act.type === step && 'conflict' in act && act.conflict === n))
      return `deadlock: nobody can ${step} in conflict ${n}`;
  }
  for (const n of state.held) {
    if (!acts.some((act) => act.type === 'release-lock' && act.lock === n))
      return `deadlock: nobody can release lock ${n}`;
  }
  for (const n of state.requested) {
    if (!acts.some((act) => act.type === 'decline-request' && act.request === n))
      return `deadlock: nobody can decline request ${n}`;
  }
  return undefined;
}

/** Two TODOs whose files meet or do not, two workers, and every act about files. */
export const ownershipModel = (bounds: OwnershipBounds): Model => ({
  workspace: { ...wordsSuffice },
  start: () =>
    after([
      ...opening,
      { type: 'add-step', title: 'Build', role: 'code', tasks: [whole, apart] },
      { type: 'release' },
    ]),
  triesIn: (state) => triesIn(state, bounds),
  follow: (_, drawn) => ({ state: drawn.after, overrides: 0 }),
  isFollowed: ({ act }) => !passing.has(act.type),
  isWithin: ({ state }) => isWithin(state, bounds),
  keyOf,
  brokenBy,
  brokenIn,
  isStuck,
});
