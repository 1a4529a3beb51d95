import { refusal, type Refusal } from '../contract/refusal.ts';
import type { Dispatch } from './state.ts';

/** Characters that one dispatch may put on the record: some thousand pages. Its journal is kept for ever. */
const mostSaid = 4_000_000;
/** What the shortest line counts: an event is more than its words. */
const leastSaid = 64;

/** What a dispatch has put on the record with these words, in characters. */
export function saidWith(dispatch: Dispatch | undefined, words: unknown): { readonly said: number } {
  return { said: (dispatch?.said ?? 0) + Math.max(lengthOf(words), leastSaid) };
}

/** As JSON; text without a character that JSON writes otherwise need not be written for it. */
function lengthOf(words: unknown): number {
  const isPlain = typeof words === 'string' && /^[ !#-[\]-\uD7FF\uE000-\uFFFF]*$/.test(words);
  return isPlain ? words.length + 2 : JSON.stringify(words).length;
}

/** Why a worker that talks without end is not listened to any more on this task; its result still is. */
export function saidEnough({ said = 0 }: Dispatch): Refusal | undefined {
  if (said < mostSaid) return undefined;
  return refusal(
    'said-too-much',
    `This task has put ${said} characters on the record; no more progress and no more questions are kept.`,
    'Hand in its result (submit_result), and list what is left under What is still open.',
  );
}
