import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { action, refused, said, type Action } from '../action.ts';
import type { Room } from '../room.ts';
import { syncUri, type StandingDocuments } from './documents.ts';
import { standing as words } from './sentences.ts';

/** P1: how all of it stands, in at most twenty lines. */
export function syncStatus(room: Room, documents: StandingDocuments): Action {
  return action(z.object({}), async () => {
    if (room.shut) return refused(room.shut);
    await documents.open(syncUri);
    return said(words.opened);
  });
}

/** The same on the clipboard, to be handed on. */
export function copySyncStatus(room: Room, documents: StandingDocuments): Action {
  return action(z.object({}), async () => {
    if (room.shut) return refused(room.shut);
    await vscode.env.clipboard.writeText(await documents.syncStatus());
    void vscode.window.setStatusBarMessage(`$(check) ${words.copied}`, shownFor);
    return said(words.copied);
  });
}

/** Milliseconds: long enough to be read, and no notification. */
const shownFor = 8_000;
