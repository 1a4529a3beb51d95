import * as z from 'zod/mini';
import { refusal } from '../../contract/refusal.ts';
import { action, cancelled, refused, said, type Action } from '../action.ts';
import { confirmed, pickStop, walk } from '../asking/walk.ts';
import type { LeftWorktree } from '../house.ts';
import { forMessage, forPick } from '../inert.ts';
import type { Room } from '../room.ts';
import { removal as words } from './prompts.ts';

const removing = z.object({ worktree: z.optional(z.string()) });
type Removing = z.output<typeof removing>;

/** Takes away a worktree whose dispatch is over. Where work would be lost that is nowhere else, a modal names it. */
export function removeWorktree(room: Room): Action {
  return action(removing, async (given) => {
    if (room.shut) return refused(room.shut);
    const left = await room.house.worktrees.left();
    if (left.length === 0) return refused(refusal('no-worktree', words.none, words.noneNext));
    const draft = await walk<Removing>(words.title, given, [
      pickStop('worktree', () => ({ placeholder: words.which, choices: left.map(choiceOf) })),
    ]);
    if (!draft) return cancelled;
    const chosen = left.find(({ id }) => id === draft.worktree);
    if (!chosen) return refused(refusal('no-worktree', words.unknown, words.noneNext));
    const { id, files, commits, branch } = chosen;
    const holds = files + commits > 0;
    const detail = words.detail(files, commits, forMessage(branch, 120));
    if (holds && !(await confirmed(words.confirm(forMessage(id, 80)), detail))) return cancelled;
    const trouble = await room.house.worktrees.remove(id, holds);
    return trouble ? refused(trouble) : said(words.done(id));
  });
}

function choiceOf({ id, path, worker, todo, files, commits }: LeftWorktree) {
  return {
    label: forPick(id, 60),
    description: forPick(words.holds(worker, todo, files, commits), 120),
    detail: forPick(path, 200),
    value: id,
  };
}
