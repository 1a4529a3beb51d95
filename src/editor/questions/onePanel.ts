import * as vscode from 'vscode';
import { closeTabs, watchOrphanTabs } from './orphanTabs.ts';

interface OnePanelNeeds<S> {
  readonly viewType: string;
  readonly title: string;
  readonly adopt: (panel: vscode.WebviewPanel) => S;
  readonly warn: (words: string) => void;
}

/** The one panel of its kind; made when it is first opened, or revived after a reload. */
export interface OnePanel<S> {
  opened(): S;
  /** Takes what VS Code kept of it over a reload. */
  revive(panel: vscode.WebviewPanel): void;
  dispose(): void;
}

export function onePanel<S extends { dispose(): void }>({
  viewType,
  title,
  adopt,
  warn,
}: OnePanelNeeds<S>): OnePanel<S> {
  let shown: S | undefined;
  const adopted = (panel: vscode.WebviewPanel): S => {
    const own = adopt(panel);
    panel.onDidDispose(() => {
      own.dispose();
      if (shown === own) shown = undefined;
    });
    return own;
  };
  const make = (where: vscode.ViewColumn | { viewColumn: vscode.ViewColumn; preserveFocus: boolean }): S => {
    // What is left of an earlier host, or not yet revived.
    const closing = closeTabs(viewType);
    const made = adopted(vscode.window.createWebviewPanel(viewType, title, where));
    closing.then(undefined, (error: unknown) =>
      warn(`An old tab of ${title} did not close: ${String(error)}`),
    );
    return made;
  };
  const orphans = watchOrphanTabs(
    viewType,
    () => shown !== undefined,
    (viewColumn) => {
      shown = make({ viewColumn, preserveFocus: true });
    },
  );
  return {
    opened: () => (shown ??= make(vscode.ViewColumn.Active)),
    revive: (panel) => {
      if (shown) panel.dispose();
      else shown = adopted(panel);
    },
    // The panel itself stays: at a reload VS Code gives it back to the serializer.
    dispose: () => {
      orphans.dispose();
      shown?.dispose();
    },
  };
}
