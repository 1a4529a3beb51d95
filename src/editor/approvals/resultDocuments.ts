import * as vscode from 'vscode';
import type { ChangeSeen } from '../../core/change.ts';
import type { State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { visible } from '../../core/views/visible.ts';
import type { Review } from '../../core/views/resultDocument.ts';
import { resultScheme } from '../ids.ts';
import type { Room } from '../room.ts';
import { result as words } from '../surfaceWords.ts';

/** The document of a result as it is shown: nothing hidden, and a warning first where something was. */
async function shownResult(state: State, n: number, review: Review | undefined): Promise<string> {
  const { resultDocument, resultHides } = await import('../../core/views/resultDocument.ts');
  const text = visible(resultDocument(state, n, review));
  return resultHides(state, n) ? `${words.hidden}\n\n${text}` : text;
}

/** Results as read-only documents, drawn anew when their standing changes. */
export class ResultDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #room: Room;
  /** What was last measured of each result that was looked at. */
  readonly #seen = new Map<number, ChangeSeen>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registered: vscode.Disposable;

  constructor(room: Room) {
    this.#room = room;
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(resultScheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const n = resultOf(uri) ?? 0;
    const seen = this.#seen.get(n);
    const { state, house } = this.#room;
    return shownResult(state, n, seen && { seen, workspace: house.workspace() });
  }

  /** What was last measured of a result: what the person looks at. */
  seen(result: number): ChangeSeen | undefined {
    return this.#seen.get(result);
  }

  /** Measures what a result that waits for its verdict changed, and draws its document with that. */
  async look(result: number): Promise<ChangeSeen | undefined> {
    if (at(this.#room.state.results, result)?.state !== 'review') return undefined;
    const seen = await this.#room.house.changes.measure(result);
    this.#seen.set(result, seen);
    this.#changed.fire(resultUri(result));
    return seen;
  }

  refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === resultScheme) this.#changed.fire(uri);
    }
  }

  async open(result: number, keepFocus = false): Promise<void> {
    const looked = this.look(result);
    const document = await vscode.workspace.openTextDocument(resultUri(result));
    await vscode.window.showTextDocument(document, {
      viewColumn: columnOfResults() ?? vscode.ViewColumn.Active,
      preview: true,
      preserveFocus: keepFocus,
    });
    // VS Code hears of no change to a document that it is still opening.
    if (await looked) this.#changed.fire(resultUri(result));
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
