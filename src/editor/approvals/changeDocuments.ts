import * as vscode from 'vscode';
import { changeScheme } from '../ids.ts';

type ContentOf = (tree: string, path: string) => Promise<Uint8Array | undefined>;

/** What a side says in place of bytes that are no text. */
const noText = (bytes: number): string => `A binary file of ${bytes} bytes; it is not shown.\n`;
const nothing = 'There is nothing to show: a submodule, or what git has no more.\n';

/** Files as they stand in a tree of git, to be read: the bytes of an address never change. */
export class ChangeDocuments implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #contentOf: ContentOf;
  readonly #kept = new Map<string, Promise<Uint8Array>>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #registered: vscode.Disposable;

  constructor(contentOf: ContentOf) {
    this.#contentOf = contentOf;
    const options = { isReadonly: true, isCaseSensitive: true };
    this.#registered = vscode.workspace.registerFileSystemProvider(changeScheme, this, options);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: (await this.readFile(uri)).byteLength };
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const key = uri.toString();
    const kept = this.#kept.get(key) ?? this.#read(uri);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }

  async #read(uri: vscode.Uri): Promise<Uint8Array> {
    const bytes = await this.#contentOf(uri.query, uri.path.slice(1));
    if (!bytes) return Buffer.from(nothing);
    return bytes.subarray(0, 8_000).includes(0) ? Buffer.from(noText(bytes.byteLength)) : bytes;
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
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
}

/** Sides of files; VS Code asks for each several times while an editor opens. */
const mostKept = 500;
