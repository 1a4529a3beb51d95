import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Side } from '../../contract/ownership.ts';
import { refusal } from '../../contract/refusal.ts';
import { at } from '../../core/table.ts';
import { action, refused, said, type Action, type Outcome } from '../action.ts';
import { focusOf } from '../ids.ts';
import type { Room } from '../room.ts';
import type { Ownership } from './ownership.ts';
import { revert } from './reverting.ts';
import { ownership as words } from './words.ts';

const about = z.object({ file: z.optional(z.string()) });

const noFile = refused(
  refusal('no-file', 'No file of this workspace is open here.', 'Open the file, and run the command there.'),
);

function fileOf(given: string | undefined): vscode.Uri | undefined {
  return given === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(given);
}

/** The worker goes on, and what the person did in its file is undone. */
export function leaveToWorker(room: Room, ownership: () => Promise<Ownership>): Action {
  return action(about, async ({ file }) => {
    const uri = fileOf(file);
    const name = uri && (await room.house.names.of(uri));
    if (!uri || name === undefined) return noFile;
    const isUnsaved = (): boolean =>
      vscode.workspace.textDocuments.some((one) => one.uri.toString() === uri.toString() && one.isDirty);
    if (!isUnsaved()) {
      return refused(
        refusal(
          'nothing-unsaved',
          `Nothing in ${name} waits to be saved, so there is nothing to undo.`,
          'What was saved already is undone in the editor, and saved again.',
        ),
      );
    }
    await revert(uri);
    if (isUnsaved())
      return refused(refusal('still-unsaved', words.stillDirty(name), 'Undo or save them by hand.'));
    (await ownership()).settle(uri);
    return said(words.left(name));
  });
}

/** P7: the worker is frozen on the file, and it is the user's until given back. */
export function takeOver(room: Room, ownership: () => Promise<Ownership>): Action {
  return withWorkersFile(room, ownership, async (own, name, side) => {
    const opened = await own.dispute([name], side, 'user', words.typed);
    const conflict = opened.ok && 'made' in opened ? opened.made.conflict : undefined;
    if (conflict === undefined) return opened;
    const users = at(room.state.conflicts, conflict)?.sides[0].kind === 'user' ? 1 : 2;
    return room.submit({ type: 'assign-owner', conflict, side: users, reason: words.taken });
  });
}

/** P7: a case, to be worked to its end. */
export function coordinate(room: Room, ownership: () => Promise<Ownership>): Action {
  return withWorkersFile(room, ownership, async (own, name, side) => {
    const opened = await own.dispute([name], side, 'user', words.typed);
    if (opened.ok) await vscode.commands.executeCommand(focusOf('lockkeeper.inbox'));
    return opened;
  });
}

function withWorkersFile(
  room: Room,
  ownership: () => Promise<Ownership>,
  run: (own: Ownership, name: string, side: Side) => Promise<Outcome>,
): Action {
  return action(about, async ({ file }) => {
    if (room.shut) return refused(room.shut);
    const uri = fileOf(file);
    if (!uri || uri.scheme !== 'file') return noFile;
    const own = await ownership();
    const name = await room.house.names.of(uri);
    if (name === undefined) return noFile;
    const held = await own.heldBy(uri);
    if (held?.by.kind !== 'worker') {
      const whose = held ? `${name} belongs to ${held.who}.` : `${name} belongs to nobody.`;
      return refused(
        refusal(
          'no-workers-file',
          `${whose} No worker has it.`,
          'Nothing has to be done: it is yours to change.',
        ),
      );
    }
    const outcome = await run(own, name, held.by);
    if (outcome.ok) own.settle(uri);
    return outcome;
  });
}
