import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import type { Judged } from '../../contract/review.ts';
import { nameOfLine } from '../../core/objective.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, said, type Action, type Outcome } from '../action.ts';
import { resultChoices, type Numbered } from '../asking/choices.ts';
import { needed, numberStop } from '../asking/stops.ts';
import { textStop, walk, type Stop } from '../asking/walk.ts';
import { asks, titles } from '../prompts.ts';
import type { Room } from '../room.ts';
import { judgeStops } from './judging.ts';
import { shownInReview, type ResultDocuments } from './resultDocuments.ts';

const opening = z.object({ result: z.optional(z.int()) });
type Opening = z.output<typeof opening>;

export function openResult(room: Room, documents: ResultDocuments): Action {
  return action(opening, async (given) => {
    const draft = await walk<Opening>(titles.openResult, given, [
      numberStop<'result', Opening>('result', asks.result, () => resultChoices(room.state, () => true)),
    ]);
    if (draft?.result === undefined) return cancelled;
    await documents.open(draft.result);
    return said(`Result ${draft.result} is open.`);
  });
}

const approving = z.object({
  result: z.optional(z.int()),
  shown: acts.approve.shape.shown,
  judged: z.optional(acts.approve.shape.judged),
  message: acts.approve.shape.message,
});
type Approving = z.output<typeof approving>;

/** P8: each line that the reviewer judges, with a word; what is not met leads to the rejection. */
export function approve(room: Room, documents: ResultDocuments): Action {
  return action(approving, async (given) => {
    const n = await whichResult(room, given.result);
    if (n === undefined) return cancelled;
    const { shown, message } = given;
    const rest = { ...(shown === undefined ? {} : { shown }), ...(message === undefined ? {} : { message }) };
    if (given.judged || !isInReview(room, n)) {
      return room.submit({ type: 'approve', result: n, judged: given.judged ?? [], ...rest });
    }
    await documents.open(n, true);
    const { resultHides } = await import('../../core/views/resultDocument.ts');
    const stops = judgeStops<Approving>(room, n, resultHides(room.state, n));
    const draft = await walk<Approving>(titles.approve(n), { ...given, result: n }, stops);
    if (!draft) return cancelled;
    const failed = draft.judged?.find(({ pass }) => !pass);
    if (failed) return rejectAfter(room, n, failed);
    return room.submit({ type: 'approve', result: n, judged: draft.judged ?? [], ...rest });
  });
}

/** What is not met is the reason already. */
function rejectAfter(room: Room, n: number, failed: Judged): Promise<Outcome> {
  const name = nameOfLine({ ...failed, todo: failed.todo ?? 0 }, failed.todo !== undefined);
  return rejection(room, n, {}, { reason: `${name}: ${failed.word}` });
}

const rejecting = z.partial(acts.reject);
type Rejecting = z.output<typeof rejecting>;

/** P8: a rejection says why, what evidence is missing, and what to do next. */
export function reject(room: Room, documents: ResultDocuments): Action {
  return action(rejecting, async (given) => {
    const n = await whichResult(room, given.result);
    if (n === undefined) return cancelled;
    const { reason, missing, next } = given;
    const isAsked = reason === undefined || missing === undefined || next === undefined;
    if (isAsked && isInReview(room, n)) await documents.open(n, true);
    return rejection(room, n, given, {});
  });
}

/** `usual` stands in the boxes to be taken or changed. */
async function rejection(room: Room, n: number, given: Rejecting, usual: Rejecting): Promise<Outcome> {
  const draft = !isInReview(room, n)
    ? given
    : await walk<Rejecting>(titles.reject(n), { ...given, result: n }, [
        rejectStop('reason', asks.reason(asks.why.reject), 'The reason', usual.reason),
        rejectStop('missing', asks.missing, 'The missing evidence', usual.missing),
        rejectStop('next', asks.next, 'The next action', usual.next),
      ]);
  if (!draft) return cancelled;
  const { reason = '', missing = '', next = '' } = draft;
  return room.submit({ type: 'reject', result: n, reason, missing, next });
}

function rejectStop(
  key: 'reason' | 'missing' | 'next',
  words: { readonly prompt: string; readonly placeholder: string },
  what: string,
  value = '',
): Stop<Rejecting> {
  return textStop<Rejecting, typeof key>(key, { ...words, value, flaw: needed(what) }, (text) => text);
}

function isInReview(room: Room, n: number): boolean {
  return at(room.state.results, n)?.state === 'review';
}

/** The result named, or shown, or the only one in review, or the one the person picks. */
async function whichResult(room: Room, named: number | undefined): Promise<number | undefined> {
  const choices = reviewChoices(room);
  const only = choices.length === 1 ? choices[0]?.value : undefined;
  const result = named ?? shownInReview(room.state) ?? only;
  const draft = await walk<Opening>(titles.pickResult, { result }, [
    numberStop<'result', Opening>('result', asks.result, () => choices),
  ]);
  if (!draft) return undefined;
  return draft.result ?? 1;
}

function reviewChoices(room: Room): readonly Numbered[] {
  return resultChoices(room.state, (n) => isInReview(room, n));
}
