import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import * as vscode from 'vscode';
import { worktreeScheme } from '../ids.ts';

/**
 * Files of worktrees, to be read: `lockkeeper-worktree:/web-7/src/a.ts`. Opened as `file:` they would make
 * Source Control add each worktree as a repository of its own.
 */
export class WorktreeDocuments implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #rootOf: (id: string) => Promise<string | undefined>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #registered: vscode.Disposable;

  /** `rootOf` gives the folder of a worktree that is ours. */
  constructor(rootOf: (id: string) => Promise<string | undefined>) {
    this.#rootOf = rootOf;
    const options = { isReadonly: true, isCaseSensitive: process.platform === 'linux' };
    this.#registered = vscode.workspace.registerFileSystemProvider(worktreeScheme, this, options);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return vscode.workspace.fs.stat(await this.#place(uri));
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const entries = await vscode.workspace.fs.readDirectory(await this.#place(uri));
    return entries.filter(([name]) => name !== '.git');
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return vscode.workspace.fs.readFile(await this.#place(uri));
  }

  writeFile(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }

  /** The file behind it; nothing outside its worktree, nor through a link that leads out. */
  async #place(uri: vscode.Uri): Promise<vscode.Uri> {
    const [id = '', ...parts] = uri.path.split('/').filter((part) => part !== '');
    const root = await this.#rootOf(id);
    const isPlain = parts.every((part) => part !== '..' && part !== '.git' && !part.includes(sep));
    if (root === undefined || !isPlain) throw vscode.FileSystemError.FileNotFound(uri);
    const real = await realpath(join(root, ...parts)).catch(() => undefined);
    if (real === undefined || (real !== root && !real.startsWith(root + sep))) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return vscode.Uri.file(real);
  }
}
