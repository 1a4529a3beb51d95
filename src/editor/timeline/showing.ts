import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { timelineOf } from '../../core/views/timeline.ts';
import { timelineSvg } from '../../core/views/timelineSvg.ts';
import { action, cancelled, refused, said, type Action, type Outcome } from '../action.ts';
import { noneYet } from '../handoff/sentences.ts';
import type { Room } from '../room.ts';
import { notSaved, timeline as words } from './sentences.ts';
import type { Timelines } from './timelines.ts';

const about = z.object({ orchestration: z.optional(z.int().check(z.minimum(1))) });

/** One picture of an orchestration: the newest one, where none is named. */
export function showTimeline(room: Room, timelines: Timelines): Action {
  return action(about, async ({ orchestration }) => {
    if (room.shut) return refused(room.shut);
    const n = known(room, orchestration);
    if (n === undefined) return refused(noneYet);
    await timelines.show(orchestration);
    return said(words.shown(n));
  });
}

/** The same as an SVG file that the person names. */
export function saveTimeline(room: Room): Action {
  return action(about, async ({ orchestration }) => {
    if (room.shut) return refused(room.shut);
    const n = known(room, orchestration);
    if (n === undefined) return refused(noneYet);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    return saveAs(room, n, folder && vscode.Uri.joinPath(folder.uri, words.file(n)));
  });
}

/** Offers the picture beside a handoff that was saved. What lies there already is not written over unasked. */
export async function offerTimeline(room: Room, n: number, handoff: vscode.Uri): Promise<Outcome> {
  const beside = vscode.Uri.joinPath(handoff, '..', words.file(n));
  const both = words.both(words.file(n));
  const chosen = await vscode.window.showQuickPick([words.only, both], {
    title: words.titles.save,
    placeHolder: words.beside,
    ignoreFocusOut: true,
  });
  if (chosen !== both) return cancelled;
  return (await isThere(beside)) ? saveAs(room, n, beside) : written(room, n, beside);
}

function known(room: Room, asked: number | undefined): number | undefined {
  const newest = room.state.orchestration?.n;
  return newest === undefined || (asked ?? newest) > newest ? undefined : (asked ?? newest);
}

async function saveAs(room: Room, n: number, defaultUri: vscode.Uri | undefined): Promise<Outcome> {
  const chosen = await vscode.window.showSaveDialog({
    title: words.titles.save,
    filters: { SVG: ['svg'] },
    ...(defaultUri ? { defaultUri } : {}),
  });
  return chosen ? written(room, n, chosen) : cancelled;
}

async function written(room: Room, n: number, uri: vscode.Uri): Promise<Outcome> {
  const found = timelineOf(room.house.desk?.history() ?? [], n, Date.now());
  if (!found) return refused(noneYet);
  try {
    await vscode.workspace.fs.writeFile(uri, Buffer.from(timelineSvg(found, clock)));
    return said(words.saved(vscode.workspace.asRelativePath(uri)));
  } catch (error) {
    return refused(notSaved(error instanceof Error ? error.message : String(error)));
  }
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

const day = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric' });
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

function clock(at: number, isDay: boolean): string {
  return isDay ? day.format(at) : time.format(at);
}
