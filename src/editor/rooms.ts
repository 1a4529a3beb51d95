import type * as vscode from 'vscode';

/** Everything that lives as long as the window’s house. Disposed in reverse; what arrives after that is disposed at once. */
export class Rooms implements vscode.Disposable {
  readonly #rooms: { dispose(): unknown }[] = [];
  #isOver = false;

  add(room: { dispose(): unknown }): void {
    if (this.#isOver) room.dispose();
    else this.#rooms.push(room);
  }

  dispose(): void {
    this.#isOver = true;
    for (const room of this.#rooms.splice(0).reverse()) room.dispose();
  }
}
