import * as vscode from 'vscode';
import { namedFolders, type NamedFolder } from '../files/folders.ts';

/** The folders of this window that lie on a disk, each under a name of its own. */
export function openFolders(): readonly NamedFolder[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return namedFolders(folders.map(({ name, uri }) => ({ name, fsPath: uri.fsPath })));
}

export function folderNames(): readonly string[] {
  return openFolders().map(({ name }) => name);
}
