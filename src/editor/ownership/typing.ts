import * as vscode from 'vscode';
import type { CommandId } from '../ids.ts';
import type { Held } from './held.ts';
import { ownership as words } from './words.ts';

interface Around {
  /** Undefined where the edits made here are nobody else's business. */
  readonly heldByOther: (uri: vscode.Uri) => Promise<Held | undefined>;
  readonly nameOf: (uri: vscode.Uri) => string | undefined;
}

/**
 * What a person does in a file that somebody else owns, at the first key: a warning in the file, and one question for
 * each file and owner. Of what it costs, only a look into a map is paid at each key.
 */
export class OwnedEdits implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #around: Around;
  readonly #shown = vscode.languages.createDiagnosticCollection('lockkeeper-ownership');
  /** By document: looked at under the owners of now. */
  #seen = new WeakMap<vscode.TextDocument, Promise<Held | undefined>>();
  /** By address: the owner that was asked about. */
  readonly #asked = new Map<string, string>();
  readonly #owned: vscode.Disposable;

  constructor(around: Around) {
    this.#around = around;
    const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.#owned = vscode.Disposable.from(
      this.#shown,
      vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, this, kinds),
      // It comes also when only the flag changes, and when the disk was read again; what counts is an unsaved edit.
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#look(document)),
      // The flag may have fallen without a word.
      vscode.workspace.onDidSaveTextDocument((document) => this.#look(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#shown.delete(uri)),
    );
    this.refresh();
  }

  /** Owners have changed. */
  refresh(): void {
    this.#seen = new WeakMap();
    for (const document of vscode.workspace.textDocuments) this.#look(document);
  }

  /** The person has chosen. */
  settle(uri: vscode.Uri): void {
    this.#shown.delete(uri);
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const own = (this.#shown.get(document.uri) ?? []).filter((one) => one.range.intersection(range));
    if (own.length === 0) return [];
    const ways: readonly (readonly [string, CommandId])[] = [
      [words.leave, 'lockkeeper.leaveToWorker'],
      [words.takeOver, 'lockkeeper.takeOver'],
      [words.coordinate, 'lockkeeper.coordinate'],
    ];
    return ways.map(([title, command]) => {
      const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      fix.diagnostics = own;
      fix.command = { title, command, arguments: [{ file: document.uri.toString() }] };
      return fix;
    });
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #look(document: vscode.TextDocument): void {
    if (document.uri.scheme !== 'file') return;
    if (!document.isDirty) {
      if (this.#seen.delete(document)) this.#shown.delete(document.uri);
      return;
    }
    if (this.#seen.has(document)) return;
    const held = this.#around.heldByOther(document.uri);
    this.#seen.set(document, held);
    void held.then((found) => this.#meet(document, found));
  }

  async #meet(document: vscode.TextDocument, held: Held | undefined): Promise<void> {
    const { uri } = document;
    if (!held || !document.isDirty) {
      this.#shown.delete(uri);
      return;
    }
    const text = words.met(this.#around.nameOf(uri) ?? '', held.who);
    const warning = new vscode.Diagnostic(placeIn(document), text, vscode.DiagnosticSeverity.Warning);
    warning.source = 'Lockkeeper';
    this.#shown.set(uri, [warning]);
    if (this.#asked.get(uri.toString()) === held.key) return;
    this.#asked.set(uri.toString(), held.key);
    const ways = held.by.kind === 'worker' ? [words.leave, words.takeOver, words.coordinate] : [words.undo];
    const pressed = await vscode.window.showWarningMessage(text, ...ways);
    if (pressed !== undefined)
      await vscode.commands.executeCommand(commandOf(pressed), { file: uri.toString() });
  }
}

function commandOf(pressed: string): CommandId {
  if (pressed === words.takeOver) return 'lockkeeper.takeOver';
  return pressed === words.coordinate ? 'lockkeeper.coordinate' : 'lockkeeper.leaveToWorker';
}

/** The line where the person is; the first one where no editor shows it. */
function placeIn(document: vscode.TextDocument): vscode.Range {
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  return document.lineAt(Math.min(editor?.selection.active.line ?? 0, document.lineCount - 1)).range;
}
