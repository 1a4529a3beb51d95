import * as vscode from 'vscode';
import type { State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { changes } from '../surfaceWords.ts';
import { resultOf } from './resultDocuments.ts';

/** The result that the active editor shows, as a document or as its changes; VS Code tells no more of those than a title. */
export function shownResult(): number | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const label = vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
  const found = changes.result.exec(label)?.[1];
  return found === undefined ? uri && resultOf(uri) : Number(found);
}

/** Whether the changes that the active editor shows are a page of more. */
export function showsPage(): boolean {
  return changes.page.test(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '');
}

/** The result that is shown, while it waits for a verdict. */
export function shownInReview(state: State): number | undefined {
  const n = shownResult();
  return n !== undefined && at(state.results, n)?.state === 'review' ? n : undefined;
}
