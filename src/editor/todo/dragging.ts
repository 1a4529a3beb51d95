import * as vscode from 'vscode';
import type { Knot } from '../tree/rowTree.ts';

const mime = 'application/vnd.code.tree.lockkeeper.todo';

/** Dragging TODOs to another place: what is dropped, and on what, is for the command that moves them. */
export function todoDragging(): vscode.TreeDragAndDropController<Knot> {
  return {
    dragMimeTypes: [mime],
    dropMimeTypes: [mime],
    handleDrag: (source, data) => {
      data.set(mime, new vscode.DataTransferItem(JSON.stringify(source.map(carriedOf))));
    },
    handleDrop: async (target, data) => {
      const carried = await data.get(mime)?.asString();
      if (carried === undefined) return;
      const dragged: unknown = JSON.parse(carried);
      const onto = target ? { target: carriedOf(target) } : {};
      await vscode.commands.executeCommand('lockkeeper.placeTodos', { dragged, ...onto });
    },
  };
}

function carriedOf({ row }: Knot): { readonly label: string; readonly todo?: number } {
  const { todo } = (row.argument ?? {}) as { readonly todo?: number };
  return { label: row.label, ...(todo === undefined ? {} : { todo }) };
}
