import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { configScheme } from '../ids.ts';

/** Texts of files as they are to be, to be looked at beside what they are. */
export class ConfigDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registered = vscode.workspace.registerTextDocumentContentProvider(configScheme, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.query) ?? '';
  }

  /** The address of a text that the file at this path has, or is to have. */
  sideOf(path: string, text: string | undefined): vscode.Uri | undefined {
    if (text === undefined) return undefined;
    const query = createHash('sha256').update(text).digest('hex');
    this.#texts.set(query, text);
    return vscode.Uri.file(path).with({ scheme: configScheme, query });
  }

  dispose(): void {
    this.#registered.dispose();
  }
}
