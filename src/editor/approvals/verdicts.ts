import * as z from 'zod/mini';
import { acts, type ActOf } from '../../contract/acts.ts';
import { refusal } from '../../contract/refusal.ts';
import type { Judged } from '../../contract/review.ts';
import type { ChangeSeen } from '../../core/change.ts';
import { messageFault, proposedMessage } from '../../core/commitMessage.ts';
import { disputeOf, failedGates, gateRefusal, gatesOf, type Gate } from '../../core/gates.ts';
import { nameOfLine } from '../../core/objective.ts';
import { at } from '../../core/table.ts';
import { unmergedFiles } from '../../core/unmerged.ts';
import { action, cancelled, refused, said, type Action, type Outcome } from '../action.ts';
import { resultChoices, type Numbered } from '../asking/choices.ts';
import { needed, numberStop, reasonStop } from '../asking/stops.ts';
import { confirmed, textStop, walk, type Stop } from '../asking/walk.ts';
import { forMessage } from '../inert.ts';
import { asks, confirms, titles } from '../prompts.ts';
import type { Room } from '../room.ts';
import { judgeStops } from './judging.ts';
import type { Remarks } from './remarks.ts';
import type { ResultDocuments } from './resultDocuments.ts';
import type { ReviewDesk } from './reviewDesk.ts';
import { shownInReview, shownResult } from './shownReview.ts';

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

/** P8: what a result changed, in VS Code's own diff. */
export function openResultChanges(room: Room, review: () => ReviewDesk): Action {
  return action(opening, async (given) => {
    const n = await whichResult(room, given.result);
    if (n === undefined) return cancelled;
    const seen = await review().show(n, 0);
    return seen && 'why' in seen
      ? refused(refusal('not-measured', seen.why, seen.next))
      : said(`Result ${n} is open.`);
  });
}

export function moreChanges(room: Room, review: () => ReviewDesk): Action {
  return action(opening, async (given) => {
    const n = await whichResult(room, given.result);
    if (n === undefined) return cancelled;
    await review().showMore(n);
    return said(`More of result ${n} is open.`);
  });
}

export function nextResult(review: () => ReviewDesk): Action {
  return action(z.object({}), async () => {
    const n = review().after(shownResult());
    if (n === undefined) return refused(noneInReview);
    await review().show(n, 0);
    return said(`Result ${n} is open.`);
  });
}

const noneInReview = refusal('not-in-review', 'No result waits for a verdict.', 'Wait for the next one.');

const approving = z.object({
  result: z.optional(z.int()),
  shown: acts.approve.shape.shown,
  judged: z.optional(acts.approve.shape.judged),
  message: acts.approve.shape.message,
});
type Approving = z.output<typeof approving> & { readonly reason?: string | undefined };

/**
 * P8: the change is shown, and what a machine finds is said before anybody judges; then each line with a word, and the
 * message of the commit. What is not met leads to the rejection.
 */
export function approve(room: Room, review: () => ReviewDesk): Action {
  return action(approving, async (given) => {
    const n = await whichResult(room, given.result);
    if (n === undefined) return cancelled;
    if (given.judged || !isInReview(room, n)) {
      const { judged = [], shown = review().shownOf(n), message } = given;
      return room.submit({ type: 'approve', result: n, judged, ...binding({ shown, message }) });
    }
    const seen = await review().show(n);
    const gates = gatesOf(room.state, n, seen, room.house.workspace()) ?? [];
    if (isStuck(room, n, seen, gates)) return room.submit({ type: 'approve', result: n, judged: [] });
    const shut = gateRefusal(gates);
    if (shut) return refused(shut);
    return judgeAndSubmit(room, review(), n, { ...given, result: n }, seen);
  });
}

/** P8, the user's alone: past computed gates that fail, each named, with a reason. */
export function approvePast(room: Room, review: () => ReviewDesk): Action {
  return action(opening, async (given) => {
    const n = await whichResult(room, given.result);
    if (n === undefined) return cancelled;
    const seen = await review().show(n);
    const gates = gatesOf(room.state, n, seen, room.house.workspace()) ?? [];
    const failed = failedGates(gates);
    if (isStuck(room, n, seen, gates)) return room.submit({ type: 'approve', result: n, judged: [] });
    if (failed.length === 0) return judgeAndSubmit(room, review(), n, { result: n }, seen);
    return judgeAndSubmit(room, review(), n, { result: n }, seen, failed);
  });
}

/** P7: a conflict stands in the way, or the change does not merge: asked to approve, the core says so and opens the case. */
function isStuck(
  { state, house }: Room,
  n: number,
  seen: ChangeSeen | undefined,
  gates: readonly Gate[],
): boolean {
  const dispatch = at(state.dispatches, at(state.results, n)?.dispatch ?? 0);
  if (dispatch && disputeOf(state, dispatch, house.workspace())) return true;
  const isOutside = gates.some(({ gate, pass }) => gate === 'scope' && !pass);
  return unmergedFiles(seen).length > 0 && !isOutside;
}

async function judgeAndSubmit(
  room: Room,
  { remarks }: ReviewDesk,
  n: number,
  given: Approving,
  seen: ChangeSeen | undefined,
  past: readonly Gate[] = [],
): Promise<Outcome> {
  const { resultHides } = await import('../../core/views/resultDocument.ts');
  const draft = await walk<Approving>(titles.approve(n), given, [
    ...judgeStops<Approving>(room, n, resultHides(room.state, n)),
    ...(seen && 'measured' in seen ? [messageStop(room, n)] : []),
    ...(past.length === 0 ? [] : [{ ...reasonStop<Approving>(asks.why.past), when: isMet }]),
  ]);
  if (!draft) return cancelled;
  const failed = draft.judged?.find(({ pass }) => !pass);
  if (failed) return rejectAfter(room, remarks, n, failed);
  const { judged = [], message, reason = '' } = draft;
  const names = past.flatMap(({ gate }) => (gate === 'objective' ? [] : [gate]));
  if (past.length > 0) {
    const reasons = past.flatMap((gate) => gate.reasons).map((why) => forMessage(why, 300));
    if (!(await confirmed(confirms.past(n, names), confirms.pastDetail(reasons, reason, 0))))
      return cancelled;
  }
  const shown = seen && 'measured' in seen ? seen.measured.shown : undefined;
  const override = past.length > 0 ? { gates: names, reason } : undefined;
  const outcome = await room.submit({
    type: 'approve',
    result: n,
    judged: [...judged],
    ...binding({ shown, message, override }),
  });
  if (outcome.ok) remarks.forget(n);
  return outcome;
}

const isMet = (draft: Approving): boolean => draft.judged?.every(({ pass }) => pass) !== false;

/** P12: the first line of the commit's message; what the worker says of its work follows as its body. */
function messageStop(room: Room, n: number): Stop<Approving> {
  const result = at(room.state.results, n);
  const dispatch = result && at(room.state.dispatches, result.dispatch);
  const proposed = result && dispatch ? proposedMessage(room.state, result, dispatch) : '';
  const [header = '', ...body] = proposed.split('\n');
  const words = { ...asks.message, value: header, flaw: messageFault };
  const stop = textStop<Approving, 'message'>(
    'message',
    words,
    (text) => [text, ...body].join('\n'),
    (message) => message.split('\n')[0] ?? '',
  );
  return { ...stop, when: isMet };
}

/** What is not met is the reason already. */
function rejectAfter(room: Room, remarks: Remarks, n: number, failed: Judged): Promise<Outcome> {
  const name = nameOfLine({ ...failed, todo: failed.todo ?? 0 }, failed.todo !== undefined);
  return rejection(room, remarks, n, {}, { reason: `${name}: ${failed.word}` });
}

const rejecting = z.partial(acts.reject);
type Rejecting = z.output<typeof rejecting>;

/** P8: a rejection says why, what evidence is missing, and what to do next. */
export function reject(room: Room, review: () => ReviewDesk): Action {
  return action(rejecting, async (given) => {
    const n = await whichResult(room, given.result);
    if (n === undefined) return cancelled;
    const { reason, missing, next } = given;
    const isAsked = reason === undefined || missing === undefined || next === undefined;
    if (isAsked && isInReview(room, n)) await review().show(n);
    return rejection(room, review().remarks, n, given, {});
  });
}

/** `usual` stands in the boxes to be taken or changed; the remarks on the change are missing evidence already. */
async function rejection(
  room: Room,
  remarks: Remarks,
  n: number,
  given: Rejecting,
  usual: Rejecting,
): Promise<Outcome> {
  const lines = given.missing === undefined ? remarks.lines(n) : [];
  const missing = lines.length === 0 ? asks.missing : asks.missingBeside(lines.length);
  const draft = !isInReview(room, n)
    ? given
    : await walk<Rejecting>(titles.reject(n), { ...given, result: n }, [
        rejectStop('reason', asks.reason(asks.why.reject), 'The reason', usual.reason),
        rejectStop(
          'missing',
          missing,
          lines.length === 0 ? 'The missing evidence' : undefined,
          usual.missing,
        ),
        rejectStop('next', asks.next, 'The next action', usual.next),
      ]);
  if (!draft) return cancelled;
  const { reason = '', next = '' } = draft;
  const lacks = [draft.missing ?? '', ...lines].filter((line) => line !== '').join('\n');
  const outcome = await room.submit({ type: 'reject', result: n, reason, missing: lacks, next });
  if (outcome.ok) remarks.forget(n);
  return outcome;
}

function rejectStop(
  key: 'reason' | 'missing' | 'next',
  words: { readonly prompt: string; readonly placeholder: string },
  what: string | undefined,
  value = '',
): Stop<Rejecting> {
  const flaw = what === undefined ? {} : { flaw: needed(what) };
  return textStop<Rejecting, typeof key>(key, { ...words, value, ...flaw }, (text) => text);
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

type Binding = Pick<ActOf<'approve'>, 'shown' | 'message' | 'override'>;

function binding({ shown, message, override }: Partial<Binding>): Partial<Binding> {
  return {
    ...(shown === undefined ? {} : { shown }),
    ...(message === undefined ? {} : { message }),
    ...(override === undefined ? {} : { override }),
  };
}
