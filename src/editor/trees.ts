import * as vscode from 'vscode';
import { inbox } from '../core/views/inbox.ts';
import { inboxRows } from './inbox/inboxRows.ts';
import type { SettingId } from './ids.ts';
import type { Room } from './room.ts';
import { firstDispatch, gateMessage } from './todo/todoHead.ts';
import { todoRows } from './todo/todoRows.ts';
import { RowTree } from './tree/rowTree.ts';
import { workersTree } from './workers/workerRows.ts';

const minute = 60_000;

/** The three views of the container, drawn from the state; their ages move on while somebody looks. */
export class Trees implements vscode.Disposable {
  readonly #room: Room;
  readonly #todo: RowTree;
  readonly #workers: RowTree;
  readonly #inbox: RowTree;
  readonly #ticking: NodeJS.Timeout;
  readonly #listening: vscode.Disposable;

  constructor(room: Room) {
    this.#room = room;
    this.#todo = new RowTree('lockkeeper.todo', () => todoRows(room.state, Date.now()));
    this.#workers = new RowTree('lockkeeper.workers', (most) => workersTree(room.state, this.#heard(), most));
    this.#inbox = new RowTree('lockkeeper.inbox', (most) =>
      inboxRows(room.state, inbox(room.state), Date.now(), most),
    );
    this.#ticking = setInterval(() => this.#tick(), minute);
    this.#listening = vscode.Disposable.from(
      ...this.#all.map(({ view, refresh }) =>
        view.onDidChangeVisibility(({ visible }) => visible && refresh()),
      ),
    );
    this.#heads();
  }

  get #all(): readonly { readonly view: RowTree['view']; readonly refresh: () => void }[] {
    return [this.#todo, this.#workers, this.#inbox].map((tree) => ({
      view: tree.view,
      refresh: () => tree.refresh(),
    }));
  }

  refresh(): void {
    for (const { refresh } of this.#all) refresh();
    this.#heads();
  }

  showMore(group: string): void {
    for (const tree of [this.#todo, this.#workers, this.#inbox]) tree.showMore(group);
  }

  dispose(): void {
    clearInterval(this.#ticking);
    this.#listening.dispose();
    for (const tree of [this.#todo, this.#workers, this.#inbox]) tree.dispose();
  }

  #tick(): void {
    for (const { view, refresh } of this.#all) if (view.visible) refresh();
    if (this.#todo.view.visible) this.#heads();
  }

  #heads(): void {
    const { state } = this.#room;
    const late = setting('lockkeeper.firstDispatchMinutes', 10);
    this.#todo.view.message = gateMessage(state) ?? '';
    this.#todo.view.description = firstDispatch(state, Date.now(), late) ?? '';
    const { length: value } = inbox(state);
    this.#inbox.view.badge =
      value === 0 ? undefined : { value, tooltip: value === 1 ? '1 thing waits' : `${value} things wait` };
  }

  #heard(): Parameters<typeof workersTree>[1] {
    const { house } = this.#room;
    return { lastContact: (worker) => house.lastContact(worker), door: house.door.standing, now: Date.now() };
  }
}

function setting(id: SettingId, otherwise: number): number {
  return vscode.workspace.getConfiguration().get(id, otherwise);
}
