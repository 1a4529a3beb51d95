import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { PacketDraft } from '../../contract/packets.ts';
import { refusal } from '../../contract/refusal.ts';
import { parsePacket, parsePackets, type ReadPacket } from '../../core/views/packetParse.ts';
import { refused, said, type Outcome } from '../action.ts';
import { packetScheme } from '../ids.ts';
import { packets as words } from '../surfaceWords.ts';
import type { Room } from '../room.ts';
import { placesOf } from '../storage.ts';
import { PacketFiles } from './packetFiles.ts';
import { PacketHints } from './packetHints.ts';
import { isSeveral, packetAct, packetDocument, topic, topicTitle, type Topic } from './topic.ts';

/** Six-field packets as documents: opened with what is known, checked while they are written, then used. */
export class PacketDesk implements vscode.Disposable {
  readonly #room: Room;
  readonly #files: PacketFiles;
  readonly #hints: PacketHints;
  readonly #owned: vscode.Disposable;

  constructor(room: Room) {
    this.#room = room;
    this.#files = new PacketFiles(folderOf(room.house.context));
    this.#hints = new PacketHints((document) => readDocument(document));
    this.#owned = vscode.Disposable.from(
      this.#hints,
      vscode.workspace.registerFileSystemProvider(packetScheme, this.#files, { isCaseSensitive: true }),
    );
  }

  /** Opens the document of a topic; one that is open already keeps what was written in it. */
  async open(about: Topic, drafts: readonly PacketDraft[]): Promise<Outcome> {
    const shut = this.#room.shut;
    if (shut) return refused(shut);
    const uri = uriOf(about);
    if (!(await this.#files.has(uri))) {
      const text = packetDocument(this.#room.state, about, drafts);
      await this.#files.writeFile(uri, Buffer.from(text));
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const first = readDocument(document)[0]?.fields[0]?.line ?? 0;
    const { end } = document.lineAt(first).range;
    await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(end, end) });
    return said(words.opened);
  }

  /** Sends the packet of a document, by its address or the active one; closed where it was accepted. */
  async use(address: string | undefined): Promise<Outcome> {
    const document = address === undefined ? active() : await documentAt(address);
    const about = document ? topicOf(document.uri) : undefined;
    if (!document || !about) return refused(refusal('no-packet', words.none, ''));
    const read = readDocument(document);
    const outcome = await this.#room.submit(
      packetAct(
        about,
        read.map(({ draft }) => draft),
      ),
    );
    if (outcome.ok) await this.#close(document);
    else this.#hints.show(document);
    return outcome;
  }

  dispose(): void {
    this.#owned.dispose();
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

function uriOf(about: Topic): vscode.Uri {
  return vscode.Uri.from({
    scheme: packetScheme,
    path: `/${topicTitle(about)}`,
    query: JSON.stringify(about),
  });
}

function topicOf(uri: vscode.Uri): Topic | undefined {
  if (uri.scheme !== packetScheme) return undefined;
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

function readDocument(document: vscode.TextDocument): readonly ReadPacket[] {
  const about = topicOf(document.uri);
  if (!about) return [];
  return isSeveral(about) ? parsePackets(document.getText()) : [parsePacket(document.getText())];
}
