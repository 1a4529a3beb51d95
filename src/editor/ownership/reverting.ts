import * as vscode from 'vscode';

/** Undoes what is not saved in a file. Only the editor that is shown can be told to; so it is shown. */
export async function revert(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
