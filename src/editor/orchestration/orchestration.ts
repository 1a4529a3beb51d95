import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import { override } from '../../contract/override.ts';
import { closingReasons } from '../../core/closing.ts';
import { namesNeeded } from '../../core/gate.ts';
import { openOrchestration } from '../../core/state.ts';
import { unreleasedSteps } from '../../core/steps.ts';
import { action, cancelled, type Action, type Outcome } from '../action.ts';
import { back, choose } from '../asking/box.ts';
import { needed, reasonStop } from '../asking/stops.ts';
import { confirmed, confirmStop, pickStop, textStop, walk, type Stop } from '../asking/walk.ts';
import type { HandoffDocuments } from '../handoff/documents.ts';
import { offerNext } from '../handoff/next.ts';
import { forMessage, forPick } from '../inert.ts';
import { asks, confirms, rows, titles } from '../prompts.ts';
import type { Room } from '../room.ts';
import { missing } from './missing.ts';

const starting = z.object({
  objective: z.optional(acts.start.shape.objective),
  constraints: z.optional(acts.start.shape.constraints),
  mode: z.optional(z.enum(['orchestrator-first', 'plan-first'])),
});
type Starting = z.output<typeof starting>;

const startStops: readonly Stop<Starting>[] = [
  textStop('objective', { ...asks.objective, flaw: needed('The objective') }, (text) => text),
  textStop(
    'constraints',
    asks.constraints,
    (text) =>
      text
        .split(';')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    (lines) => lines.join('; '),
  ),
  pickStop('mode', () => ({
    placeholder: asks.mode,
    choices: [
      { ...rows.orchestratorFirst, value: 'orchestrator-first' as const },
      { ...rows.planFirst, value: 'plan-first' as const },
    ],
  })),
  confirmStop(({ objective = '', constraints = [], mode }) =>
    confirms.start(forPick(objective, 120), constraints.length, mode ?? 'orchestrator-first'),
  ),
];

/** P3: objective and constraints first, then what is missing. Starting is the user's alone. */
export function start(room: Room): Action {
  return action(starting, async (given) => {
    if (openOrchestration(room.state)) {
      return room.submit({ type: 'start', objective: '', constraints: [], mode: 'orchestrator-first' });
    }
    const left = unreleasedSteps(room.state);
    const outcome = await begin(room, given);
    if (outcome.ok && given.objective === undefined) {
      void (left.length > 0 ? offerNext(room, left).then(() => showMissing(room)) : showMissing(room));
    }
    return outcome;
  });
}

/** Asks for what is not given, and starts. */
export async function begin(room: Room, given: Starting): Promise<Outcome> {
  const draft = await walk(titles.start, given, startStops);
  if (!draft) return cancelled;
  const { objective = '', constraints = [], mode = 'orchestrator-first' } = draft;
  return room.submit({ type: 'start', objective, constraints, mode });
}

async function showMissing(room: Room): Promise<void> {
  const frame = { title: titles.missing, step: 1, total: 1 };
  const chosen = await choose(frame, missing(room.state), { placeholder: asks.missingRow });
  if (chosen === undefined || chosen === back || typeof chosen === 'string') return;
  await vscode.commands.executeCommand(chosen.command, chosen.argument);
}

const closing = z.object({ override: z.optional(override) });

/** P11: closes where nothing stands; where something does, the refusal names it. */
export function close(room: Room, documents: HandoffDocuments): Action {
  return action(closing, async (given) => {
    if (given.override) return past(room, documents, given.override);
    const unreleased = unreleasedSteps(room.state).length;
    if (closingReasons(room.state).length === 0 && unreleased > 0 && openOrchestration(room.state)) {
      const draft = await walk(titles.close, given, [confirmStop(() => confirms.close(unreleased))]);
      if (!draft) return cancelled;
    }
    return handedOff(room, documents, await room.submit({ type: 'close' }));
  });
}

const closingPast = z.partial(override);

/** P11: the user's word past each thing that stands, named in a modal. */
export function closePast(room: Room, documents: HandoffDocuments): Action {
  return action(closingPast, async (given) => {
    if (closingReasons(room.state).length === 0) {
      // The core says why there is nothing to close past; the words are not kept.
      const nothing = { todos: [], results: [], questions: [], reason: titles.closePast };
      return room.submit({ type: 'close', override: nothing });
    }
    const draft = await walk(titles.closePast, given, [reasonStop<typeof given>(asks.why.closePast)]);
    if (!draft) return cancelled;
    const names = namesNeeded(room.state, closingReasons(room.state));
    const { todos = names.todos, results = names.results, questions = names.questions, reason = '' } = draft;
    return past(room, documents, {
      todos: [...todos],
      results: [...results],
      questions: [...questions],
      reason,
    });
  });
}

async function past(
  room: Room,
  documents: HandoffDocuments,
  word: z.output<typeof override>,
): ReturnType<Action> {
  const sentences = closingReasons(room.state).map(({ sentence }) => forMessage(sentence, 200));
  const detail = confirms.pastDetail(sentences, word.reason, room.state.live.length);
  if (!(await confirmed(confirms.closePast, detail))) return cancelled;
  return handedOff(room, documents, await room.submit({ type: 'close', override: word }));
}

/** What was closed opens as its handoff. */
function handedOff(room: Room, documents: HandoffDocuments, outcome: Outcome): Outcome {
  const n = room.state.orchestration?.n;
  if (outcome.ok && n !== undefined) void documents.open(n);
  return outcome;
}
