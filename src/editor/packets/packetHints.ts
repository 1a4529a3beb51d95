import * as vscode from 'vscode';
import { packetScheme } from '../ids.ts';
import { packets as words } from '../surfaceWords.ts';
import type { Fix, PlacedFlaw } from './flaws.ts';

const pause = 300;

/** Shows each flaw of a packet where it stands, with its better form as a quick fix. */
export class PacketHints implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #read: (document: vscode.TextDocument) => Promise<readonly PlacedFlaw[]>;
  readonly #shown = vscode.languages.createDiagnosticCollection('lockkeeper');
  readonly #flaws = new WeakMap<vscode.Diagnostic, PlacedFlaw>();
  readonly #owned: vscode.Disposable;
  /** The version of each document that its flaws were read of. */
  readonly #versions = new WeakMap<vscode.TextDocument, number>();
  readonly #changed = new Set<vscode.TextDocument>();
  #soon: NodeJS.Timeout | undefined;

  constructor(read: (document: vscode.TextDocument) => Promise<readonly PlacedFlaw[]>) {
    this.#read = read;
    const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.#owned = vscode.Disposable.from(
      this.#shown,
      vscode.languages.registerCodeActionsProvider({ scheme: packetScheme }, this, kinds),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.uri.scheme !== packetScheme || contentChanges.length === 0) return;
        this.#changed.add(document);
        clearTimeout(this.#soon);
        this.#soon = setTimeout(() => this.#showChanged(), pause);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.#shown.delete(document.uri)),
    );
  }

  async show(document: vscode.TextDocument): Promise<void> {
    if (document.isClosed) return;
    const { version } = document;
    const found = await this.#read(document);
    if (document.version !== version) return;
    const diagnostics = found.map((placed) => {
      const range = rangeOf(document, placed);
      const one = new vscode.Diagnostic(range, `${placed.flaw.field}: ${placed.flaw.why}`);
      one.severity = vscode.DiagnosticSeverity.Warning;
      one.source = 'Lockkeeper';
      this.#flaws.set(one, placed);
      return one;
    });
    this.#versions.set(document, version);
    this.#shown.set(document.uri, diagnostics);
  }

  async provideCodeActions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    // Right behind a key the flaws stand where they stood before it: their fix would take another line away.
    if (this.#versions.get(document) !== document.version) await this.show(document);
    if (this.#versions.get(document) !== document.version) return [];
    const own = this.#shown.get(document.uri) ?? [];
    return own.flatMap((diagnostic) => {
      const placed = this.#flaws.get(diagnostic);
      if (!placed || !diagnostic.range.intersection(range)) return [];
      const { line, lastLine, mended: text } = placed;
      const fixes = placed.fixes ?? [
        { title: words.fix(placed.flaw.better), edit: { line, lastLine, text } },
      ];
      return fixes.map((one) => actionOf(document, diagnostic, one));
    });
  }

  #showChanged(): void {
    for (const document of this.#changed) void this.show(document);
    this.#changed.clear();
  }

  dispose(): void {
    clearTimeout(this.#soon);
    this.#owned.dispose();
  }
}

function actionOf(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
  { title, edit, way }: Fix,
): vscode.CodeAction {
  const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  fix.diagnostics = [diagnostic];
  if (edit) {
    fix.edit = new vscode.WorkspaceEdit();
    fix.edit.replace(document.uri, rangeOf(document, edit), edit.text);
  }
  if (way) fix.command = { command: way.command, title, arguments: [way.argument] };
  return fix;
}

type Lines = Pick<PlacedFlaw, 'line' | 'lastLine'>;

function rangeOf(document: vscode.TextDocument, { line, lastLine }: Lines): vscode.Range {
  const end = document.lineAt(Math.min(lastLine, document.lineCount - 1)).range.end;
  return new vscode.Range(new vscode.Position(Math.min(line, document.lineCount - 1), 0), end);
}
