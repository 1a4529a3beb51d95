import * as vscode from 'vscode';
import { nextAction, type NextKind } from '../core/views/nextAction.ts';
import { forPick, forRow } from './inert.ts';
import { status as words } from './surfaceWords.ts';
import type { Room } from './room.ts';

const calm: readonly NextKind[] = ['wait', 'sent', 'start', 'close'];

/** P2: the one item that names the one next thing to do; a click does it. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
    this.#item = vscode.window.createStatusBarItem('lockkeeper.next', vscode.StatusBarAlignment.Left, 10);
    this.#item.name = words.name;
    this.#item.command = 'lockkeeper.next';
    this.refresh();
  }

  refresh(): void {
    if (this.#room.shut) {
      this.#item.hide();
      return;
    }
    const { kind, sentence } = nextAction(this.#room.state);
    const icon = kind === 'wait' ? 'check' : calm.includes(kind) ? 'lock' : 'arrow-right';
    this.#item.text = `$(${icon}) ${forPick(sentence, 70)}`;
    this.#item.tooltip = forRow(sentence, 300);
    this.#item.accessibilityInformation = { label: words.spoken(forRow(sentence, 300)) };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
