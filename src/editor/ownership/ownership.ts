import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Side } from '../../contract/ownership.ts';
import { at } from '../../core/table.ts';
import type { Workspace } from '../../core/workspace.ts';
import type { Noticed } from '../../files/writes.ts';
import type { Outcome } from '../action.ts';
import { openFolders } from '../openFolders.ts';
import type { Room } from '../room.ts';
import type { Row } from '../tree/row.ts';
import { OwnedFiles } from './decorations.ts';
import { entryOf, heldBy, holdingKey, isOwnHere, ownedEntries, workerBelow, type Held } from './held.ts';
import { OnDisk } from './onDisk.ts';
import { OutsideScope } from './outsideScope.ts';
import { OwnedEdits } from './typing.ts';
import { Unclaimed } from './unclaimedRow.ts';
import { ownership as words } from './words.ts';

interface Met {
  readonly owner: Side;
  readonly other: 'user' | 'unknown';
  readonly names: string[];
}

/** In milliseconds. */
const gathering = 150;
const patience = 400;
/** Files that one act takes. */
const most = 200;

/** What the window shows and sees of who owns which file, from the first dispatch or lock on. */
export class Ownership implements vscode.Disposable {
  readonly #room: Room;
  #workspace: Workspace;
  #key: string;
  readonly #files: OwnedFiles;
  readonly #edits: OwnedEdits;
  readonly #disk: OnDisk;
  readonly unclaimed: Unclaimed;
  readonly outside: OutsideScope;
  readonly #unknown = new Set<string>();
  readonly #met = new Map<string, Met>();
  #meeting: NodeJS.Timeout | undefined;
  readonly #owned: vscode.Disposable;
  #isOver = false;

  /** `rows`: what the Inbox shows besides what the state says. */
  constructor(room: Room, rows: (rows: readonly Row[]) => void) {
    this.#room = room;
    const draw = (): void => rows([...this.outside.rows, ...this.unclaimed.rows]);
    this.unclaimed = new Unclaimed(draw);
    const { names } = room.house;
    this.#workspace = room.house.workspace();
    this.#key = holdingKey(room.state);
    this.#files = new OwnedFiles((uri) => this.heldBy(uri));
    this.#edits = new OwnedEdits({
      heldByOther: async (uri) => {
        const held = await this.heldBy(uri);
        return held && !isOwnHere(room.state, held) ? held : undefined;
      },
      nameOf: (uri) => names.now(uri),
    });
    this.#disk = new OnDisk({
      names,
      folders: openFolders,
      entries: () => ownedEntries(room.state),
      standing: (name) => {
        const held = heldBy(room.state, name, this.#workspace);
        if (held === undefined) return 'free';
        return held.by.kind === 'worker' && this.#worksHere(held.by, held) ? 'worker' : 'kept';
      },
      noticed: (write) => this.#noticed(write),
    });
    this.outside = new OutsideScope({
      state: () => room.state,
      workspace: () => this.#workspace,
      touched: (dispatch) => room.house.worktrees.touched(dispatch),
      changed: draw,
    });
    this.#owned = vscode.Disposable.from(
      this.outside,
      this.#files,
      this.#edits,
      this.#disk,
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#changed()),
      vscode.workspace.onDidChangeConfiguration(
        (event) => event.affectsConfiguration('lockkeeper') && this.#changed(),
      ),
    );
  }

  /** The state moved. */
  hear(): void {
    const key = holdingKey(this.#room.state);
    if (key === this.#key) return;
    this.#key = key;
    this.outside.hear();
    this.#changed();
  }

  async heldBy(uri: vscode.Uri): Promise<Held | undefined> {
    const name = await this.#room.house.names.of(uri);
    return name === undefined ? undefined : heldBy(this.#room.state, name, this.#workspace);
  }

  /** Writes files by the person's word: theirs as a save is, and nobody is asked whose it was. */
  byUser<T>(uris: readonly vscode.Uri[], write: () => Promise<T>): Promise<T> {
    return this.#disk.byUser(uris, write);
  }

  /** The person has chosen what becomes of the file. */
  settle(uri: vscode.Uri): void {
    this.#edits.settle(uri);
  }

  /** P7: a case between the worker that has the file, and whoever came into it. */
  dispute(
    names: readonly string[],
    owner: Side,
    other: 'user' | 'unknown',
    noticed: string,
  ): Promise<Outcome> {
    const files = names.map(entryOf);
    return this.#room.submit({ type: 'open-conflict', files, sides: [owner, { kind: other }], noticed });
  }

  dispose(): void {
    this.#isOver = true;
    clearTimeout(this.#meeting);
    this.#owned.dispose();
  }

  /**
   * A worker's own file is what it is to write in. Else the user did it, who is seen to have, or nobody knows who: then
   * the worker whose task the file is part of is frozen there until the person says whose write it was.
   */
  #noticed({ name, by }: Noticed): void {
    const { state, house } = this.#room;
    const held = heldBy(state, name, this.#workspace);
    if (by === 'user') {
      if (held?.by.kind !== 'worker' || isOwnHere(state, held)) return;
      this.#meet(name, held.by, 'user');
    } else if (by === 'unknown' && house.teller.isMine()) {
      if (this.#unknown.size === 0) void this.#judgeUnknown();
      this.#unknown.add(name);
    }
  }

  /** What Lockkeeper itself put there with an approval is nobody else's write. */
  async #judgeUnknown(): Promise<void> {
    const { house } = this.#room;
    await wait(gathering);
    let names: readonly string[] = [...this.#unknown];
    this.#unknown.clear();
    // Of another window's approval this one may not have heard yet.
    for (const more of [0, patience]) {
      await wait(names.length > 0 ? more : 0);
      const placed = await house.worktrees.placed(names).catch((): readonly string[] => []);
      names = names.filter((one) => !placed.includes(one));
    }
    if (this.#isOver) return;
    const { state } = this.#room;
    for (const name of names) {
      const held = heldBy(state, name, this.#workspace);
      house.log.info(words.written(name, held?.who));
      if (held === undefined) this.unclaimed.add(name);
      const dispatch = held && workerBelow(state, name, this.#workspace);
      if (dispatch === undefined) continue;
      const worker = at(state.dispatches, dispatch)?.worker ?? 0;
      this.#meet(name, { kind: 'worker', worker, dispatch }, 'unknown');
    }
  }

  /** One with a worktree has no business in the folder that is open; whoever works by hand here has none. */
  #worksHere({ dispatch }: { readonly dispatch?: number }, held: Held): boolean {
    const isApart = dispatch === undefined ? undefined : this.outside.isApart(dispatch);
    return !(isApart ?? this.#workspace.worktrees) || isOwnHere(this.#room.state, held);
  }

  /** What comes at once, as from a checkout, is one case. */
  #meet(name: string, owner: Side, other: 'user' | 'unknown'): void {
    const key = JSON.stringify([owner, other]);
    const known = this.#met.get(key) ?? { owner, other, names: [] };
    known.names.push(name);
    this.#met.set(key, known);
    this.#meeting ??= setTimeout(() => {
      this.#meeting = undefined;
      const met = [...this.#met.values()];
      this.#met.clear();
      for (const { owner: side, other: from, names } of met) {
        const noticed = from === 'user' ? words.saved : words.onDisk;
        for (let first = 0; first < names.length; first += most)
          void this.dispute(names.slice(first, first + most), side, from, noticed);
      }
    }, gathering);
  }

  #changed(): void {
    this.#workspace = this.#room.house.workspace();
    this.#files.refresh();
    this.#edits.refresh();
    this.#disk.areasChanged();
  }
}
