import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { parseWorkerText } from '../../contract/text/workerText.ts';
import { at } from '../../core/table.ts';
import { taskOf } from '../../core/task.ts';
import { action, refused, type Action } from '../action.ts';
import { folderNames } from '../openFolders.ts';
import type { PacketDesk } from '../packets/packetDesk.ts';
import { incomplete, readSent } from '../packets/sent.ts';
import type { Room } from '../room.ts';
import { dispatchMeant } from './carrying.ts';
import { byHand, sent as words } from './sentences.ts';

const n = z.optional(z.int().check(z.minimum(1)));
const pasting = z.object({ dispatch: n, worker: n, text: z.optional(z.string()) });
/** In UTF-16 units; a whole packet fits many times over. */
const longest = 1_048_576;

/**
 * T3, T4: what a worker that works by hand sent goes into the record: a question, a result or progress. What is
 * not complete stays as a document, with all that was pasted.
 */
export function pasteFromWorker(room: Room, packets: PacketDesk): Action {
  return action(pasting, async ({ dispatch, worker, text: given }) => {
    const { shut } = room;
    if (shut) return refused(shut);
    const text = given ?? (await textAtHand());
    if (text.length > longest) return refused(words.pasteTooLong(longest));
    const named = taskOf(parseWorkerText(text)?.task ?? '');
    const asked =
      dispatch === undefined && worker === undefined
        ? { dispatch: known(room, named?.dispatch) }
        : { dispatch, worker };
    const meant = await dispatchMeant(room, byHand.titles.paste, asked);
    if ('ok' in meant) return meant;
    const sender = { worker: meant.worker, dispatch: meant.n };
    if (text.trim() === '') return packets.openSent(sender, '');
    const read = readSent(room.state, sender, text, folderNames());
    if (read.act && read.flaws.length === 0 && !read.refusal) return room.enter(sender.worker, read.act);
    await packets.openSent(sender, text);
    const why = read.refusal ?? incomplete(read.kind ?? 'result', read.flaws);
    return refused(why);
  });
}

function known(room: Room, dispatch: number | undefined): number | undefined {
  return dispatch !== undefined && at(room.state.dispatches, dispatch) ? dispatch : undefined;
}

/** What is selected in the editor; else the clipboard, where it holds something of a worker's. */
async function textAtHand(): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  if (selected.trim() !== '') return selected;
  const copied = await vscode.env.clipboard.readText();
  return copied.length > longest || parseWorkerText(copied) ? copied : '';
}

const noting = z.object({ dispatch: n, worker: n });

/** The first act of a worker that works by hand: it has its task. */
export function noteTaken(room: Room): Action {
  return action(noting, async (given) => {
    const { shut } = room;
    if (shut) return refused(shut);
    const meant = await dispatchMeant(room, byHand.titles.taken, given);
    if ('ok' in meant) return meant;
    return room.enter(meant.worker, { type: 'acknowledge', dispatch: meant.n, epoch: meant.epoch });
  });
}
