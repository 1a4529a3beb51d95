import * as vscode from 'vscode';
import { placesOf } from '../core/folders.ts';
import { environment } from '../running/environment.ts';
import { openFolders } from './openFolders.ts';
import { setting } from './settings.ts';
import { carryAddress, type Door } from './terminalAddress.ts';

const prefix = 'Lockkeeper: ';

interface Ended {
  readonly workerName: string;
  readonly exitCode: number | null;
}

/** The workers' terminals of this window. A terminal that came back with a reload is known by its name. */
export class WorkerTerminals implements vscode.Disposable {
  readonly #ended = new vscode.EventEmitter<Ended>();
  readonly onEnded = this.#ended.event;
  readonly #closing = vscode.window.onDidCloseTerminal((terminal) => {
    const workerName = nameIn(terminal);
    if (workerName !== undefined) {
      this.#ended.fire({ workerName, exitCode: terminal.exitStatus?.code ?? null });
    }
  });

  readonly #carrying: vscode.Disposable;

  constructor(collection: vscode.EnvironmentVariableCollection, url: () => string | undefined, door: Door) {
    this.#carrying = carryAddress(collection, url, door);
  }

  get stays(): boolean {
    return setting('lockkeeper.terminal.whenEnded') === 'stays';
  }

  isOpen(workerName: string): boolean {
    return this.#find(workerName) !== undefined;
  }

  show(workerName: string): boolean {
    const terminal = this.#find(workerName);
    terminal?.show();
    return terminal !== undefined;
  }

  /** Opens a terminal that runs `argv` itself, without a shell. Throws in an untrusted workspace. */
  open(order: {
    worker?: number;
    name: string;
    argv: readonly string[];
    env: Readonly<Record<string, string>>;
    scope: readonly string[];
    folder?: string;
  }): void {
    if (!vscode.workspace.isTrusted) throw new Error('The workspace is not trusted.');
    const [shellPath, ...shellArgs] = order.argv;
    if (shellPath === undefined) throw new Error('There is no command.');
    const cwd = order.folder === undefined ? folderFor(order.scope) : vscode.Uri.file(order.folder);
    const terminal = vscode.window.createTerminal({
      // That of the seat is no worker's, whatever one is called.
      name: order.worker === undefined ? `Lockkeeper (${order.name})` : `${prefix}${order.name}`,
      shellPath,
      shellArgs,
      env: { ...environment(), ...order.env },
      strictEnv: true,
      iconPath: new vscode.ThemeIcon('person'),
      ...(cwd ? { cwd } : {}),
    });
    terminal.show(true);
  }

  close(workerName: string): void {
    this.#find(workerName)?.dispose();
  }

  dispose(): void {
    this.#carrying.dispose();
    this.#closing.dispose();
    this.#ended.dispose();
  }

  #find(workerName: string): vscode.Terminal | undefined {
    return vscode.window.terminals.find(
      (terminal) => terminal.exitStatus === undefined && nameIn(terminal) === workerName,
    );
  }
}

function nameIn(terminal: vscode.Terminal): string | undefined {
  const name = terminal.creationOptions.name ?? terminal.name;
  return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}

/** T6: the folder that the scope begins in; with one folder open, that one. */
function folderFor(scope: readonly string[]): vscode.Uri | undefined {
  const folders = openFolders();
  const start = placesOf(
    scope,
    folders.map(({ name }) => name),
  )?.start;
  const meant = folders.find(({ name }) => name === start) ?? folders.at(0);
  return meant && vscode.Uri.file(meant.fsPath);
}
