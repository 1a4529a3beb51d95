import { nextTodo, unreconciled } from '../core/order.ts';
import { gateReasons } from '../core/gate.ts';
import { isByHand, openOrchestration, type State } from '../core/state.ts';
import { stepsOf, unreleasedSteps } from '../core/steps.ts';
import { at } from '../core/table.ts';
import { presentWorkers } from '../core/worker.ts';
import type { ContextKey } from './ids.ts';

/** What `when` and `enablement` in package.json look at, out of the state. */
export function facts(state: State): Partial<Record<ContextKey, boolean>> {
  const open = openOrchestration(state) !== undefined;
  const live = state.live.map((n) => at(state.dispatches, n));
  const shut = open && gateReasons(state).length > 0;
  const [step] = unreleasedSteps(state);
  return {
    'lockkeeper.begun': state.orchestration !== undefined,
    'lockkeeper.orchestration': open,
    'lockkeeper.workers': presentWorkers(state).length > 0,
    'lockkeeper.byHand': presentWorkers(state).some(isByHand),
    'lockkeeper.steps': stepsOf(state).length > 0,
    'lockkeeper.canRelease': open && !shut && step !== undefined,
    'lockkeeper.gateShut': shut && step !== undefined,
    'lockkeeper.waiting': nextTodo(state) !== undefined,
    'lockkeeper.live': live.length > 0,
    'lockkeeper.ended': live.some((dispatch) => dispatch?.ended !== undefined),
    'lockkeeper.toReconcile': unreconciled(state) !== undefined,
    'lockkeeper.questions': state.asked.some((n) => at(state.questions, n)?.state === 'open'),
    'lockkeeper.inReview': live.some((dispatch) => dispatch?.inReview !== undefined),
    'lockkeeper.results': state.results.size > 0,
    'lockkeeper.late': state.late.length > 0,
    'lockkeeper.planAffected': state.planAffected.length > 0,
    'lockkeeper.proposals': state.proposals.size > 0,
    'lockkeeper.seatLent': state.seat !== undefined,
  };
}
