import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, type Action } from '../action.ts';
import { resultChoices } from '../asking/choices.ts';
import { numberStop, reasonStop } from '../asking/stops.ts';
import { confirmStop, walk } from '../asking/walk.ts';
import { asks, confirms, titles } from '../prompts.ts';
import type { Room } from '../room.ts';

const undoing = z.partial(acts['undo-approval']);
type Undoing = z.output<typeof undoing>;

/** The user's alone: takes an approval back, by a commit on the user's branch or as work. */
export function undoApproval(room: Room): Action {
  const isStanding = (n: number): boolean => {
    const result = at(room.state.results, n);
    return result?.state === 'approved' && result.approval?.undone === undefined;
  };
  return action(undoing, async (given) => {
    const draft = await walk<Undoing>(titles.undoApproval, given, [
      numberStop<'result', Undoing>('result', asks.result, () => resultChoices(room.state, isStanding)),
      reasonStop<Undoing>(asks.why.undo),
      confirmStop<Undoing>(({ result = 1 }) => confirms.undo(result)),
    ]);
    if (!draft) return cancelled;
    return room.submit({ type: 'undo-approval', result: draft.result ?? 1, reason: draft.reason ?? '' });
  });
}
