import { nextTodo } from '../../core/order.ts';
import type { State } from '../../core/state.ts';
import { unreleasedSteps } from '../../core/steps.ts';
import { missingRoles } from '../../core/views/workerRows.ts';
import { presentWorkers } from '../../core/worker.ts';
import type { CommandId } from '../ids.ts';
import { forPick } from '../inert.ts';
import { rows } from '../prompts.ts';

interface Missing {
  readonly label: string;
  readonly value: { readonly command: CommandId; readonly argument: object };
}

/** P3: what the orchestration still lacks before the first task can go out, in the order of the startup. */
export function missing(state: State): readonly Missing[] {
  const lacks: Missing[] = missingRoles(state).map((role) => ({
    label: rows.addWorkerFor(forPick(role, 60)),
    value: { command: 'lockkeeper.addWorker', argument: { role } },
  }));
  if (lacks.length === 0 && presentWorkers(state).length === 0) {
    lacks.push({ label: rows.addWorker, value: { command: 'lockkeeper.addWorker', argument: {} } });
  }
  const [step] = unreleasedSteps(state);
  const next = nextTodo(state);
  if (next) {
    lacks.push({ label: rows.dispatch(next.n), value: { command: 'lockkeeper.dispatch', argument: {} } });
  } else if (step) {
    lacks.push({ label: rows.release(step.n), value: { command: 'lockkeeper.release', argument: {} } });
  } else {
    lacks.push({ label: rows.addStep, value: { command: 'lockkeeper.addStep', argument: {} } });
  }
  return lacks;
}
