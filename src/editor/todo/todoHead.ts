import { gateReasons } from '../../core/gate.ts';
import { openOrchestration, type State } from '../../core/state.ts';
import { unreleasedSteps } from '../../core/steps.ts';
import { forRow } from '../inert.ts';

/** The line above the TODO list: what the gate says; nothing where no orchestration is open. */
export function gateMessage(state: State): string | undefined {
  if (!openOrchestration(state)) return undefined;
  const reasons = gateReasons(state);
  const [first] = reasons;
  const [step] = unreleasedSteps(state);
  if (!first) return step ? `The gate is open: step ${step.n} can be released.` : 'The gate is open.';
  return `Gate shut by ${reasons.length}: ${forRow(first.sentence, 200)} ${forRow(first.next, 200)}`;
}
