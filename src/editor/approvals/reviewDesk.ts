import type * as vscode from 'vscode';
import type { ChangeSeen } from '../../core/change.ts';
import { at, each } from '../../core/table.ts';
import { pageOf } from '../../core/views/worstFirst.ts';
import type { Room } from '../room.ts';
import { openChanges, reviewed } from './changes.ts';
import { Remarks } from './remarks.ts';
import type { ResultDocuments } from './resultDocuments.ts';

/** What a person looks at of a result: its document, its change, and the remarks on that. */
export class ReviewDesk implements vscode.Disposable {
  readonly #room: Room;
  readonly documents: ResultDocuments;
  readonly remarks: Remarks;
  /** The page of its change that was opened last, from 0, by result. */
  readonly #pages = new Map<number, number>();
  /** What a person was shown last of the change of a result. */
  readonly #shown = new Map<number, string>();

  constructor(room: Room, documents: ResultDocuments) {
    this.#room = room;
    this.documents = documents;
    this.remarks = new Remarks(room, (tree) => this.#resultOf(tree));
  }

  /**
   * Measures a result anew and opens its change, or its document where there is none to be shown. Where no page is
   * asked for, a person who looks at the same change still stays on theirs.
   */
  async show(result: number, page?: number): Promise<ChangeSeen | undefined> {
    const seen = await this.documents.look(result);
    if (!seen || !('measured' in seen) || seen.measured.files.length === 0) {
      await this.documents.open(result);
      this.#remember(result, seen);
      return seen;
    }
    const all = reviewed(this.#room, seen.measured);
    const isSame = this.#shown.get(result) === seen.measured.shown;
    const open = pageOf(all, page ?? (isSame ? (this.#pages.get(result) ?? 0) : 0));
    this.#pages.set(result, open.page);
    this.remarks.show(result, open.shown);
    await openChanges(result, all, open.page);
    this.#remember(result, seen);
    return seen;
  }

  /** What an approval of this result may bind to; undefined where nobody was shown its change. */
  shownOf(result: number): string | undefined {
    return this.#shown.get(result);
  }

  async showMore(result: number): Promise<void> {
    await this.show(result, (this.#pages.get(result) ?? 0) + 1);
  }

  /** The next one that waits for a verdict, behind this one, from the first again after the last. */
  after(result: number | undefined): number | undefined {
    const waiting = [...each(this.#room.state.results)].filter(({ state }) => state === 'review');
    return (waiting.find(({ n }) => n > (result ?? 0)) ?? waiting[0])?.n;
  }

  dispose(): void {
    this.remarks.dispose();
  }

  #remember(result: number, seen: ChangeSeen | undefined): void {
    if (seen && 'measured' in seen) this.#shown.set(result, seen.measured.shown);
  }

  #resultOf(tree: string): number | undefined {
    const { state } = this.#room;
    for (const n of state.live) {
      const result = at(state.dispatches, n)?.inReview;
      const seen = result === undefined ? undefined : this.documents.seen(result);
      if (seen && 'measured' in seen && [seen.measured.tree, seen.measured.base].includes(tree))
        return result;
    }
    return undefined;
  }
}
