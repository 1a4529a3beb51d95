import * as vscode from 'vscode';
import type { ViewId } from '../ids.ts';
import { pageStarts, rowsOf } from './pages.ts';
import { faceOf, type Listing, type Row } from './row.ts';

/** What VS Code holds of a row: one object per place for as long as the row is there. */
export class Knot {
  readonly parent: Knot | undefined;
  /** Unique in its tree. */
  readonly path: string;
  row: Row;
  face: string;
  /** The ids of its children as VS Code was last told them; undefined while nobody looked. */
  told: readonly string[] | undefined;

  constructor(parent: Knot | undefined, row: Row) {
    this.parent = parent;
    this.path = pathOf(parent, row.id);
    this.row = row;
    this.face = faceOf(row);
  }
}

/** A tree of rows that draws anew only what changed, and a long listing a page at a time. */
export class RowTree implements vscode.TreeDataProvider<Knot>, vscode.Disposable {
  readonly view: vscode.TreeView<Knot>;
  readonly #root: () => Listing;
  readonly #changed = new vscode.EventEmitter<Knot[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #knots = new Map<string, Knot>();
  /** With which rows the pages of a listing begin, by the path of what it stands below. */
  readonly #begins = new Map<string, ReadonlySet<string>>();
  #roots: readonly string[] | undefined;

  constructor(
    id: ViewId,
    root: () => Listing,
    more: Pick<
      vscode.TreeViewOptions<Knot>,
      'showCollapseAll' | 'canSelectMany' | 'dragAndDropController'
    > = {},
  ) {
    this.#root = root;
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this, ...more });
  }

  getTreeItem({ row, path }: Knot): vscode.TreeItem {
    const item = new vscode.TreeItem(row.label, stateOf(row));
    item.id = path;
    item.description = row.description ?? '';
    item.iconPath = new vscode.ThemeIcon(
      row.icon,
      row.colour ? new vscode.ThemeColor(row.colour) : undefined,
    );
    item.contextValue = row.context;
    item.accessibilityInformation = { label: row.spoken };
    if (row.open)
      item.command = { command: row.open.command, title: row.label, arguments: [row.open.argument] };
    return item;
  }

  async resolveTreeItem(item: vscode.TreeItem, { row }: Knot): Promise<vscode.TreeItem> {
    item.tooltip = (await row.tooltip?.()) ?? row.spoken;
    return item;
  }

  getParent({ parent }: Knot): Knot | undefined {
    return parent;
  }

  getChildren(knot?: Knot): Knot[] {
    const rows = this.#below(knot);
    const ids = rows.map(({ id }) => id);
    const staying = new Set(ids);
    for (const id of (knot ? knot.told : this.#roots) ?? [])
      if (!staying.has(id)) this.#forget(pathOf(knot, id));
    if (knot) knot.told = ids;
    else this.#roots = ids;
    return rows.map((row) => this.#knot(knot, row));
  }

  /** Draws what is different from what VS Code was told. */
  refresh(): void {
    if (!this.#roots) return;
    const rows = this.#below(undefined);
    if (!sameIds(this.#roots, rows)) {
      this.#changed.fire(undefined);
      return;
    }
    const changed: Knot[] = [];
    for (const row of rows) this.#compare(undefined, row, changed);
    if (changed.length > 0) this.#changed.fire(changed);
  }

  /** Shows and selects the row with this id that stands in a group, in whatever page; false where none does. */
  async reveal(id: string): Promise<boolean> {
    for (const row of this.#below(undefined)) {
      const index = row.children?.().ids.indexOf(id) ?? -1;
      if (index < 0) continue;
      const group = this.#knot(undefined, row);
      await this.view.reveal(this.#within(group, index), { select: true, focus: true });
      return true;
    }
    return false;
  }

  dispose(): void {
    this.view.dispose();
    this.#changed.dispose();
  }

  /** The knot of a group's row by its place, in the page it stands on. */
  #within(group: Knot, index: number): Knot {
    const whole = group.row.children?.();
    if (!whole) return group;
    const starts = this.#starts(group, whole);
    if (starts.length === 1) return this.#knot(group, whole.row(index));
    const page = rowsOf(whole, starts)[starts.findLastIndex((start) => start <= index)];
    return this.#knot(page ? this.#knot(group, page) : group, whole.row(index));
  }

  #compare(parent: Knot | undefined, row: Row, changed: Knot[]): void {
    const knot = this.#knots.get(pathOf(parent, row.id));
    if (!knot) return;
    const face = faceOf(row);
    const isNew = face !== knot.face;
    knot.row = row;
    knot.face = face;
    if (!knot.told) {
      if (isNew) changed.push(knot);
      return;
    }
    const children = this.#below(knot);
    if (isNew || !sameIds(knot.told, children)) changed.push(knot);
    else for (const child of children) this.#compare(knot, child, changed);
  }

  #below(knot: Knot | undefined): readonly Row[] {
    const whole = knot ? knot.row.children?.() : this.#root();
    return whole ? rowsOf(whole, this.#starts(knot, whole)) : [];
  }

  #starts(knot: Knot | undefined, { ids }: Listing): readonly number[] {
    const path = knot?.path ?? '';
    const starts = pageStarts(ids, this.#begins.get(path) ?? new Set());
    if (starts.length === 1) this.#begins.delete(path);
    else this.#begins.set(path, new Set(starts.slice(1).map((start) => ids[start] ?? '')));
    return starts;
  }

  #knot(parent: Knot | undefined, row: Row): Knot {
    const known = this.#knots.get(pathOf(parent, row.id));
    if (known) {
      known.row = row;
      known.face = faceOf(row);
      return known;
    }
    const knot = new Knot(parent, row);
    this.#knots.set(knot.path, knot);
    return knot;
  }

  /** A row that is gone takes what stood below it along, so that nothing is kept for ever. */
  #forget(path: string): void {
    const knot = this.#knots.get(path);
    this.#knots.delete(path);
    this.#begins.delete(path);
    for (const id of knot?.told ?? []) this.#forget(pathOf(knot, id));
  }
}

function pathOf(parent: Knot | undefined, id: string): string {
  return parent ? `${parent.path}/${id}` : id;
}

function sameIds(told: readonly string[], rows: readonly Row[]): boolean {
  return told.length === rows.length && rows.every((row, index) => row.id === told[index]);
}

function stateOf(row: Row): vscode.TreeItemCollapsibleState {
  if (!row.children) return vscode.TreeItemCollapsibleState.None;
  return row.collapsed ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded;
}
