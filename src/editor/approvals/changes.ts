import * as vscode from 'vscode';
import type { Measured } from '../../core/change.ts';
import { mostFiles, pageOf, worstFirst, type Standing } from '../../core/views/worstFirst.ts';
import { changeScheme } from '../ids.ts';
import type { Room } from '../room.ts';
import { changes as words } from '../surfaceWords.ts';

/** One file of a review, with where its two sides are. */
export interface Reviewed extends Standing {
  readonly left: vscode.Uri | undefined;
  readonly right: vscode.Uri | undefined;
}

/** The files of a change, worst first. */
export function reviewed(room: Room, measured: Measured): readonly Reviewed[] {
  return worstFirst(room.state, measured, room.house.workspace()).map((standing): Reviewed => {
    const { path, from, how, kind, apart } = standing.file;
    const { base, tree } = apart ?? measured;
    // Of a submodule there are no bytes: one side says so.
    const isBoth = kind !== 'submodule' || how === 'deleted';
    return {
      ...standing,
      left: how === 'added' || !isBoth ? undefined : sideOf(base, from?.path ?? path),
      right: how === 'deleted' ? undefined : sideOf(tree, path),
    };
  });
}

function sideOf(tree: string, path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: changeScheme, path: `/${path}`, query: tree });
}

/** Opens a page of a change (from 0) in VS Code's own editor for several differences. */
export async function openChanges(result: number, all: readonly Reviewed[], wanted: number): Promise<void> {
  const { page, shown } = pageOf(all, wanted);
  const title = words.title(result, all.length, page * mostFiles, shown.length);
  const sides = shown.map(({ file, left, right }) => [right ?? left ?? sideOf('', file.path), left, right]);
  await vscode.commands.executeCommand('vscode.changes', title, sides);
}
