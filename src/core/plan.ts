import type { Override } from '../contract/override.ts';
import type { Event } from '../contract/events.ts';
import type { Packet } from '../contract/packets.ts';
import { accept, refuse, refuseFor, type Asked, type Deciders, type Decision } from './decision.ts';
import { conflictReasonOf, gateReasons, namesNeeded, type Reason } from './gate.ts';
import { isBlank, stepName } from './labels.ts';
import { noOrchestration } from './listed.ts';
import { readPlannedPacket } from './packet.ts';
import { openOrchestration, type State, type Step } from './state.ts';
import { stepsOf, unreleasedSteps } from './steps.ts';
import { at } from './table.ts';
import { withdrawal } from './withdrawal.ts';

type PlanActs = 'add-step' | 'release' | 'plan-stands';

export const planDeciders: Deciders<PlanActs> = {
  'add-step': (state, { act, workspace }) => {
    if (!openOrchestration(state)) return noOrchestration;
    if (isBlank(act.title)) return refuse('step-untitled', 'The step has no title.', 'Name what it is for.');
    if (isBlank(act.role))
      return refuse('step-roleless', 'The step names no role.', 'Say what role it needs.');
    if (act.tasks.length === 0) {
      return refuse('step-empty', 'The step has no task.', 'Give it at least one task with its six fields.');
    }
    const tasks: Packet[] = [];
    for (const draft of act.tasks) {
      const reading = readPlannedPacket(draft, workspace?.folders);
      if ('refusal' in reading) return { events: [], refusal: reading.refusal };
      tasks.push(reading.packet);
    }
    const step = state.steps.size + 1;
    return accept(
      [{ type: 'step-added', step, title: act.title.trim(), role: act.role.trim(), tasks }],
      `Step ${step} is planned. It is no work until it is released.`,
      { step },
    );
  },

  release: (state, asked) => {
    if (!openOrchestration(state)) return noOrchestration;
    const step = unreleasedSteps(state)[0];
    if (!step)
      return refuse('no-step', 'No step is left in the plan.', 'Add a step, or close the orchestration.');
    if (asked.act.step !== undefined && asked.act.step !== step.n) {
      return refuse('not-next-step', `Next is ${stepName(step)}.`, `Release step ${step.n} first.`);
    }
    const thin = planFirst(state);
    if (thin) return thin;
    return throughTheGate(state, asked, step);
  },

  'plan-stands': (state, { act }) => {
    if (!state.planAffected.includes(act.result)) {
      return refuse(
        'plan-not-affected',
        `Result ${act.result} does not wait for a word on the plan.`,
        'Name a result that says the plan is affected.',
      );
    }
    if (isBlank(act.reason)) return refuse('no-reason', 'The reason is missing.', 'Say why the plan stands.');
    return accept([{ type: 'plan-stood', result: act.result, reason: act.reason }], 'The plan stands.');
  },
};

/** Plan-first: the first release waits for a plan that is more than one step. */
function planFirst(state: State): Decision | undefined {
  const steps = stepsOf(state);
  const begun = steps.some((step) => step.releasedAt !== undefined);
  if (state.orchestration?.mode !== 'plan-first' || begun || steps.length > 1) return undefined;
  return refuse(
    'plan-thin',
    'This orchestration is plan-first, and the plan has one step.',
    'Add the next step, or start orchestrator-first.',
  );
}

function throughTheGate(state: State, { act, actor }: Asked<'release'>, step: Step): Decision {
  const reasons = gateReasons(state);
  const released = `${stepName(step)} is released.`;
  if (act.override) {
    if (actor.seat !== 'user') {
      return refuse(
        'user-only',
        'Only the user overrides the gate.',
        'Ask the user; the gate opens when the list is empty.',
      );
    }
    const plan = reasons.find((reason) => reason.code === 'plan-affected') ?? conflictReasonOf(reasons);
    if (plan) return gateShut(step, [plan]);
    const wrong = overrideFlaw(act.override, namesNeeded(state, reasons), reasons);
    if (wrong) return wrong;
    return accept([...passedOver(state, act.override), ...release(state, step, act.override)], released);
  }
  if (reasons.length > 0) return gateShut(step, reasons);
  return accept(release(state, step), released);
}

function gateShut(step: Step, reasons: readonly Reason[]): Decision {
  return refuseFor('gate-shut', `The gate is shut before ${stepName(step)}:`, reasons);
}

/** T5: an override names each thing that stands, nothing else, and says why. */
export function overrideFlaw(
  override: Override,
  needed: Omit<Override, 'reason'>,
  reasons: readonly Reason[],
): Decision | undefined {
  if (isBlank(override.reason)) {
    return refuse('override-no-reason', 'The override gives no reason.', 'Say why these items may wait.');
  }
  if (reasons.length === 0) {
    return refuse('override-needless', 'Nothing stands that needs an override.', 'Go on without one.');
  }
  for (const kind of ['todos', 'results', 'questions'] as const) {
    const [named, standing] = [new Set(override[kind]), new Set(needed[kind])];
    const missing = needed[kind].find((n) => !named.has(n));
    if (missing !== undefined) {
      const reason = reasons.find(({ about }) => `${about.kind}s` === kind && about.n === missing);
      return refuse(
        'override-incomplete',
        `The override does not name ${kind.slice(0, -1)} ${missing}: ${reason?.sentence ?? ''}`,
        'Name each thing that stands; what is not named is not passed over.',
      );
    }
    const extra = override[kind].find((n) => !standing.has(n));
    if (extra !== undefined) {
      return refuse(
        'override-names-nothing',
        `The override names ${kind.slice(0, -1)} ${extra}, which does not stand in the way.`,
        'Name only what stands.',
      );
    }
  }
  return undefined;
}

/** What happens to the things an override names: live work is withdrawn, late items are dismissed. */
export function passedOver(state: State, override: Override): readonly Event[] {
  const events: Event[] = [];
  for (const n of state.live)
    events.push(...withdrawal(state, n, `Passed over by the user: ${override.reason}`));
  for (const n of override.results) {
    const result = at(state.results, n);
    result?.lateItems.forEach((item, index) => {
      if (item.standing !== 'open') return;
      events.push({ type: 'late-item-dismissed', result: n, item: index + 1, reason: override.reason });
    });
  }
  return events;
}

function release(state: State, step: Step, override?: Override): readonly Event[] {
  return [
    override ? { type: 'step-released', step: step.n, override } : { type: 'step-released', step: step.n },
    ...step.tasks.map((packet, index): Event => ({
      type: 'todo-added',
      todo: state.todos.size + 1 + index,
      step: step.n,
      role: step.role,
      packet,
      origin: { kind: 'step', step: step.n },
      sources: [],
    })),
  ];
}
