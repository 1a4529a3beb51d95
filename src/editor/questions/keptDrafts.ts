import type { Memento } from 'vscode';
import { drafts as shape, type Drafts } from '../../contract/panelMessages.ts';

const key = 'lockkeeper.questionDrafts';
const most = 50;

/** The host's own copy of half-written answers: a closed panel or a lost browser profile takes none with it. */
export class KeptDrafts {
  readonly #memento: Memento;
  #drafts: Drafts;

  constructor(memento: Memento) {
    this.#memento = memento;
    const read = shape.safeParse(memento.get(key));
    this.#drafts = read.success ? read.data : {};
  }

  get all(): Drafts {
    return this.#drafts;
  }

  /** Takes what a new panel knows: of two copies of one draft the younger stays. */
  merge(other: Drafts): void {
    const younger = Object.entries(other).filter(
      ([name, { changed }]) => changed >= (this.#drafts[name]?.changed ?? 0),
    );
    this.replace({ ...this.#drafts, ...Object.fromEntries(younger) });
  }

  replace(drafts: Drafts): void {
    const youngest = Object.entries(drafts).sort(([, left], [, right]) => right.changed - left.changed);
    this.#drafts = Object.fromEntries(youngest.slice(0, most));
    void this.#memento.update(key, this.#drafts);
  }
}
