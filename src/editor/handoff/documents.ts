import * as vscode from 'vscode';
import { handoffScheme } from '../ids.ts';
import type { Room } from '../room.ts';

/** P11: what each orchestration came to, as a read-only document; that of the open one follows the work. */
export class HandoffDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #room: Room;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registered: vscode.Disposable;

  constructor(room: Room) {
    this.#room = room;
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(handoffScheme, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return this.textOf(orchestrationOf(uri) ?? 0);
  }

  async textOf(n: number): Promise<string> {
    const { desk } = this.#room.house;
    const { state } = this.#room;
    const then = state.orchestration?.n === n ? state : desk?.stateAtClosing(n);
    if (!then) return `There is no orchestration ${n}.\n`;
    const { handoffDocument } = await import('../../core/views/handoffDocument.ts');
    return handoffDocument(then);
  }

  refresh(): void {
    const now = this.#room.state.orchestration?.n;
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === handoffScheme && orchestrationOf(uri) === now) this.#changed.fire(uri);
    }
  }

  async open(n: number): Promise<void> {
    const uri = vscode.Uri.from({ scheme: handoffScheme, path: `/Handoff of orchestration ${n}.md` });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}

/** Whose handoff a document is; undefined for every other document. */
export function orchestrationOf(uri: vscode.Uri): number | undefined {
  if (uri.scheme !== handoffScheme) return undefined;
  const [, n] = /^\/Handoff of orchestration ([1-9]\d{0,8})\.md$/.exec(uri.path) ?? [];
  return n === undefined ? undefined : Number(n);
}
