import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { action, cancelled, isCancelled, refused, said, type Action, type Outcome } from '../action.ts';
import { numberStop } from '../asking/stops.ts';
import { walk } from '../asking/walk.ts';
import type { Room } from '../room.ts';
import { offerTimeline } from '../timeline/showing.ts';
import type { HandoffDocuments } from './documents.ts';
import { handoff as words, noneYet, notSaved } from './sentences.ts';

const about = z.object({ orchestration: z.optional(z.int().check(z.minimum(1))) });
type About = z.output<typeof about>;

/** The handoff of the orchestration that is open, or of one that is closed. */
export function handOff(room: Room, documents: HandoffDocuments): Action {
  return action(about, (given) =>
    withOne(room, words.titles.open, given, async (n) => {
      await documents.open(n);
      return said(words.opened(n));
    }),
  );
}

export function copyHandoff(room: Room, documents: HandoffDocuments): Action {
  return action(about, (given) =>
    withOne(room, words.titles.copy, given, async (n) => {
      await vscode.env.clipboard.writeText(await documents.textOf(n));
      return said(words.copied(n));
    }),
  );
}

/** Into a file that the person names. */
export function saveHandoff(room: Room, documents: HandoffDocuments): Action {
  return action(about, (given) =>
    withOne(room, words.titles.save, given, async (n) => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      const name = words.file(n);
      const chosen = await vscode.window.showSaveDialog({
        title: words.titles.save,
        filters: { Markdown: ['md'] },
        ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, name) } : {}),
      });
      if (!chosen) return cancelled;
      const outcome = await written(chosen, await documents.textOf(n));
      if (!outcome.ok) return outcome;
      const picture = await offerTimeline(room, n, chosen);
      return isCancelled(picture) ? outcome : picture;
    }),
  );
}

async function written(uri: vscode.Uri, text: string): Promise<Outcome> {
  try {
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    return said(words.saved(vscode.workspace.asRelativePath(uri)));
  } catch (error) {
    return refused(notSaved(error instanceof Error ? error.message : String(error)));
  }
}

async function withOne(
  room: Room,
  title: string,
  given: About,
  use: (n: number) => Promise<Outcome>,
): Promise<Outcome> {
  if (room.shut) return refused(room.shut);
  const newest = room.state.orchestration?.n;
  if (newest === undefined) return refused(noneYet);
  const only = newest === 1 && given.orchestration === undefined ? { orchestration: 1 } : given;
  const draft = await walk<About>(title, only, [
    numberStop<'orchestration', About>('orchestration', words.which, () =>
      Array.from({ length: newest }, (_, index) => ({
        label: words.row(newest - index),
        value: newest - index,
      })),
    ),
  ]);
  const n = draft?.orchestration;
  if (n === undefined) return cancelled;
  return n > newest ? refused(noneYet) : use(n);
}
