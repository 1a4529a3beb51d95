import { budgetChanges } from './changes/budget.ts';
import { cadenceChanges } from './changes/cadence.ts';
import { consentChanges } from './changes/consent.ts';
import { debugChanges } from './changes/debug.ts';
import { decidedChanges } from './changes/decided.ts';
import { dispatchChanges } from './changes/dispatch.ts';
import { forbiddenChanges } from './changes/forbidden.ts';
import { formChanges } from './changes/forms.ts';
import { gateChanges } from './changes/gate.ts';
import { handoffChanges } from './changes/handoff.ts';
import { instructionChanges } from './changes/instruction.ts';
import { ownershipChanges } from './changes/ownership.ts';
import { planChanges } from './changes/plan.ts';
import { replanChanges } from './changes/replan.ts';
import { resultChanges } from './changes/result.ts';
import { reviewChanges } from './changes/review.ts';
import { scopeChanges } from './changes/scopes.ts';
import { seatChanges } from './changes/seats.ts';
import { standingChanges } from './changes/standing.ts';
import { byHandChanges } from './changes/byHand.ts';
import { witnessChanges } from './changes/witness.ts';
import type { Change } from './rules.ts';

/** Every change, family by family. A new rule brings its id in `rules.ts`, its changes here, and tests of its name. */
export const changes: readonly Change[] = [
  ...gateChanges,
  ...resultChanges,
  ...dispatchChanges,
  ...debugChanges,
  ...planChanges,
  ...forbiddenChanges,
  ...scopeChanges,
  ...ownershipChanges,
  ...handoffChanges,
  ...instructionChanges,
  ...cadenceChanges,
  ...budgetChanges,
  ...decidedChanges,
  ...replanChanges,
  ...standingChanges,
  ...consentChanges,
  ...seatChanges,
  ...byHandChanges,
  ...formChanges,
  ...witnessChanges,
  ...reviewChanges,
];
