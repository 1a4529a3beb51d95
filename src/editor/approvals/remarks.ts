import * as vscode from 'vscode';
import { visibleName } from '../../core/views/visible.ts';
import { changeScheme } from '../ids.ts';
import type { Room } from '../room.ts';
import { changes as words } from '../surfaceWords.ts';
import type { Reviewed } from './changes.ts';

/** What the reviewer wrote at a line of a change; `line` counts from 1. */
interface Remark {
  readonly address: string;
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

type Kept = Readonly<Record<string, readonly Remark[]>>;

const memory = 'remarks';

/** A comment in the window, with the thread it stands in: VS Code hands over the comment alone. */
class Shown implements vscode.Comment {
  readonly body: string;
  readonly mode = vscode.CommentMode.Preview;
  readonly author = { name: words.you };
  readonly contextValue = 'remark';
  readonly thread: vscode.CommentThread;

  constructor(thread: vscode.CommentThread, body: string) {
    this.thread = thread;
    this.body = body;
  }
}

/** P8: remarks at the lines of a change. They become the missing evidence of a rejection, with file and line. */
export class Remarks implements vscode.Disposable {
  readonly #room: Room;
  readonly #controller: vscode.CommentController;
  readonly #resultOf: (tree: string) => number | undefined;
  /** Threads that are drawn, by result. */
  readonly #threads = new Map<number, vscode.CommentThread[]>();
  readonly #watching: vscode.Disposable;
  /** Where the cursor was last in a side of a change: the palette takes the focus, and VS Code then names no editor. */
  #cursor: { readonly uri: vscode.Uri; readonly line: number } | undefined;

  /** `resultOf` gives the result in review of which a tree is a side. */
  constructor(room: Room, resultOf: (tree: string) => number | undefined) {
    this.#room = room;
    this.#resultOf = resultOf;
    this.#controller = vscode.comments.createCommentController('lockkeeper', words.controller);
    this.#controller.options = { prompt: words.remarkHere, placeHolder: words.remarkHere };
    this.#controller.commentingRangeProvider = {
      provideCommentingRanges: ({ uri, lineCount }) =>
        uri.scheme === changeScheme && resultOf(uri.query) !== undefined
          ? [new vscode.Range(0, 0, Math.max(0, lineCount - 1), 0)]
          : [],
    };
    const look = (editor: vscode.TextEditor | undefined): void => {
      if (editor?.document.uri.scheme !== changeScheme) return;
      this.#cursor = { uri: editor.document.uri, line: editor.selection.active.line };
    };
    this.#watching = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(look),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => look(textEditor)),
    );
  }

  /** The line that the cursor is in, of this result's change; counts from 1. */
  place(result: number): { readonly path: string; readonly line: number } | undefined {
    const at = this.#cursor;
    if (!at || this.#resultOf(at.uri.query) !== result) return undefined;
    return { path: at.uri.path.slice(1), line: at.line + 1 };
  }

  /** A remark at that line. */
  write(result: number, text: string): void {
    const at = this.#cursor;
    if (!at || this.#resultOf(at.uri.query) !== result) return;
    const { uri, line } = at;
    this.add({
      thread: this.#controller.createCommentThread(uri, new vscode.Range(line, 0, line, 0), []),
      text,
    });
  }

  /** Draws what stands against each file on its first line, and the remarks that were written. */
  show(result: number, files: readonly Reviewed[]): void {
    this.#clear(result);
    const drawn = files.flatMap((file) => {
      const uri = file.right ?? file.left;
      if (!uri) return [];
      const faults = file.faults.map((why) => this.#standing(uri, words.fault, why, true));
      const notes = file.notes.map((why) => this.#standing(uri, words.note, why, false));
      return [...faults, ...notes];
    });
    const remarks = this.#of(result).map(({ address, line, text }) =>
      this.#remark(vscode.Uri.parse(address, true), line, text),
    );
    this.#threads.set(result, [...drawn, ...remarks]);
  }

  /** A remark as somebody has just written it. */
  add({ thread, text }: vscode.CommentReply): void {
    const result = this.#resultOf(thread.uri.query);
    if (result === undefined || text.trim() === '') return;
    const line = (thread.range?.end.line ?? 0) + 1;
    const path = thread.uri.path.slice(1);
    const remark = { address: thread.uri.toString(), path, line, text: text.trim() };
    void this.#keep(result, [...this.#of(result), remark]);
    thread.comments = [...thread.comments, new Shown(thread, remark.text)];
    this.#dress(thread);
    const known = this.#threads.get(result) ?? [];
    if (!known.includes(thread)) this.#threads.set(result, [...known, thread]);
  }

  delete(comment: unknown): void {
    if (!(comment instanceof Shown)) return;
    const { thread, body } = comment;
    const result = this.#resultOf(thread.uri.query);
    const address = thread.uri.toString();
    if (result !== undefined) {
      const left = this.#of(result);
      const gone = left.findIndex((one) => one.address === address && one.text === body);
      void this.#keep(result, left.toSpliced(gone, gone < 0 ? 0 : 1));
    }
    thread.comments = thread.comments.filter((one) => one !== comment);
    if (thread.comments.length === 0) thread.dispose();
  }

  /** The remarks on a result as lines of a rejection. */
  lines(result: number): readonly string[] {
    return this.#of(result).map(({ path, line, text }) => `${visibleName(path)}:${line}: ${text}`);
  }

  /** The verdict is given: nothing of it is said any more. */
  forget(result: number): void {
    this.#clear(result);
    void this.#keep(result, []);
  }

  dispose(): void {
    this.#watching.dispose();
    this.#controller.dispose();
  }

  #standing(uri: vscode.Uri, label: string, why: string, isOpen: boolean): vscode.CommentThread {
    const comment = { body: why, mode: vscode.CommentMode.Preview, author: { name: words.lockkeeper } };
    const thread = this.#controller.createCommentThread(uri, new vscode.Range(0, 0, 0, 0), [comment]);
    const { Expanded, Collapsed } = vscode.CommentThreadCollapsibleState;
    thread.collapsibleState = isOpen ? Expanded : Collapsed;
    thread.canReply = false;
    thread.label = label;
    return thread;
  }

  #remark(uri: vscode.Uri, line: number, text: string): vscode.CommentThread {
    const range = new vscode.Range(line - 1, 0, line - 1, 0);
    const thread = this.#controller.createCommentThread(uri, range, []);
    thread.comments = [new Shown(thread, text)];
    this.#dress(thread);
    return thread;
  }

  #dress(thread: vscode.CommentThread): void {
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    thread.label = words.remark;
  }

  #clear(result: number): void {
    for (const thread of this.#threads.get(result) ?? []) thread.dispose();
    this.#threads.delete(result);
  }

  #of(result: number): readonly Remark[] {
    return this.#room.house.context.workspaceState.get<Kept>(memory, {})[String(result)] ?? [];
  }

  #keep(result: number, remarks: readonly Remark[]): Thenable<void> {
    const { workspaceState } = this.#room.house.context;
    const { [String(result)]: _, ...others } = workspaceState.get<Kept>(memory, {});
    return workspaceState.update(memory, remarks.length === 0 ? others : { ...others, [result]: remarks });
  }
}
