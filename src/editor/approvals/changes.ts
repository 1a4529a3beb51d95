import * as vscode from 'vscode';
import type { ChangedFile, Measured } from '../../core/change.ts';
import { fileFaults, type FileFault } from '../../core/gates.ts';
import { at } from '../../core/table.ts';
import { kindWords } from '../../core/views/reviewLines.ts';
import { visible } from '../../core/views/visible.ts';
import { changeScheme } from '../ids.ts';
import type { Room } from '../room.ts';
import { changes as words } from '../surfaceWords.ts';

/** Files that are open at once; more of them make the editor slow. */
export const mostFiles = 200;

/** One file of a review, with where its two sides are and what is to be said on its first line. */
export interface Reviewed {
  readonly file: ChangedFile;
  readonly left: vscode.Uri | undefined;
  readonly right: vscode.Uri | undefined;
  readonly faults: readonly string[];
  /** What the text does not show: a mode, a link, a binary. */
  readonly notes: readonly string[];
}

/** The files of a change, worst first: what fails a gate, then what the text does not show, then the rest. */
export function reviewed(room: Room, { result, files, merge, base, tree }: Measured): readonly Reviewed[] {
  const dispatch = at(room.state.dispatches, at(room.state.results, result)?.dispatch ?? 0);
  const found = dispatch ? fileFaults(room.state, dispatch, { files, merge }, room.house.workspace()) : [];
  const faultsOf = new Map<ChangedFile, FileFault[]>();
  for (const one of found) faultsOf.set(one.file, [...(faultsOf.get(one.file) ?? []), one]);
  const shown = files.map((file): Reviewed => {
    const { path, from, how, kind } = file;
    // Of a submodule there are no bytes: one side says so.
    const isBoth = kind !== 'submodule' || how === 'deleted';
    return {
      file,
      left: how === 'added' || !isBoth ? undefined : sideOf(base, from?.path ?? path),
      right: how === 'deleted' ? undefined : sideOf(tree, path),
      faults: (faultsOf.get(file) ?? []).map(({ why }) => visible(why)),
      notes: notesOf(file),
    };
  });
  const weight = ({ faults, notes }: Reviewed): number => (faults.length > 0 ? 0 : notes.length > 0 ? 1 : 2);
  return shown.toSorted((one, other) => weight(one) - weight(other));
}

function notesOf(file: ChangedFile): readonly string[] {
  const isPlain = file.kind === 'file' && !file.binary && file.mode.old === file.mode.new;
  const isNew = file.kind === 'file' && !file.binary && file.how === 'added' && file.mode.new === '100644';
  return isPlain || isNew || file.how === 'deleted' ? [] : [kindWords(file).join(', ')];
}

function sideOf(tree: string, path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: changeScheme, path: `/${path}`, query: tree });
}

/** Opens a page of a change (from 0) in VS Code's own editor for several differences. */
export async function openChanges(result: number, all: readonly Reviewed[], page: number): Promise<void> {
  const files = all.slice(page * mostFiles, (page + 1) * mostFiles);
  const title = words.title(result, all.length, page * mostFiles, files.length);
  const sides = files.map(({ file, left, right }) => [right ?? left ?? sideOf('', file.path), left, right]);
  await vscode.commands.executeCommand('vscode.changes', title, sides);
}
