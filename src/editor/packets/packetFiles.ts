import * as vscode from 'vscode';
import * as z from 'zod';

const key = 'lockkeeper.packets';
const shelf = z.record(z.string(), z.string());

/** Packets that are being written, as files that can be saved and outlive a reload, and lie in no folder. */
export class PacketFiles implements vscode.FileSystemProvider {
  readonly #memento: vscode.Memento;
  readonly #times = new Map<string, number>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  has(uri: vscode.Uri): boolean {
    return Object.hasOwn(this.#texts(), uri.toString());
  }

  /** Resolves when the text is kept, so that a reload right after it loses nothing. */
  async put(uri: vscode.Uri, text: string): Promise<void> {
    this.#times.set(uri.toString(), Date.now());
    await this.#memento.update(key, { ...this.#texts(), [uri.toString()]: text });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  async remove(uri: vscode.Uri): Promise<void> {
    const { [uri.toString()]: _, ...rest } = this.#texts();
    await this.#memento.update(key, rest);
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const text = this.#text(uri);
    const mtime = this.#times.get(uri.toString()) ?? 0;
    return { type: vscode.FileType.File, ctime: 0, mtime, size: Buffer.byteLength(text) };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return Buffer.from(this.#text(uri));
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    return this.put(uri, Buffer.from(content).toString());
  }

  delete(uri: vscode.Uri): Promise<void> {
    return this.remove(uri);
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

  #text(uri: vscode.Uri): string {
    const text = this.#texts()[uri.toString()];
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return text;
  }

  #texts(): Readonly<Record<string, string>> {
    const kept = shelf.safeParse(this.#memento.get(key));
    return kept.success ? kept.data : {};
  }
}
