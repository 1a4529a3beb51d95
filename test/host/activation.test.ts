import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { views } from '../../src/editor/ids.ts';

describe('the extension in its host', () => {
  it('activates when one of its views is shown', async () => {
    const extension = vscode.extensions.getExtension('lockkeeper.lockkeeper');
    assert.ok(extension !== undefined);
    await vscode.commands.executeCommand('lockkeeper.todo.focus');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('has its views', async () => {
    const commands = new Set(await vscode.commands.getCommands());
    for (const view of views) {
      assert.ok(commands.has(`${view}.focus`), view);
      await vscode.commands.executeCommand(`${view}.focus`);
    }
  });

  it('has a folder open', () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });
});
