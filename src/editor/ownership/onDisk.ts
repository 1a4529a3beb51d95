import * as vscode from 'vscode';
import { DiskWrites, type Noticed, type Watched } from '../../files/writes.ts';
import type { FileNames } from './fileNames.ts';

interface Around extends Omit<Watched, 'noticed'> {
  readonly names: FileNames;
  readonly noticed: (write: Noticed) => void;
}

const passedOver = /[\\/](?:\.git|node_modules)(?:[\\/]|$)/;

/** Tells what the editor hears of the disk, and what it writes there itself, as long as anybody owns a file. */
export class OnDisk implements vscode.Disposable {
  readonly #names: FileNames;
  readonly #writes: DiskWrites;
  readonly #owned: vscode.Disposable[];
  #watchers: readonly vscode.Disposable[] = [];

  constructor({ names, ...watched }: Around) {
    this.#names = names;
    this.#writes = new DiskWrites(watched);
    const saved = (uri: vscode.Uri): void => this.#saved(uri);
    this.#owned = [
      this.#writes,
      // It is skipped on some saves: then a look may come between, and takes the write for somebody else's.
      vscode.workspace.onWillSaveTextDocument(({ document }) => this.#saving(document.uri)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => saved(uri)),
      vscode.workspace.onDidSaveNotebookDocument(({ uri }) => saved(uri)),
      vscode.workspace.onDidCreateFiles(({ files }) => files.forEach(saved)),
      vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ newUri }) => saved(newUri))),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#watch()),
    ];
    this.#watch();
  }

  /** What Lockkeeper writes by the person's word is the person's; so are the folders that go with their last file. */
  async byUser<T>(uris: readonly vscode.Uri[], write: () => Promise<T>): Promise<T> {
    const all = [...uris, ...uris.flatMap(foldersAbove)];
    for (const uri of all) this.#saving(uri);
    const outcome = await write();
    for (const uri of all) this.#saved(uri);
    return outcome;
  }

  areasChanged(): void {
    this.#writes.areasChanged();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#watchers, ...this.#owned).dispose();
  }

  #saving(uri: vscode.Uri): void {
    const name = this.#names.now(uri);
    if (name !== undefined) this.#writes.saving(name);
  }

  #saved(uri: vscode.Uri): void {
    const name = this.#names.now(uri);
    if (name !== undefined) this.#writes.saved(name, uri.fsPath);
  }

  /** Whole folders: what is written beside every scope is to be seen too, and VS Code watches them already. */
  #watch(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    this.#watchers = (vscode.workspace.workspaceFolders ?? []).flatMap((folder) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/*'));
      const touched = ({ scheme, fsPath }: vscode.Uri, isMade = false): void => {
        if (scheme === 'file' && !passedOver.test(fsPath)) this.#writes.touched(fsPath, isMade);
      };
      return [
        watcher,
        watcher.onDidChange((uri) => touched(uri)),
        watcher.onDidCreate((uri) => touched(uri, true)),
        watcher.onDidDelete((uri) => touched(uri)),
      ];
    });
  }
}

/** The folders that a file is in, inside of the workspace. */
function foldersAbove(uri: vscode.Uri): readonly vscode.Uri[] {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const up = vscode.Uri.joinPath(uri, '..');
  return root && up.path.length > root.path.length ? [up, ...foldersAbove(up)] : [];
}
