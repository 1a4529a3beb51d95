import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { action, said, type Action } from '../action.ts';
import type { ReviewDesk } from './reviewDesk.ts';

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
