import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import type { Gates } from '../../contract/packets.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, said, type Action } from '../action.ts';
import { resultChoices, type Numbered } from '../asking/choices.ts';
import { needed, numberStop } from '../asking/stops.ts';
import { textStop, walk, type Stop } from '../asking/walk.ts';
import { asks, titles } from '../prompts.ts';
import type { Room } from '../room.ts';
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

const word = z.union([
  z.pipe(
    z.string(),
    z.transform((text) => ({ pass: true, word: text })),
  ),
  z.object({ pass: z.boolean(), word: z.string() }),
]);
const approving = z.object({
  result: z.optional(z.int()),
  gates: z.optional(z.object({ objective: word, scope: word, conflict: word, evidence: word })),
});
type Approving = Opening & { readonly [Gate in keyof Gates]?: string | undefined };

/** P8: the four gates, each with the reviewer's own word; what it rests on is said before each. */
export function approve(room: Room, documents: ResultDocuments): Action {
  return action(approving, async ({ result, gates }) => {
    const n = await whichResult(room, result);
    if (n === undefined) return cancelled;
    if (gates || !isInReview(room, n))
      return room.submit({ type: 'approve', result: n, gates: gates ?? failed });
    await documents.open(n, true);
    const { resultHides } = await import('../../core/views/resultDocument.ts');
    const hides = resultHides(room.state, n);
    const draft = await walk<Approving>(titles.approve(n), { result: n }, [
      gateStop('objective', hides),
      gateStop('scope', hides),
      gateStop('conflict', hides),
      gateStop('evidence', hides),
    ]);
    if (!draft) return cancelled;
    const { objective = '', scope = '', conflict = '', evidence = '' } = draft;
    const passes = (text: string) => ({ pass: true, word: text });
    const words = { objective, scope, conflict, evidence };
    const given = Object.fromEntries(Object.entries(words).map(([key, text]) => [key, passes(text)]));
    return room.submit({ type: 'approve', result: n, gates: given as Gates });
  });
}

const none = { pass: false, word: '' };
const failed: Gates = { objective: none, scope: none, conflict: none, evidence: none };

function gateStop(gate: keyof Gates, hides: boolean): Stop<Approving> {
  const words = {
    prompt: [asks.gate[gate], ...(hides ? [asks.gateHides] : []), asks.gateRests].join(' '),
    placeholder: asks.gateWord,
    flaw: needed('Your word'),
  };
  return textStop<Approving, keyof Gates>(gate, words, (text) => text);
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
    const draft = !isInReview(room, n)
      ? given
      : await walk<Rejecting>(titles.reject(n), { ...given, result: n }, [
          textStop('reason', { ...asks.reason(asks.why.reject), flaw: needed('The reason') }, (text) => text),
          textStop('missing', { ...asks.missing, flaw: needed('The missing evidence') }, (text) => text),
          textStop('next', { ...asks.next, flaw: needed('The next action') }, (text) => text),
        ]);
    if (!draft) return cancelled;
    const { reason: why = '', missing: lacks = '', next: after = '' } = draft;
    return room.submit({ type: 'reject', result: n, reason: why, missing: lacks, next: after });
  });
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
