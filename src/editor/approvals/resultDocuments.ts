import * as vscode from 'vscode';
import type { State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { visible } from '../../core/views/visible.ts';
import { resultScheme } from '../ids.ts';
import { result as words } from '../surfaceWords.ts';

/** The document of a result as it is shown: nothing hidden, and a warning first where something was. */
async function shownResult(state: State, n: number): Promise<string> {
  const { resultDocument, resultHides } = await import('../../core/views/resultDocument.ts');
  const text = visible(resultDocument(state, n));
  return resultHides(state, n) ? `${words.hidden}\n\n${text}` : text;
}

/** Results as read-only documents, drawn anew when their standing changes. */
export class ResultDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #state: () => State;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registered: vscode.Disposable;

  constructor(state: () => State) {
    this.#state = state;
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(resultScheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return shownResult(this.#state(), resultOf(uri) ?? 0);
  }

  refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === resultScheme) this.#changed.fire(uri);
    }
  }

  async open(result: number, keepFocus = false): Promise<void> {
    const document = await vscode.workspace.openTextDocument(resultUri(result));
    await vscode.window.showTextDocument(document, {
      viewColumn: columnOfResults() ?? vscode.ViewColumn.Active,
      preview: true,
      preserveFocus: keepFocus,
    });
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}

/** Results stay in one column, so that reading three of them does not leave four. */
function columnOfResults(): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === resultScheme),
  )?.viewColumn;
}

function resultUri(result: number): vscode.Uri {
  return vscode.Uri.from({ scheme: resultScheme, path: `/Result ${result}` });
}

/** The number of the result that a document shows. */
export function resultOf(uri: vscode.Uri): number | undefined {
  const found = uri.scheme === resultScheme ? /^\/Result ([1-9]\d{0,8})$/.exec(uri.path)?.[1] : undefined;
  return found === undefined ? undefined : Number(found);
}

/** The result in the active editor, while it waits for a verdict. */
export function shownInReview(state: State): number | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const n = uri && resultOf(uri);
  return n !== undefined && at(state.results, n)?.state === 'review' ? n : undefined;
}
