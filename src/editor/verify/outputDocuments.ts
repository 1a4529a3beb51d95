import * as vscode from 'vscode';
import type { State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { outputScheme } from '../ids.ts';

/** What was run of a result's VERIFY, as a read-only document that follows the runs. */
export class OutputDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #state: () => State;
  readonly #read: (sha256: string) => Promise<string | undefined>;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registered: vscode.Disposable;

  constructor(state: () => State, read: (sha256: string) => Promise<string | undefined>) {
    this.#state = state;
    this.#read = read;
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(outputScheme, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const n = Number(/^\/VERIFY of result ([1-9]\d{0,8})$/.exec(uri.path)?.[1] ?? 0);
    const state = this.#state();
    const kept = new Map<string, string>();
    for (const { output } of at(state.results, n)?.witnessed ?? []) {
      const text = await this.#read(output.sha256);
      if (text !== undefined) kept.set(output.sha256, text);
    }
    const { verifyDocument } = await import('../../core/views/verifyDocument.ts');
    return verifyDocument(state, n, (sha256) => kept.get(sha256));
  }

  refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === outputScheme) this.#changed.fire(uri);
    }
  }

  async open(result: number): Promise<void> {
    const uri = vscode.Uri.from({ scheme: outputScheme, path: `/VERIFY of result ${result}` });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}
