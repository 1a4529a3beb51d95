import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { dispatchName, short, workerName } from '../../core/labels.ts';
import { isByHand, type AskedQuestion, type Dispatch, type State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { notByHand } from '../../core/task.ts';
import { handedPacket, sentTo } from '../../core/views/handed.ts';
import { action, cancelled, refused, said, type Action, type Outcome } from '../action.ts';
import type { Numbered } from '../asking/choices.ts';
import { numberStop } from '../asking/stops.ts';
import { walk } from '../asking/walk.ts';
import { forMessage, forPick } from '../inert.ts';
import { asks } from '../prompts.ts';
import type { Room } from '../room.ts';
import { byHand as words, none } from './sentences.ts';

const n = z.optional(z.int().check(z.minimum(1)));
const about = z.object({ dispatch: n, worker: n });
type About = z.output<typeof about>;

/** Live dispatches of workers that work by hand, of one of them where it is named. */
function byHandChoices(state: State, worker?: number): Numbered[] {
  return state.live.flatMap((number) => {
    const dispatch = at(state.dispatches, number);
    if (!dispatch || !isByHand(at(state.workers, dispatch.worker))) return [];
    if (worker !== undefined && dispatch.worker !== worker) return [];
    return [{ label: forPick(dispatchName(state, dispatch)), value: number }];
  });
}

/** The dispatch meant: the named one, the worker's, the only one, or the one that the person picks. */
export async function dispatchMeant(room: Room, title: string, given: About): Promise<Dispatch | Outcome> {
  const { state } = room;
  const named = given.dispatch === undefined ? undefined : at(state.dispatches, given.dispatch);
  const worker = named?.worker ?? given.worker;
  if (worker !== undefined && at(state.workers, worker) && !isByHand(at(state.workers, worker))) {
    return refused(notByHand(state, worker));
  }
  if (named) return named;
  const choices = byHandChoices(state, worker);
  const [only, other] = choices;
  if (!only) return refused(none.task);
  const draft = await walk<About>(title, other ? {} : { dispatch: only.value }, [
    numberStop<'dispatch', About>('dispatch', asks.dispatch, () => choices),
  ]);
  const found = draft?.dispatch === undefined ? undefined : at(room.state.dispatches, draft.dispatch);
  return found ?? cancelled;
}

/** T6: the whole packet of a task onto the clipboard, for a worker that works by hand. */
export function copyPacket(room: Room): Action {
  return action(about, async (given) => {
    const { shut } = room;
    if (shut) return refused(shut);
    const dispatch = await dispatchMeant(room, words.titles.copyPacket, given);
    return 'ok' in dispatch ? dispatch : copied(room, dispatch);
  });
}

/** Puts the packet on the clipboard, and says so. */
export async function copied(room: Room, dispatch: Dispatch): Promise<Outcome> {
  await vscode.env.clipboard.writeText(handedPacket(room.state, dispatch));
  const what = forMessage(dispatchName(room.state, dispatch), 120);
  return tell(words.packetCopied(what, forMessage(workerName(room.state, dispatch.worker), 60)));
}

function tell(sentence: string): Outcome {
  void vscode.window.showInformationMessage(sentence);
  return said(sentence);
}

const copying = z.object({ question: n, dispatch: n, worker: n });
type Copying = z.output<typeof copying>;

/** P6: an answer, or what is missing in a question, onto the clipboard, for a worker that works by hand. */
export function copyAnswer(room: Room): Action {
  return action(copying, async (given) => {
    const { shut } = room;
    if (shut) return refused(shut);
    const named = given.question === undefined ? undefined : at(room.state.questions, given.question);
    const owner = named && at(room.state.dispatches, named.dispatch)?.worker;
    if (owner !== undefined && !isByHand(at(room.state.workers, owner))) {
      return refused(notByHand(room.state, owner));
    }
    const choices = questionChoices(room.state, given);
    const [only, other] = choices;
    if (!only) return refused(none.question);
    const draft = await walk<Copying>(words.titles.copyAnswer, other ? {} : { question: only.value }, [
      numberStop<'question', Copying>('question', asks.question, () => choices),
    ]);
    const question = draft?.question === undefined ? undefined : at(room.state.questions, draft.question);
    if (!question) return cancelled;
    await vscode.env.clipboard.writeText(sentTo(room.state, question) ?? '');
    const asker = at(room.state.dispatches, question.dispatch)?.worker ?? 0;
    // Whoever carries it over has it.
    await room.enter(asker, { type: 'hear-answer', question: question.n });
    return tell(words.answerCopied(question.n, forMessage(workerName(room.state, asker), 60)));
  });
}

/** Newest first: questions that something became of, of the task, worker or number that is named. */
function questionChoices(state: State, given: Copying): Numbered[] {
  const live = byHandChoices(state, given.worker).map(({ value }) => value);
  const dispatches = given.dispatch === undefined ? live : [given.dispatch];
  const numbers =
    given.question === undefined
      ? dispatches.flatMap((number) => at(state.dispatches, number)?.questions ?? [])
      : [given.question];
  return numbers
    .map((number) => at(state.questions, number))
    .filter(
      (question): question is AskedQuestion =>
        question !== undefined && sentTo(state, question) !== undefined,
    )
    .map((question) => ({
      label: `Question ${question.n}`,
      description: forPick(short(question.packet.question ?? '', 120), 120),
      value: question.n,
    }))
    .reverse();
}
