import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { refusal } from '../../contract/refusal.ts';
import { visibleName } from '../../core/views/visible.ts';
import { action, cancelled, refused, said, type Action } from '../action.ts';
import { needed } from '../asking/stops.ts';
import { textStop, walk } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import { asks, titles } from '../prompts.ts';
import type { Room } from '../room.ts';
import type { ReviewDesk } from './reviewDesk.ts';
import { shownInReview } from './shownReview.ts';

/** What VS Code hands over from the box below a line: nothing of it is ours to check but that it is there. */
const reply = z.looseObject({ thread: z.looseObject({ comments: z.any() }), text: z.string() });

export function addRemark(review: () => ReviewDesk): Action {
  return (input) =>
    action(reply, () => {
      review().remarks.add(input as vscode.CommentReply);
      return Promise.resolve(said('The remark is kept until the verdict.'));
    })(input);
}

export function deleteRemark(review: () => ReviewDesk): Action {
  return action(z.any(), (comment) => {
    review().remarks.delete(comment);
    return Promise.resolve(said('The remark is gone.'));
  });
}

const here = z.object({ text: z.optional(z.string()) });

/** The same by the keyboard: at the line that the cursor is in, in whichever of the differences that are shown. */
export function remarkHere(room: Room, review: () => ReviewDesk): Action {
  return action(here, async (given) => {
    const { remarks } = review();
    const result = shownInReview(room.state);
    const place = result === undefined ? undefined : remarks.place(result);
    if (result === undefined || !place) return refused(nowhere);
    const title = titles.remark(`${forPick(visibleName(place.path), 80)}:${place.line}`);
    const words = { ...asks.remark, flaw: needed('The remark') };
    const draft = await walk<z.output<typeof here>>(title, given, [
      textStop<z.output<typeof here>, 'text'>('text', words, (text) => text),
    ]);
    if (draft?.text === undefined) return cancelled;
    remarks.write(result, draft.text);
    return said('The remark is kept until the verdict.');
  });
}

const nowhere = refusal(
  'no-line',
  'The cursor is in no line of a change that waits for a verdict.',
  'Show What a Result Changed, put the cursor in a line of it, and try again.',
);
