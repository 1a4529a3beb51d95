import * as z from 'zod/mini';
import { refusal } from '../contract/refusal.ts';
import { action, cancelled, refused, said, type Action } from './action.ts';
import { confirmed } from './asking/walk.ts';
import { confirms, journal as words } from './prompts.ts';
import type { Room } from './room.ts';

const nothing = z.object({});
const missing = new Set(['rolled-back', 'replaced']);

/** The way out of a journal that an error shut: it is opened and verified again. */
export function reopenJournal(room: Room): Action {
  return action(nothing, async () => {
    if (room.shut) return refused(room.shut);
    const trouble = await room.house.journal.reopen();
    return trouble ? refused(trouble) : said(words.open);
  });
}

/** The person's word to go on without the events that are missing. It ends in a modal. */
export function acceptJournal(room: Room): Action {
  return action(nothing, async () => {
    if (room.shut) return refused(room.shut);
    if (!missing.has(room.house.desk?.trouble?.code ?? ''))
      return refused(refusal('nothing-missing', words.sound, 'Reopen it if it takes nothing.'));
    if (!(await confirmed(confirms.acceptJournal, confirms.acceptJournalDetail))) return cancelled;
    const trouble = await room.house.journal.acceptAsItIs();
    return trouble ? refused(trouble) : said(words.open);
  });
}
