import * as vscode from 'vscode';
import { markScheme } from '../ids.ts';
import type { Room } from '../room.ts';
import type { openTimelinePanel } from './timelinePanel.ts';
import { timelineView } from './places.ts';

/** The timeline, loaded when somebody or a reload wants it, and the documents its marks open. */
export class Timelines implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #room: Room;
  readonly #registered: vscode.Disposable;
  #loading: Promise<ReturnType<typeof openTimelinePanel>> | undefined;

  constructor(room: Room) {
    this.#room = room;
    this.#registered = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(markScheme, this),
      vscode.window.registerWebviewPanelSerializer(timelineView, {
        deserializeWebviewPanel: async (kept) => (await this.#panel()).revive(kept),
      }),
    );
  }

  /** Shows the timeline of an orchestration, or of the newest one. */
  async show(orchestration?: number): Promise<void> {
    (await this.#panel()).open(orchestration);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const [, kind, n] = /^\/([A-Z][a-z]+) ([1-9]\d{0,8})$/.exec(uri.path) ?? [];
    const { markPacket, isAbout } = await import('../../core/views/markPacket.ts');
    const about = kind?.toLowerCase();
    return isAbout(about) ? markPacket(this.#room.state, { kind: about, n: Number(n) }) : '';
  }

  dispose(): void {
    this.#registered.dispose();
    void this.#loading?.then((panel) => void panel.dispose());
  }

  #panel(): Promise<ReturnType<typeof openTimelinePanel>> {
    return (this.#loading ??= import('./timelinePanel.ts').then((found) =>
      found.openTimelinePanel(this.#room),
    ));
  }
}
