import * as z from 'zod/mini';
import { refusal } from '../../contract/refusal.ts';
import { action, cancelled, refused, said, type Action } from '../action.ts';
import { pickStop, walk } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import type { Room } from '../room.ts';
import { asks, rows, titles } from './sentences.ts';
import { shown } from './showing.ts';
import type { Unclaimed } from './unclaimedRow.ts';

interface Showing {
  readonly file?: string | undefined;
}

/** What was written beside every scope, to open one of them. */
export function showUnclaimed(room: Room, unclaimed: () => Promise<Unclaimed>): Action {
  return action(z.object({ file: z.optional(z.string()) }), async ({ file }) => {
    if (room.shut) return refused(room.shut);
    const { names } = await unclaimed();
    if (names.length === 0) return refused(nothingUnclaimed);
    const choices = names.map((name) => ({ label: forPick(name, 200), value: name }));
    const draft = await walk<Showing>(titles.unclaimed, { file }, [
      pickStop<Showing, 'file'>('file', () => ({ placeholder: asks.entry, choices })),
    ]);
    if (!draft?.file) return cancelled;
    await shown(draft.file);
    return said(rows.shown(draft.file));
  });
}

/** The person has seen it. */
export function dismissUnclaimed(room: Room, unclaimed: () => Promise<Unclaimed>): Action {
  return action(z.object({}), async () => {
    if (room.shut) return refused(room.shut);
    const known = await unclaimed();
    const { length } = known.names;
    if (length === 0) return refused(nothingUnclaimed);
    known.dismiss();
    return said(rows.dismissed(length));
  });
}

const nothingUnclaimed = refusal(
  'nothing-unclaimed',
  'No write outside of every scope waits to be seen.',
  'Go on: such a write gets a row in the Inbox.',
);
