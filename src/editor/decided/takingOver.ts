import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { refusal } from '../../contract/refusal.ts';
import { short } from '../../core/labels.ts';
import type { State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { decisions, type AgentsDecision } from '../../core/views/decisions.ts';
import { action, cancelled, refused, said, type Action, type Outcome } from '../action.ts';
import { back, choose, type Choice } from '../asking/box.ts';
import type { Numbered } from '../asking/choices.ts';
import { needed, numberStop } from '../asking/stops.ts';
import { confirmStop, textStop, walk, type Stop } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import type { Room } from '../room.ts';
import { markUri } from '../timeline/places.ts';
import { asks, confirms, rows, titles } from './sentences.ts';
import { waysOf, type Way } from './ways.ts';

const n = z.optional(z.int().check(z.minimum(1)));
const one = z.object({ what: z.optional(z.string()), n });

/** P2: what the agent in the seat decided is the person's to take over, each in its own way. */
export function takeOverDecision(room: Room): Action {
  return action(one, async (given) => {
    const { shut } = room;
    if (shut) return refused(shut);
    const found = decisions(room.state);
    const named = found.find(({ what, n: number }) => what === given.what && number === given.n);
    if (!named && (given.n !== undefined || found.length === 0)) return refused(nothingThere);
    const decision = named ?? (await picked(found));
    if (!decision) return cancelled;
    const way = await choose(
      { title: titles.decision, step: 1, total: 1 },
      waysOf(room.state, decision).map((value): Choice<Way> => {
        const isInstruct = 'command' in value && value.command === 'lockkeeper.instruct';
        return { label: value.label, value, ...(isInstruct ? {} : { detail: forPick(decision.title, 120) }) };
      }),
      { placeholder: asks.what },
    );
    if (way === undefined || way === back || typeof way === 'string') return cancelled;
    if ('command' in way) return vscode.commands.executeCommand<Outcome>(way.command, way.argument);
    await vscode.window.showTextDocument(markUri(way.opens));
    return said(way.label);
  });
}

const nothingThere = refusal(
  'nothing-decided',
  'No such decision of an agent stands.',
  'Look at the Inbox: what the agent that leads decided stands behind everything else.',
);

async function picked(found: readonly AgentsDecision[]): Promise<AgentsDecision | undefined> {
  const choices = found.map((value) => ({
    label: forPick(value.title, 120),
    description: forPick(value.detail, 120),
    value,
  }));
  const answer = await choose({ title: titles.decision, step: 1, total: 1 }, choices, {
    placeholder: asks.decision,
  });
  return typeof answer === 'object' ? answer : undefined;
}

const replacing = z.object({ question: n });
interface Replacing {
  readonly question?: number | undefined;
  readonly chosen?: string;
  readonly rationale?: string;
  readonly constraints?: string;
  readonly nextStep?: string;
}

/** P6: the user's answer in the place of an agent's that its worker has not heard, or of a question that it sent back. */
export function replaceAnswer(room: Room): Action {
  return action(replacing, async (given) => {
    const { shut } = room;
    if (shut) return refused(shut);
    const choices = unheardAnswers(room.state);
    if (given.question === undefined && choices.length === 0) return refused(nothingThere);
    const answerOf = ({ question = 0 }: Replacing) => at(room.state.questions, question)?.answer;
    const told = (key: 'rationale' | 'constraints' | 'nextStep', what: string): Stop<Replacing> =>
      textStop<Replacing, typeof key>(
        key,
        (draft) => ({ ...asks[key], value: answerOf(draft)?.[key] ?? '', flaw: needed(what) }),
        (text) => text,
      );
    const isReturned = at(room.state.questions, given.question ?? 0)?.state === 'returned';
    const draft = await walk<Replacing>(isReturned ? titles.returned : titles.replace, given, [
      numberStop<'question', Replacing>('question', asks.question, () => choices),
      chosenStop(room),
      told('rationale', 'The rationale'),
      told('constraints', 'The constraints'),
      told('nextStep', 'The next step'),
    ]);
    if (draft?.question === undefined) return cancelled;
    const { question, chosen, rationale, constraints, nextStep } = draft;
    return room.submit({ type: 'answer', question, answer: { chosen, rationale, constraints, nextStep } });
  });
}

function chosenStop(room: Room): Stop<Replacing> {
  return {
    key: 'chosen',
    ask: async (frame, draft) => {
      const { packet, answer } = at(room.state.questions, draft.question ?? 0) ?? {};
      const options = (packet?.options ?? []).map((option) => ({
        label: forPick(option, 120),
        ...(option === answer?.chosen ? { description: 'the agent’s choice' } : {}),
        value: option,
      }));
      const picked = await choose(frame, options, { placeholder: asks.chosen, typed: rows.notThese });
      if (picked === undefined || picked === back) return picked;
      const isOption = options.some(({ value }) => value === picked);
      return { ...draft, chosen: isOption ? picked : rows.notThese(picked) };
    },
  };
}

function unheardAnswers(state: State): readonly Numbered[] {
  return decisions(state)
    .filter(({ what, n: number }) => what === 'answered' && !at(state.questions, number)?.heardAt)
    .map(({ n: number, title }) => ({
      label: `Question ${number}`,
      description: forPick(title, 120),
      value: number,
    }));
}

/** P6: the agent that leads may answer what was to reach the user first. The user's alone. */
export function leaveQuestion(room: Room): Action {
  return action(replacing, async (given) => {
    const { shut } = room;
    if (shut) return refused(shut);
    const waiting = (): readonly Numbered[] =>
      room.state.asked.flatMap((number) => {
        const question = at(room.state.questions, number);
        if (!question?.usersFirst) return [];
        const description = forPick(short(question.packet.question ?? '', 120), 120);
        return [{ label: `Question ${number}`, description, value: number }];
      });
    const [only] = waiting();
    const question = given.question ?? (waiting().length === 1 ? only?.value : undefined);
    const draft = await walk<Replacing>(titles.leave, { question }, [
      numberStop<'question', Replacing>('question', asks.question, waiting),
      confirmStop(({ question: number }) => confirms.leave(`question ${number ?? ''}`)),
    ]);
    if (!draft) return cancelled;
    return room.submit({ type: 'leave-question', question: draft.question ?? 1 });
  });
}
