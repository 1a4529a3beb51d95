import type { Event } from '../contract/events.ts';
import type { Packet } from '../contract/packets.ts';
import type { PlannedStep } from '../contract/replan.ts';
import { accept, isRefused, refuse, refuseAbout, type Asked, type Decision } from './decision.ts';
import { evolveAll } from './evolution.ts';
import { isBlank, stepName } from './labels.ts';
import { readPlannedPacket } from './packet.ts';
import { planDeciders } from './plan.ts';
import { saysTheSame } from './replanned.ts';
import type { State, Step } from './state.ts';
import { unreleasedSteps } from './steps.ts';
import { at } from './table.ts';

/** T7: the steps that are not released: each is kept, changed, put elsewhere or dropped with a reason; none is lost. */
export function plannedAnew(state: State, asked: Asked<'replan'>): Decision {
  const { steps, dropSteps } = asked.act;
  const planned = unreleasedSteps(state);
  const wrong = namesFlaw(planned, asked);
  if (wrong) return wrong;
  const events: Event[] = dropSteps.map(({ step, reason }) => ({ type: 'step-dropped', step, reason }));
  const by = { at: asked.now, actor: '' };
  let after = evolveAll(state, events, by);
  const order: number[] = [];
  for (const given of steps ?? []) {
    const decision = oneStep(after, given, asked);
    if (isRefused(decision)) return about(decision, given);
    order.push(given.step ?? after.steps.size + 1);
    events.push(...decision.events);
    after = evolveAll(after, decision.events, by);
  }
  const stands = unreleasedSteps(after).map(({ n }) => n);
  if (steps && order.some((n, place) => n !== stands[place]))
    events.push({ type: 'plan-ordered', steps: order });
  return accept(events, '');
}

function about(decision: Extract<Decision, { refusal: unknown }>, { step }: PlannedStep): Decision {
  if (step === undefined) return decision;
  return { ...decision, refusal: { ...decision.refusal, about: { kind: 'step', n: step } } };
}

function namesFlaw(
  planned: readonly Step[],
  { act: { steps, dropSteps } }: Asked<'replan'>,
): Decision | undefined {
  const kept = (steps ?? []).flatMap(({ step }) => step ?? []);
  const named = [...kept, ...dropSteps.map(({ step }) => step)];
  const wrong = named.find((n, index) => !planned.some((step) => step.n === n) || named.indexOf(n) < index);
  if (wrong !== undefined) {
    return refuseAbout(
      { kind: 'step', n: wrong },
      'unknown-step',
      `Step ${wrong} is no step that waits for its release, or is named twice.`,
      'Name each step that is not released once: kept, or dropped with a reason.',
    );
  }
  const lost = steps && planned.find(({ n }) => !named.includes(n));
  if (lost) {
    return refuseAbout(
      { kind: 'step', n: lost.n },
      'step-unnamed',
      `The new plan does not say what becomes of ${stepName(lost)}.`,
      `Give step ${lost.n} its place, or drop it with a reason.`,
    );
  }
  const silent = dropSteps.find(({ reason }) => isBlank(reason));
  return (
    silent &&
    refuseAbout(
      { kind: 'step', n: silent.step },
      'no-reason',
      'The drop gives no reason.',
      'Say why it need not be done.',
    )
  );
}

function oneStep(state: State, given: PlannedStep, asked: Asked<'replan'>): Decision {
  const step = given.step === undefined ? undefined : at(state.steps, given.step);
  if (!step) {
    const { title = '', role = '', tasks = [] } = given;
    return planDeciders['add-step'](state, { ...asked, act: { type: 'add-step', title, role, tasks } });
  }
  const { title = step.title, role = step.role } = given;
  if (isBlank(title)) return refuse('step-untitled', 'The step has no title.', 'Name what it is for.');
  if (isBlank(role)) return refuse('step-roleless', 'The step names no role.', 'Say what role it needs.');
  if (given.tasks?.length === 0) {
    return refuse(
      'step-empty',
      'The step has no task.',
      'Give it at least one task, or drop it with a reason.',
    );
  }
  const tasks: Packet[] = [];
  for (const [index, draft] of (given.tasks ?? step.tasks).entries()) {
    const known = step.tasks[index];
    if (known && draft === known) {
      tasks.push(known);
      continue;
    }
    const reading = readPlannedPacket(draft, asked.workspace?.folders);
    if ('refusal' in reading) return { events: [], refusal: reading.refusal };
    tasks.push(reading.packet);
  }
  const isSame =
    title.trim() === step.title &&
    role.trim() === step.role &&
    tasks.length === step.tasks.length &&
    tasks.every((task, index) => saysTheSame(task, step.tasks[index]));
  if (isSame) return accept([], '');
  return accept([{ type: 'step-changed', step: step.n, title: title.trim(), role: role.trim(), tasks }], '');
}
