import * as vscode from 'vscode';

const patience = 2_000;

function isOf(viewType: string, { input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType);
}

/** The tabs that show webviews of this type; which panel a tab belongs to cannot be asked. */
function tabsOf(viewType: string): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => isOf(viewType, tab));
}

/** Shows the document again that was opened while a page of this type was made anew in its column. */
function keepInFront(viewType: string, viewColumn: vscode.ViewColumn): vscode.Disposable {
  let overtaking: vscode.Uri | undefined;
  const watching = vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
    for (const tab of opened.filter(({ group }) => group.viewColumn === viewColumn)) {
      if (tab.input instanceof vscode.TabInputText) overtaking = tab.input.uri;
    }
    if (!opened.some((tab) => isOf(viewType, tab))) return;
    watching.dispose();
    if (overtaking) void vscode.window.showTextDocument(overtaking, { viewColumn });
  });
  return watching;
}

export async function closeTabs(viewType: string): Promise<void> {
  await vscode.window.tabGroups.close(tabsOf(viewType), true);
}

/**
 * When the extension host dies, VS Code keeps the page of its panel but never gives it to the serializer of
 * the next host: it looks alive and nobody hears it. Such a tab is told from one that is about to be revived
 * by nothing coming for it. `replace` is called with its column.
 */
export function watchOrphanTabs(
  viewType: string,
  isShown: () => boolean,
  replace: (column: vscode.ViewColumn) => void,
): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  let keeping: vscode.Disposable | undefined;
  const inSight = () => (isShown() ? undefined : tabsOf(viewType).find((tab) => tab.isActive));
  const look = (): void => {
    if (timer !== undefined || !inSight()) return;
    timer = setTimeout(() => {
      timer = undefined;
      const orphan = inSight();
      if (!orphan) return;
      const { viewColumn } = orphan.group;
      keeping = keepInFront(viewType, viewColumn);
      replace(viewColumn);
    }, patience);
  };
  look();
  const watching = vscode.window.tabGroups.onDidChangeTabs(look);
  return {
    dispose: () => {
      clearTimeout(timer);
      keeping?.dispose();
      watching.dispose();
    },
  };
}
