import * as vscode from 'vscode';
import type { NamedFolder } from '../../files/folders.ts';
import { openFolders } from '../openFolders.ts';

/**
 * The workspace names of this window's files, remembered by address, so that a key costs no look at the disk. What a
 * link changed meanwhile is seen when the person comes back to the window.
 */
export class FileNames implements vscode.Disposable {
  #folders: readonly NamedFolder[] | undefined;
  #known = new Map<string, string | undefined>();
  #probed: Promise<void> | undefined;
  #blind = process.platform === 'win32' || process.platform === 'darwin';
  readonly #followed = new Set<string>();
  #linked: Readonly<Record<string, string>> = {};
  readonly #forgetting: vscode.Disposable;

  constructor() {
    this.#forgetting = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#forget()),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.#forget()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.now(document.uri)),
      vscode.workspace.onDidOpenTextDocument(({ uri, isDirty }) => isDirty && this.now(uri)),
    );
  }

  /** Whether one of the folders takes `A` and `a` for one name; until the disk has answered, what is usual here. */
  get caseBlind(): boolean {
    this.#probed ??= this.#probe();
    return this.#blind;
  }

  /** Entries of SCOPE that lead through a link, with where they lead; '' is out of their folder. */
  get linked(): Readonly<Record<string, string>> {
    return this.#linked;
  }

  /** Looks where these entries of SCOPE lead, each once. */
  follow(entries: readonly string[]): void {
    const fresh = entries.filter((entry) => !this.#followed.has(entry));
    for (const entry of fresh) this.#followed.add(entry);
    if (fresh.length > 0) void this.#follow(fresh);
  }

  /** The same, to the end: what is asked next knows where they lead. */
  async followed(entries: readonly string[]): Promise<void> {
    for (const entry of entries) this.#followed.add(entry);
    await this.#follow(entries);
  }

  /** At once: what is known, or as long as the disk has not answered, what the address says. */
  now(uri: vscode.Uri): string | undefined {
    if (uri.scheme !== 'file') return undefined;
    const key = uri.toString();
    if (this.#known.has(key)) return this.#known.get(key);
    const read = this.#asRead(uri.fsPath);
    this.#known.set(key, read);
    void this.of(uri);
    return read;
  }

  /** As the disk says now; undefined for what is no file of the workspace. */
  async of(uri: vscode.Uri): Promise<string | undefined> {
    if (uri.scheme !== 'file') return undefined;
    const known = this.#known;
    const { nameOf } = await import('../../files/identity.ts');
    const identity = await nameOf(uri.fsPath, this.#open);
    const name = 'name' in identity ? identity.name : undefined;
    known.set(uri.toString(), name);
    return name;
  }

  dispose(): void {
    this.#forgetting.dispose();
  }

  get #open(): readonly NamedFolder[] {
    return (this.#folders ??= openFolders());
  }

  #asRead(path: string): string | undefined {
    const folder = this.#open.find(
      ({ fsPath }) => path.startsWith(`${fsPath}/`) || path.startsWith(`${fsPath}\\`),
    );
    if (!folder) return undefined;
    const rest = path.slice(folder.fsPath.length + 1).replaceAll('\\', '/');
    return (this.#open.length > 1 ? `${folder.name}/${rest}` : rest).normalize('NFC');
  }

  #forget(): void {
    this.#folders = undefined;
    this.#known = new Map();
    this.#probed = undefined;
    void this.#follow([...this.#followed]);
  }

  async #follow(entries: readonly string[]): Promise<void> {
    const { linkedTo } = await import('../../files/entries.ts');
    for (const entry of entries) {
      const to = await linkedTo(entry, this.#open);
      const { [entry]: _, ...others } = this.#linked;
      if (to !== undefined) this.#linked = { ...others, [entry]: to };
      else if (entry in this.#linked) this.#linked = others;
    }
  }

  async #probe(): Promise<void> {
    const { isCaseBlind } = await import('../../files/caseBlind.ts');
    const blind = await Promise.all(this.#open.map(({ fsPath }) => isCaseBlind(fsPath)));
    this.#blind = blind.includes(true);
  }
}
