import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { statusTool, views } from '../../src/editor/ids.ts';

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

  it('P1: VS Code’s chat reads how it all stands, and nothing else', async () => {
    const own = vscode.lm.tools.filter(({ name }) => name.startsWith('lockkeeper'));
    assert.deepEqual(
      own.map(({ name }) => name),
      [statusTool],
    );
    const options = { input: {}, toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool(statusTool, options);
    const [part] = content;
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    assert.match(part.value, /\S/);
    assert.ok(part.value.split('\n').length <= 21, part.value);
    assert.match(part.value, /orchestration/i);
  });

  it('has a folder open', () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });
});
