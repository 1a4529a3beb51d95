import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { visible } from '../../core/views/visible.ts';
import { openFolders } from '../openFolders.ts';
import { filesNamed, readName, type NamedFile } from './namedFile.ts';

/**
 * Opens a file that a packet names, at its line, beside what is shown; first where `elsewhere` says it is, by its
 * workspace name. Nothing outside the workspace opens.
 * Gives back a sentence where nothing was opened.
 */
export async function openNamedFile(
  name: string,
  elsewhere: (name: string) => Promise<vscode.Uri | undefined> | undefined,
): Promise<string | undefined> {
  const roots = openFolders();
  const named = readName(
    name,
    roots.map((root) => root.name),
  );
  if (!named) return `“${visible(name)}” does not name a file of this workspace, so it was not opened.`;
  const own = await elsewhere(named.folder === undefined ? named.path : `${named.folder}/${named.path}`);
  if (own) {
    await open(own, named);
    return undefined;
  }
  const found = await filesNamed(named, roots);
  const [only] = found.length > 1 ? [await whichFolder(found)] : found;
  if (found.length === 0) return `“${visible(named.path)}” is not in this workspace.`;
  if (!only) return undefined;
  const uri = vscode.Uri.file(only.file);
  if ((await stat(only.file)).isDirectory()) {
    await vscode.commands.executeCommand('revealInExplorer', uri);
    return undefined;
  }
  await open(uri, named);
  return undefined;
}

async function open(uri: vscode.Uri, { line, column }: NamedFile): Promise<void> {
  const start = new vscode.Position(Math.max(0, (line ?? 1) - 1), Math.max(0, (column ?? 1) - 1));
  const selection = line === undefined ? {} : { selection: new vscode.Range(start, start) };
  await vscode.commands.executeCommand('vscode.open', uri, {
    viewColumn: vscode.ViewColumn.Beside,
    preview: true,
    ...selection,
  });
}

type Found = Awaited<ReturnType<typeof filesNamed>>[number];

async function whichFolder(found: readonly Found[]): Promise<Found | undefined> {
  const rows = found.map((place) => ({ label: place.name, description: place.fsPath, place }));
  const picked = await vscode.window.showQuickPick(rows, { title: 'In which folder?' });
  return picked?.place;
}
