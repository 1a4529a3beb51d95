import * as vscode from 'vscode';
import type { State } from '../../core/state.ts';
import { packetScheme } from '../ids.ts';

/** Offers what fits where the cursor is in a packet or a replan; what it takes is loaded when it is asked. */
export class PacketCompletions implements vscode.CompletionItemProvider, vscode.Disposable {
  readonly #state: () => State;
  readonly #kindOf: (uri: vscode.Uri) => Promise<string | undefined>;
  readonly #registered: vscode.Disposable;

  constructor(state: () => State, kindOf: (uri: vscode.Uri) => Promise<string | undefined>) {
    this.#state = state;
    this.#kindOf = kindOf;
    this.#registered = vscode.languages.registerCompletionItemProvider(
      { scheme: packetScheme },
      this,
      ' ',
      ',',
    );
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const kind = await this.#kindOf(document.uri);
    if (kind === undefined || kind === 'sent') return [];
    const { fieldCompletions, replanCompletions } = await import('../replan/completions.ts');
    const { line, character } = position;
    const before = document.lineAt(line).text.slice(0, character);
    const found = kind === 'replan' ? replanCompletions(this.#state(), before) : fieldCompletions(before);
    return found.map(({ text, detail, from }, index) => {
      const item = new vscode.CompletionItem(text, vscode.CompletionItemKind.Keyword);
      item.detail = detail;
      item.range = new vscode.Range(line, from, line, character);
      item.filterText = text;
      item.sortText = String(index).padStart(6, '0');
      if (/[ :]$/.test(text)) item.command = { command: 'editor.action.triggerSuggest', title: '' };
      return item;
    });
  }

  dispose(): void {
    this.#registered.dispose();
  }
}
