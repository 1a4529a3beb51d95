import * as vscode from 'vscode';
import { standingScheme, statusTool } from '../ids.ts';
import { forTab } from '../inert.ts';
import type { Room } from '../room.ts';

const minute = 60_000;
const words = { reading: 'Reading how the team stands' } as const;

/**
 * P1, P10: how things stand, as read-only documents that follow the work: all of it in twenty lines, and the task of each
 * worker whole. VS Code is told only of a text that is another one.
 */
export class StandingDocuments
  implements vscode.TextDocumentContentProvider, vscode.LanguageModelTool<object>, vscode.Disposable
{
  readonly #room: Room;
  readonly #shown = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #owned: vscode.Disposable;
  #refreshing = Promise.resolve();

  constructor(room: Room) {
    this.#room = room;
    const ticking = setInterval(() => this.refresh(), minute);
    this.#owned = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(standingScheme, this),
      vscode.lm.registerTool(statusTool, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#shown.delete(uri.toString())),
      { dispose: () => clearInterval(ticking) },
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const text = await this.textOf(uri);
    this.#shown.set(uri.toString(), text);
    return text;
  }

  async textOf(uri: vscode.Uri): Promise<string> {
    const worker = workerOf(uri);
    if (worker === undefined) return this.syncStatus();
    const { taskDocument } = await import('../../core/views/taskDocument.ts');
    return taskDocument(this.#room.state, worker);
  }

  /** The summary, as it stands now. */
  async syncStatus(): Promise<string> {
    const { syncStatus } = await import('../../core/views/syncStatus.ts');
    const { house, state } = this.#room;
    const lines = syncStatus(state, {
      now: Date.now(),
      lateAfterMinutes: house.workspace().firstDispatchMinutes,
      heard: (worker) => house.lastContact(worker),
    });
    return `${lines.join('\n')}\n`;
  }

  prepareInvocation(): vscode.PreparedToolInvocation {
    return { invocationMessage: words.reading };
  }

  /** The same for VS Code's chat, to be read alone. */
  async invoke(): Promise<vscode.LanguageModelToolResult> {
    const { shut } = this.#room;
    const text = shut ? `${shut.sentence} ${shut.next}` : await this.syncStatus();
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  }

  /** One look after the other, each at what then stands. */
  refresh(): void {
    if (!vscode.workspace.textDocuments.some(({ uri }) => uri.scheme === standingScheme)) return;
    this.#refreshing = this.#refreshing.then(() => this.#look());
  }

  async open(uri: vscode.Uri): Promise<void> {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  }

  dispose(): void {
    this.#owned.dispose();
    this.#changed.dispose();
  }

  async #look(): Promise<void> {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme !== standingScheme) continue;
      const text = await this.textOf(uri);
      if (this.#shown.get(uri.toString()) !== text) this.#changed.fire(uri);
    }
  }
}

export const syncUri = vscode.Uri.from({ scheme: standingScheme, path: '/Sync Status' });

/** The document of a worker's task; its name is for the tab alone. */
export function taskUri(worker: number, name: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: standingScheme,
    path: `/Task of ${forTab(name)}`,
    query: `worker=${worker}`,
  });
}

function workerOf({ query }: vscode.Uri): number | undefined {
  const [, n] = /^worker=([1-9]\d{0,8})$/.exec(query) ?? [];
  return n === undefined ? undefined : Number(n);
}
