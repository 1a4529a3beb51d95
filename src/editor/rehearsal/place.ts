import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { House } from '../house.ts';
import { story } from './story.ts';

const projectName = 'canal-lock';

/** The rehearsal as it ships, and whether one of the open folders is a copy of its project. */
export async function readRehearsal(
  extensionUri: vscode.Uri,
  copyProject: (project: string) => Promise<string>,
): Promise<House['rehearsal']> {
  const home = vscode.Uri.joinPath(extensionUri, 'media', 'rehearsal');
  const told = story.safeParse(await readJson(vscode.Uri.joinPath(home, 'story.json')));
  const names = await Promise.all(
    (vscode.workspace.workspaceFolders ?? []).map(({ uri }) =>
      readJson(vscode.Uri.joinPath(uri, 'package.json')),
    ),
  );
  return {
    story: told.success ? told.data : undefined,
    isHere: names.some(
      (one) => typeof one === 'object' && one !== null && 'name' in one && one.name === projectName,
    ),
    makeFolder: async () => vscode.Uri.file(await copyProject(vscode.Uri.joinPath(home, 'project').fsPath)),
  };
}

async function readJson(uri: vscode.Uri): Promise<unknown> {
  try {
    // Not by `workspace.fs`: it asks the window first, and at the start the window is busy.
    return JSON.parse(await readFile(uri.fsPath, 'utf8'));
  } catch {
    return undefined;
  }
}
