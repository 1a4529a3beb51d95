import * as vscode from 'vscode';
import type { FileNames } from './fileNames.ts';

/** The files with edits in this window that are not on the disk: texts, notebooks, and editors of other extensions. */
function unsavedFiles(): readonly vscode.Uri[] {
  const { textDocuments, notebookDocuments } = vscode.workspace;
  const documents = [...textDocuments, ...notebookDocuments].filter(({ isDirty }) => isDirty);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.filter(({ isDirty }) => isDirty));
  const shown = tabs.flatMap(({ input }) => (input instanceof vscode.TabInputCustom ? [input.uri] : []));
  const found = [...documents.map(({ uri }) => uri), ...shown].filter(({ scheme }) => scheme === 'file');
  return [...new Map(found.map((uri) => [uri.toString(), uri])).values()];
}

/** Their workspace names. */
export function unsavedNames(names: FileNames): readonly string[] {
  return unsavedFiles().flatMap((uri) => names.now(uri) ?? []);
}

/** Those with one of these names. */
export function unsavedOf(wanted: readonly string[], names: FileNames): readonly vscode.Uri[] {
  return unsavedFiles().filter((uri) => wanted.includes(names.now(uri) ?? ''));
}
