import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Act } from '../../contract/acts.ts';
import type { PacketDraft } from '../../contract/packets.ts';
import { refusal } from '../../contract/refusal.ts';
import { workerName } from '../../core/labels.ts';
import { at } from '../../core/table.ts';
import { loadRules } from '../../desk/loadRules.ts';
import { refused, said, type Outcome } from '../action.ts';
import { packetScheme } from '../ids.ts';
import { folderNames } from '../openFolders.ts';
import { packets as words } from '../surfaceWords.ts';
import type { Room } from '../room.ts';
import { placesOf } from '../storage.ts';
import { PacketCompletions } from './packetCompletions.ts';
import { PacketFiles } from './packetFiles.ts';
import { PacketHints } from './packetHints.ts';
import type { PlacedFlaw } from './flaws.ts';
import type { Sender } from './sent.ts';
import type { Sheet } from './sheet.ts';
import type { PacketTopic, Topic } from './topic.ts';

/**
 * Packets as documents: opened with what is known, checked while they are written, then used. Six fields for the
 * list, or what a worker that works by hand sent.
 */
export class PacketDesk implements vscode.Disposable {
  readonly #room: Room;
  readonly #files: PacketFiles;
  readonly #hints: PacketHints;
  readonly #owned: vscode.Disposable;

  constructor(room: Room) {
    this.#room = room;
    this.#files = new PacketFiles(folderOf(room.house.context));
    this.#hints = new PacketHints((document) => this.#flawsOf(document));
    this.#owned = vscode.Disposable.from(
      this.#hints,
      new PacketCompletions(
        () => room.state,
        async (uri) => (await topicOf(uri))?.kind,
      ),
      vscode.workspace.registerFileSystemProvider(packetScheme, this.#files, { isCaseSensitive: true }),
    );
  }

  /** Opens the document of a topic; one that is open already keeps what was written in it. */
  async open(about: PacketTopic, drafts: readonly PacketDraft[]): Promise<Outcome> {
    const shut = this.#room.shut;
    if (shut) return refused(shut);
    const { packetDocument } = await import('./topic.ts');
    await this.#show(about, () => packetDocument(this.#room.state, about, drafts));
    return said(words.opened);
  }

  /** The same with a text that was made for it: what it lacks is marked, and the first of it is shown. */
  async openMade(about: PacketTopic, text: string): Promise<void> {
    const document = await this.#show(about, () => text);
    await this.#hints.show(document);
    const [first] = (await this.#sheetOf(document, about)).flaws;
    const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
    if (!first || !editor) return;
    const { range } = document.lineAt(Math.min(first.line, document.lineCount - 1));
    editor.selection = new vscode.Selection(range.end, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
  }

  /** Opens what a worker sent, with what it lacks marked; the same text again is the same document. */
  async openSent(sender: Sender, text: string): Promise<Outcome> {
    const { state } = this.#room;
    const { readSent, sentDocument } = await import('./sent.ts');
    const name = workerName(state, sender.worker);
    const todos = at(state.dispatches, sender.dispatch)?.todos.join(', ') ?? '';
    const key = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const { worker, dispatch } = sender;
    const document = await this.#show({ kind: 'sent', worker, dispatch, name, todos, key }, () =>
      sentDocument(state, sender, text, readSent(state, sender, text, folderNames())),
    );
    if (text !== '') await this.#hints.show(document);
    return said(words.openedSent);
  }

  /** Sends the packet of a document, by its address or the active one; closed where it was accepted. */
  async use(address: string | undefined): Promise<Outcome> {
    const document = address === undefined ? active() : await documentAt(address);
    const about = document ? await topicOf(document.uri) : undefined;
    if (!document || !about) return refused(refusal('no-packet', words.none, ''));
    const { asks, flaws } = await this.#sheetOf(document, about);
    const outcome =
      'refusal' in asks
        ? refused(asks.refusal)
        : await (asks.worker === undefined
            ? this.#submit(asks.act, flaws)
            : this.#room.enter(asks.worker, asks.act));
    if (outcome.ok) await this.#close(document);
    else await this.#hints.show(document);
    return outcome;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #submit(act: Act, flaws: readonly PlacedFlaw[]): Promise<Outcome> {
    const { withWord } = await import('../ownership/consents.ts');
    const asked = await withWord(act, flaws);
    return 'ok' in asked ? asked : this.#room.submit(asked);
  }

  async #show(about: Topic, text: () => string): Promise<vscode.TextDocument> {
    const uri = await uriOf(about);
    if (!(await this.#files.has(uri))) await this.#files.writeFile(uri, Buffer.from(text()));
    const document = await vscode.workspace.openTextDocument(uri);
    const { line } = await this.#sheetOf(document, about);
    const { end } = document.lineAt(Math.min(line, document.lineCount - 1)).range;
    await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(end, end) });
    return document;
  }

  async #sheetOf(document: vscode.TextDocument, about: Topic): Promise<Sheet> {
    const [{ readSheet }] = await Promise.all([import('./sheets.ts'), loadRules()]);
    return readSheet(this.#room.state, about, document.getText(), folderNames());
  }

  async #flawsOf(document: vscode.TextDocument): Promise<readonly PlacedFlaw[]> {
    const about = await topicOf(document.uri);
    return about ? (await this.#sheetOf(document, about)).flaws : [];
  }

  async #close(document: vscode.TextDocument): Promise<void> {
    await document.save();
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all);
    const own = tabs.filter(
      ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString(),
    );
    if (own.length > 0) await vscode.window.tabGroups.close(own);
    await this.#files.delete(document.uri);
  }
}

/** Beside the journal, so that every window of a folder finds what was written in another. */
function folderOf({ storageUri, globalStorageUri }: vscode.ExtensionContext): vscode.Uri {
  const { file } = placesOf(storageUri ?? globalStorageUri, globalStorageUri);
  return vscode.Uri.file(join(dirname(file), 'packets'));
}

async function uriOf(about: Topic): Promise<vscode.Uri> {
  const { topicTitle } = await import('./topic.ts');
  return vscode.Uri.from({
    scheme: packetScheme,
    path: `/${topicTitle(about)}`,
    query: JSON.stringify(about),
  });
}

async function topicOf(uri: vscode.Uri): Promise<Topic | undefined> {
  if (uri.scheme !== packetScheme) return undefined;
  const { topic } = await import('./topic.ts');
  try {
    return topic.safeParse(JSON.parse(uri.query)).data;
  } catch {
    return undefined;
  }
}

function active(): vscode.TextDocument | undefined {
  return vscode.window.activeTextEditor?.document;
}

async function documentAt(address: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(vscode.Uri.parse(address, true));
}
