import * as vscode from 'vscode';
import { type ViewId, views } from './ids.ts';

class EmptyTree implements vscode.TreeDataProvider<never> {
  getTreeItem(element: never): vscode.TreeItem {
    return element;
  }

  getChildren(): never[] {
    return [];
  }
}

export function createViews(): vscode.Disposable {
  const create = (id: ViewId) => vscode.window.createTreeView(id, { treeDataProvider: new EmptyTree() });
  return vscode.Disposable.from(...views.map(create));
}
