import * as vscode from 'vscode';
import type { Held } from './held.ts';
import { ownership as words } from './words.ts';

/** Owned and locked files in the explorer: two letters of the owner, a colour, and who it is for whoever asks. */
export class OwnedFiles implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #heldBy: (uri: vscode.Uri) => Promise<Held | undefined>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #registered: vscode.Disposable;
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(heldBy: (uri: vscode.Uri) => Promise<Held | undefined>) {
    this.#heldBy = heldBy;
    this.#registered = vscode.window.registerFileDecorationProvider(this);
  }

  async provideFileDecoration(uri: vscode.Uri): Promise<vscode.FileDecoration | undefined> {
    const held = await this.#heldBy(uri);
    if (!held) return undefined;
    return new vscode.FileDecoration(
      held.badge,
      words.owned(held.who),
      new vscode.ThemeColor('charts.purple'),
    );
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}
