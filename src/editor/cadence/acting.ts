import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { cadenceActs } from '../../contract/cadenceActs.ts';
import { dispatchName, workerName } from '../../core/labels.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, refused, said, type Action, type Outcome } from '../action.ts';
import { liveChoices, type Numbered } from '../asking/choices.ts';
import { needed, numberStop } from '../asking/stops.ts';
import { confirmed, textStop, walk } from '../asking/walk.ts';
import { dispatchMeant } from '../byHand/carrying.ts';
import { forMessage, forPick } from '../inert.ts';
import { asks as general, refusalMessage } from '../prompts.ts';
import type { Room } from '../room.ts';
import { asks, confirms, copied, nothingWaits, titles } from './sentences.ts';

/** P5: one key; what stood is logged, and nothing else happens. */
export function noOp(room: Room): Action {
  return action(cadenceActs['no-op'], async (given) => {
    const outcome = await room.submit({ type: 'no-op', ...given });
    if (outcome.ok) void vscode.window.setStatusBarMessage(`$(check) ${outcome.said}`, shownFor);
    return outcome;
  });
}

/** Milliseconds: long enough to be read, and no notification. */
const shownFor = 8_000;

const nudging = z.partial(z.omit(cadenceActs.nudge, { anyway: true }));
type Nudging = z.output<typeof nudging>;

/** P5: the reason in writing; where contact is fresh, or the worker was interrupted much, a person is asked first. */
export function nudge(room: Room): Action {
  return action(nudging, async (given) => {
    const draft = await walk<Nudging>(titles.nudge, known(room, given), [
      numberStop<'dispatch', Nudging>('dispatch', general.dispatch, () => spokenTo(room)),
      textStop(
        'reason',
        ({ dispatch }) => ({ ...asks.reason(nameOf(room, dispatch)), flaw: needed('The reason') }),
        (text) => text,
      ),
    ]);
    if (!draft) return cancelled;
    const act = { type: 'nudge', dispatch: draft.dispatch ?? 1, reason: draft.reason ?? '' } as const;
    const first = await room.submit(act);
    if (first.ok || !asked.includes(first.refusal.code)) return first;
    const detail = `${forMessage(refusalMessage(first.refusal), 400)}\n\n${forMessage(act.reason, 400)}`;
    if (!(await confirmed(confirms.nudge(nameOf(room, act.dispatch)), detail))) return cancelled;
    return room.submit({ ...act, anyway: true });
  });
}

const asked: readonly string[] = ['contact-fresh', 'interrupts-spent'];

const feeding = z.partial(cadenceActs.feedback);
type Feeding = z.output<typeof feeding>;

/** P10: it waits for the worker's next contact, and goes there with what else waits. */
export function feedback(room: Room): Action {
  return action(feeding, async (given) => {
    const draft = await walk<Feeding>(titles.feedback, known(room, given), [
      numberStop<'dispatch', Feeding>('dispatch', general.dispatch, () => spokenTo(room)),
      textStop(
        'words',
        ({ dispatch }) => ({ ...asks.feedback(nameOf(room, dispatch)), flaw: needed('The feedback') }),
        (text) => text,
      ),
    ]);
    if (!draft) return cancelled;
    return room.submit({ type: 'feedback', dispatch: draft.dispatch ?? 1, words: draft.words ?? '' });
  });
}

const n = z.optional(z.int().check(z.minimum(1)));

/** What waits for a worker that works by hand, all at once and in order; then it counts as told. */
export function copyMessages(room: Room): Action {
  return action(z.object({ dispatch: n, worker: n }), async (given): Promise<Outcome> => {
    const { shut } = room;
    if (shut) return refused(shut);
    const dispatch = await dispatchMeant(room, titles.copyMessages, given);
    if ('ok' in dispatch) return dispatch;
    const { n: number, epoch, worker } = dispatch;
    const who = forMessage(workerName(room.state, worker), 60);
    const outcome = await room.enter(worker, { type: 'hear', dispatch: number, epoch });
    if (!outcome.ok) return outcome;
    if (outcome.said === '') return refused(nothingWaits(who));
    await vscode.env.clipboard.writeText(outcome.said);
    const sentence = copied(who);
    void vscode.window.showInformationMessage(sentence);
    return said(sentence);
  });
}

/** The only live dispatch is meant unasked. */
function known<D extends { dispatch?: number | undefined }>(room: Room, given: D): D {
  const [only, other] = spokenTo(room);
  return { ...given, dispatch: given.dispatch ?? (other ? undefined : only?.value) };
}

function spokenTo(room: Room): readonly Numbered[] {
  return liveChoices(room.state, (number) => at(room.state.dispatches, number)?.inReview === undefined);
}

function nameOf(room: Room, number: number | undefined): string {
  const dispatch = number === undefined ? undefined : at(room.state.dispatches, number);
  return dispatch ? forPick(dispatchName(room.state, dispatch), 80) : 'The worker';
}
