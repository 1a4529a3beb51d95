const vscode = require('vscode');

const fruit = { Apple: ['Core', 'Peel'], Pear: [] };

exports.activate = ({ subscriptions }) => {
  const item = (label) => {
    const parts = fruit[label] ?? [];
    const shown = new vscode.TreeItem(label, parts.length > 0 ? 1 : 0);
    shown.description = parts.length > 0 ? `${parts.length} parts` : 'whole';
    return shown;
  };
  const tree = vscode.window.createTreeView('sample.fruit', {
    treeDataProvider: {
      getTreeItem: item,
      getChildren: (label) => (label ? fruit[label] : Object.keys(fruit)),
    },
  });
  const bread = vscode.window.createTreeView('sample.bread', {
    treeDataProvider: { getTreeItem: item, getChildren: () => [] },
  });
  tree.message = 'Fresh today.';
  tree.badge = { value: 2, tooltip: 'two fruits' };
  const status = vscode.window.createStatusBarItem();
  status.text = 'Fruit: ready';
  status.show();
  const say = (text, ...buttons) => vscode.window.showInformationMessage(text, ...buttons);
  const commands = {
    pick: async () =>
      say(`picked ${await vscode.window.showQuickPick(['Red', 'Green'], { title: 'Colour' })}`),
    ask: async () => say(`asked ${await vscode.window.showInputBox({ prompt: 'How many?' })}`),
    confirm: async () => {
      const answer = await vscode.window.showWarningMessage('Throw it away?', { modal: true }, 'Throw');
      const again = await say(`answered ${answer}`, 'Once more');
      if (again) status.text = 'Fruit: once more';
    },
    web: () => {
      const panel = vscode.window.createWebviewPanel('sample', 'Basket', 1, { enableScripts: true });
      panel.webview.onDidReceiveMessage((message) => say(`basket says ${message}`));
      panel.webview.html = `<button onclick="acquireVsCodeApi().postMessage('hello')">Greet</button>`;
    },
    peel: (label) => say(`peeled ${label}`),
    eat: (label) => say(`ate ${label}`),
    buy: () => {
      status.text = 'Fruit: bought';
    },
  };
  for (const [name, run] of Object.entries(commands))
    subscriptions.push(vscode.commands.registerCommand(`sample.${name}`, run));
  subscriptions.push(tree, bread, status);
};
