import * as vscode from 'vscode';
import type { State } from '../core/state.ts';
import { inbox } from '../core/views/inbox.ts';
import { startup, startupWords } from '../core/views/startup.ts';
import { inboxRows } from './inbox/inboxRows.ts';
import { folderNames } from './openFolders.ts';
import type { Room } from './room.ts';
import { counted } from './settings.ts';
import { gateMessage } from './todo/todoHead.ts';
import { todoDragging } from './todo/dragging.ts';
import { todoRowId, todoRows } from './todo/todoRows.ts';
import { fixed, joined, type Listing, type Row } from './tree/row.ts';
import { type Knot, RowTree } from './tree/rowTree.ts';
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
  #locks: ((state: State, now: number) => Listing) | undefined;
  #loading = false;
  #decided: ((state: State, now: number) => Listing) | undefined;
  #decidedAsked = false;
  #besides: readonly Row[] = [];

  constructor(room: Room) {
    this.#room = room;
    this.#todo = new RowTree('lockkeeper.todo', () => todoRows(room.state, Date.now()), {
      showCollapseAll: true,
      canSelectMany: true,
      dragAndDropController: todoDragging(),
    });
    this.#workers = new RowTree('lockkeeper.workers', () => workersTree(room.state, this.#heard()));
    this.#inbox = new RowTree('lockkeeper.inbox', () =>
      joined(
        joined(inboxRows(room.state, inbox(room.state), Date.now()), fixed(this.#besides)),
        this.#decided?.(room.state, Date.now()) ?? fixed([]),
      ),
    );
    this.#ticking = setInterval(() => this.#refreshSeen(), minute);
    this.#listening = vscode.Disposable.from(
      ...this.#all.map(({ view }) =>
        view.onDidChangeVisibility(({ visible }) => visible && this.#refreshSeen()),
      ),
    );
    this.refresh();
  }

  get #all(): readonly RowTree[] {
    return [this.#todo, this.#workers, this.#inbox];
  }

  /** Draws what changed, in the views that are seen; the others when they come into sight. */
  refresh(): void {
    this.#loadLocks();
    this.#loadDecided();
    this.#refreshSeen();
    this.#count();
  }

  /** Rows behind the others that nothing in the state stands for: seen and counted, never told. */
  alsoInInbox(rows: readonly Row[]): void {
    this.#besides = rows;
    this.#refreshSeen();
    this.#count();
  }

  /** What a key pressed in the list is about. */
  get selectedTodo(): Knot | undefined {
    return this.#todo.view.selection[0];
  }

  /** Shows and selects the row of a TODO; false where it is on no list any more. */
  revealTodo(n: number): Promise<boolean> {
    return this.#todo.reveal(todoRowId(n));
  }

  dispose(): void {
    clearInterval(this.#ticking);
    this.#listening.dispose();
    for (const tree of this.#all) tree.dispose();
  }

  #count(): void {
    const value = inbox(this.#room.state).length + this.#besides.length;
    this.#inbox.view.badge =
      value === 0 ? undefined : { value, tooltip: value === 1 ? '1 thing waits' : `${value} things wait` };
  }

  #refreshSeen(): void {
    for (const tree of this.#all) if (tree.view.visible) tree.refresh();
    const { view } = this.#todo;
    if (!view.visible) return;
    const { state } = this.#room;
    const late = counted('lockkeeper.firstDispatchMinutes', 10);
    const begun = startup(state, Date.now(), late);
    const message = [begun?.call, gateMessage(state)].filter((words) => words !== undefined).join(' ');
    const description = begun ? startupWords(begun) : '';
    // VS Code lays the view out anew each time, whatever it is told.
    if (view.message !== message) view.message = message;
    if (view.description !== description) view.description = description;
  }

  /** Loaded with the first thing that is owned. */
  #loadLocks(): void {
    const { live, held } = this.#room.state;
    if (this.#loading || live.length + held.length === 0) return;
    this.#loading = true;
    void import('./workers/lockRows.ts').then(({ lockRows }) => {
      this.#locks = lockRows;
      this.#refreshSeen();
    });
  }

  /** Loaded with the first thing that an agent decided: what it did waits for nobody, and is not counted. */
  #loadDecided(): void {
    if (this.#decidedAsked || this.#room.state.decided.length === 0) return;
    this.#decidedAsked = true;
    void import('./decided/decidedRows.ts').then(({ decidedRows }) => {
      this.#decided = decidedRows;
      this.#refreshSeen();
    });
  }

  #heard(): Parameters<typeof workersTree>[1] {
    const { house } = this.#room;
    return {
      lastContact: (bearer) => house.lastContact(bearer),
      trial: (bearer) => house.trial(bearer),
      trust: async (agent) => (await house.agents()).trust(agent),
      calls: (dispatch) => house.toolCalls.madeNow(dispatch),
      strangerAt: house.door.strangerAt,
      outdated: house.outdated.all,
      door: house.door.standing,
      now: Date.now(),
      folders: folderNames(),
      locks: this.#locks?.(this.#room.state, Date.now()),
    };
  }
}
