import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import { override } from '../../contract/override.ts';
import { gateReasons, namesNeeded } from '../../core/gate.ts';
import { stepName } from '../../core/labels.ts';
import { unreleasedSteps } from '../../core/steps.ts';
import { action, cancelled, type Action } from '../action.ts';
import { resultChoices } from '../asking/choices.ts';
import { needed, numberStop, reasonStop, roleStop } from '../asking/stops.ts';
import { confirmed, textStop, walk } from '../asking/walk.ts';
import { forMessage } from '../inert.ts';
import type { PacketDesk } from '../packets/packetDesk.ts';
import { asks, confirms, titles } from '../prompts.ts';
import type { Room } from '../room.ts';

const adding = z.partial(acts['add-step']);
type Adding = z.output<typeof adding>;

/** A step with its title and role; its tasks are written in a document where they did not come along. */
export function addStep(room: Room, packets: PacketDesk): Action {
  return action(adding, async (given) => {
    if (given.title !== undefined && given.tasks !== undefined && given.role !== undefined) {
      return room.submit({ type: 'add-step', title: given.title, role: given.role, tasks: given.tasks });
    }
    const draft = await walk<Adding>(titles.addStep, given, [
      textStop('title', { ...asks.stepTitle, flaw: needed('The title') }, (text) => text),
      roleStop(() => room.state),
    ]);
    if (!draft) return cancelled;
    const { title = '', role = '', tasks } = draft;
    if (tasks) return room.submit({ type: 'add-step', title, role, tasks });
    return packets.open({ kind: 'step', title, role }, [{}]);
  });
}

/** T5: the next step, where the gate is open; where it is shut, the refusal says why. */
export function release(room: Room): Action {
  return action(z.object({ step: z.optional(z.int()) }), ({ step }) =>
    room.submit(step === undefined ? { type: 'release' } : { type: 'release', step }),
  );
}

const nothing = { todos: [], results: [], questions: [] };
const overriding = z.extend(z.partial(override), { step: z.optional(z.int()) });

/** T5: the user's word past what stands, each thing named in a modal, spent in the release. */
export function overrideGate(room: Room): Action {
  return action(overriding, async (given) => {
    const [step] = unreleasedSteps(room.state);
    const standing = gateReasons(room.state);
    const isPast = standing.length > 0 && standing.every(({ code }) => code !== 'plan-affected');
    // The core says why there is nothing to override; the words are not kept.
    if (!step || !isPast)
      return room.submit({ type: 'release', override: { ...nothing, reason: titles.override } });
    const draft = await walk(titles.override, given, [reasonStop<typeof given>(asks.why.override)]);
    if (!draft) return cancelled;
    const reasons = gateReasons(room.state);
    const names = namesNeeded(room.state, reasons);
    const { todos = names.todos, results = names.results, questions = names.questions, reason = '' } = draft;
    const sentences = reasons.map(({ sentence }) => forMessage(sentence, 200));
    const words = confirms.override(forMessage(stepName(step), 120));
    if (!(await confirmed(words, confirms.pastDetail(sentences, reason, room.state.live.length))))
      return cancelled;
    return room.submit({
      type: 'release',
      step: draft.step ?? step.n,
      override: { todos: [...todos], results: [...results], questions: [...questions], reason },
    });
  });
}

const standing = z.partial(acts['plan-stands']);

/** T7: answers a result that says the plan is affected. */
export function planStands(room: Room): Action {
  return action(standing, async (given) => {
    type Draft = typeof given;
    const choices = () => resultChoices(room.state, (n) => room.state.planAffected.includes(n));
    const draft = await walk<Draft>(titles.planStands, given, [
      numberStop<'result', Draft>('result', asks.result, choices),
      reasonStop<Draft>(asks.why.planStands),
    ]);
    if (!draft) return cancelled;
    return room.submit({ type: 'plan-stands', result: draft.result ?? 1, reason: draft.reason ?? '' });
  });
}
