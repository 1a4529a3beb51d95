import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { at } from '../../core/table.ts';
import { action, cancelled, refused, said, type Action } from '../action.ts';
import { workerChoices } from '../asking/choices.ts';
import { numberStop } from '../asking/stops.ts';
import { walk } from '../asking/walk.ts';
import { forMessage } from '../inert.ts';
import type { Room } from '../room.ts';
import { syncUri, taskUri, type StandingDocuments } from './documents.ts';
import { noWorker, standing as words } from './sentences.ts';

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

const about = z.object({ worker: z.optional(z.int().check(z.minimum(1))) });
type About = z.output<typeof about>;

/** P10: all that holds of what a worker has; it follows the work. */
export function openTask(room: Room, documents: StandingDocuments): Action {
  return action(about, async (given) => {
    if (room.shut) return refused(room.shut);
    const choices = workerChoices(room.state);
    const [only, other] = choices;
    if (!only) return refused(noWorker);
    const known = { worker: given.worker ?? (other ? undefined : only.value) };
    const draft = await walk<About>(words.title, known, [
      numberStop<'worker', About>('worker', words.which, () => choices),
    ]);
    if (draft?.worker === undefined) return cancelled;
    const worker = at(room.state.workers, draft.worker);
    if (!worker || worker.removed) return refused(noWorker);
    await documents.open(taskUri(worker.n, worker.name));
    return said(words.openedTask(forMessage(worker.name, 60)));
  });
}
