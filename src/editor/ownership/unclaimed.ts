import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { refusal } from '../../contract/refusal.ts';
import { action, cancelled, refused, said, type Action } from '../action.ts';
import { pickStop, walk } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import type { Ownership } from './ownership.ts';
import type { Room } from '../room.ts';
import { asks, rows, titles } from './sentences.ts';
import { shown } from './showing.ts';

const showing = z.object({ file: z.optional(z.string()), dispatch: z.optional(z.int()) });
type Showing = z.output<typeof showing>;

/** What was written beside every scope, or by a worker outside its own in its worktree, to open one of them. */
export function showUnclaimed(room: Room, ownership: () => Promise<Ownership>): Action {
  return action(showing, async (given) => {
    if (room.shut) return refused(room.shut);
    const { unclaimed, outside } = await ownership();
    const { dispatch } = given;
    const names =
      dispatch === undefined ? unclaimed.names : outside.of(dispatch).map(({ name, path }) => name ?? path);
    if (names.length === 0) return refused(nothingUnclaimed);
    const choices = names.map((name) => ({ label: forPick(name, 200), value: name }));
    const draft = await walk<Showing>(titles.unclaimed, given, [
      pickStop<Showing, 'file'>('file', () => ({ placeholder: asks.entry, choices })),
    ]);
    if (draft?.file === undefined) return cancelled;
    const there = dispatch === undefined ? undefined : await room.house.worktrees.file(dispatch, draft.file);
    if (there) await vscode.commands.executeCommand('vscode.open', there);
    else await shown(draft.file);
    return said(rows.shown(draft.file));
  });
}

/** The person has seen it. */
export function dismissUnclaimed(room: Room, ownership: () => Promise<Ownership>): Action {
  return action(z.object({}), async () => {
    if (room.shut) return refused(room.shut);
    const { unclaimed: known } = await ownership();
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
