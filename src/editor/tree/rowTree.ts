import * as vscode from 'vscode';
import type { ViewId } from '../ids.ts';
import { faceOf, moreRow, pageSize, type Row } from './row.ts';

/** What VS Code holds of a row: one object per id for as long as the row is there. */
export class Knot {
  row: Row;
  /** The ids of its children as VS Code was last told them; undefined while nobody looked. */
  told: readonly string[] | undefined;
  face: string;

  constructor(row: Row) {
    this.row = row;
    this.face = faceOf(row);
  }
}

/** A tree of rows that draws anew only what changed, and a long group a page at a time. */
export class RowTree implements vscode.TreeDataProvider<Knot>, vscode.Disposable {
  readonly view: vscode.TreeView<Knot>;
  readonly #rows: (most: number) => readonly Row[];
  /** The name under which the roots themselves are paged. */
  readonly #root: string;
  readonly #changed = new vscode.EventEmitter<Knot[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #knots = new Map<string, Knot>();
  readonly #most = new Map<string, number>();
  #roots: readonly string[] | undefined;

  constructor(id: ViewId, rows: (most: number) => readonly Row[]) {
    this.#rows = rows;
    this.#root = id.slice(id.indexOf('.') + 1);
    this.view = vscode.window.createTreeView(id, {
      treeDataProvider: this,
      showCollapseAll: id === 'lockkeeper.todo',
    });
  }

  getTreeItem({ row }: Knot): vscode.TreeItem {
    const item = new vscode.TreeItem(row.label, stateOf(row));
    item.id = row.id;
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

  resolveTreeItem(item: vscode.TreeItem, { row }: Knot): vscode.TreeItem {
    item.tooltip = row.tooltip?.() ?? row.spoken;
    return item;
  }

  getChildren(knot?: Knot): Knot[] {
    const rows = knot ? this.#childrenOf(knot) : this.#rows(this.#mostOf(this.#root));
    const children = rows.map((row) => this.#knot(row));
    const ids = rows.map(({ id }) => id);
    if (knot) knot.told = ids;
    else this.#roots = ids;
    return children;
  }

  /** Draws what is different from what VS Code was told. */
  refresh(): void {
    const rows = this.#rows(this.#mostOf(this.#root));
    if (!this.#roots || !sameIds(this.#roots, rows)) {
      this.#forgetAllBut(rows);
      this.#changed.fire(undefined);
      return;
    }
    const changed: Knot[] = [];
    for (const row of rows) this.#compare(row, changed);
    if (changed.length > 0) this.#changed.fire(changed);
  }

  showMore(group: string): void {
    const knot = this.#knots.get(group);
    if (!knot && group !== this.#root) return;
    this.#most.set(group, this.#mostOf(group) + pageSize);
    this.#changed.fire(knot ? [knot] : undefined);
  }

  dispose(): void {
    this.view.dispose();
    this.#changed.dispose();
  }

  #compare(row: Row, changed: Knot[]): void {
    const knot = this.#knots.get(row.id);
    if (!knot) return;
    const face = faceOf(row);
    const isNew = face !== knot.face;
    knot.row = row;
    knot.face = face;
    if (!knot.told) {
      if (isNew) changed.push(knot);
      return;
    }
    const children = this.#childrenOf(knot);
    if (isNew || !sameIds(knot.told, children)) changed.push(knot);
    else for (const child of children) this.#compare(child, changed);
  }

  #childrenOf({ row }: Knot): readonly Row[] {
    if (!row.children) return [];
    const { rows, left } = row.children(this.#mostOf(row.id));
    return left > 0 ? [...rows, moreRow(row.id, left)] : rows;
  }

  #mostOf(group: string): number {
    return this.#most.get(group) ?? pageSize;
  }

  #knot(row: Row): Knot {
    const known = this.#knots.get(row.id);
    if (known) {
      known.row = row;
      known.face = faceOf(row);
      return known;
    }
    const knot = new Knot(row);
    this.#knots.set(row.id, knot);
    return knot;
  }

  /** A root that is gone takes what stood below it along, so that nothing is kept for ever. */
  #forgetAllBut(rows: readonly Row[]): void {
    const roots = new Set(rows.map(({ id }) => id));
    for (const id of this.#knots.keys()) {
      const root = id.split('/', 1)[0] ?? id;
      if (!roots.has(id) && !roots.has(root)) this.#knots.delete(id);
    }
  }
}

function sameIds(told: readonly string[], rows: readonly Row[]): boolean {
  return told.length === rows.length && rows.every((row, index) => row.id === told[index]);
}

function stateOf(row: Row): vscode.TreeItemCollapsibleState {
  if (!row.children) return vscode.TreeItemCollapsibleState.None;
  return row.collapsed ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded;
}
