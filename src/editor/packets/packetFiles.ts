import { createHash } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * Packets that are being written, as files that can be saved and lie in no folder of the person's. They are
 * kept beside the journal: workspace state is a browser's own in a remote window, and late to be written.
 */
export class PacketFiles implements vscode.FileSystemProvider {
  readonly #folder: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  has(uri: vscode.Uri): Promise<boolean> {
    return this.stat(uri).then(
      () => true,
      () => false,
    );
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return this.#of(uri, vscode.workspace.fs.stat(this.#kept(uri)));
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.#of(uri, vscode.workspace.fs.readFile(this.#kept(uri)));
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    await vscode.workspace.fs.writeFile(this.#kept(uri), content);
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  async delete(uri: vscode.Uri): Promise<void> {
    await this.#of(uri, vscode.workspace.fs.delete(this.#kept(uri)));
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #kept(uri: vscode.Uri): vscode.Uri {
    const name = createHash('sha256').update(uri.toString()).digest('hex');
    return vscode.Uri.joinPath(this.#folder, `${name}.txt`);
  }

  /** A packet that is not there is missing under its own name. */
  async #of<T>(uri: vscode.Uri, found: Thenable<T>): Promise<T> {
    try {
      return await found;
    } catch {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
  }
}
