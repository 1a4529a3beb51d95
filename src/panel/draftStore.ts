import type { Draft, Drafts } from '../contract/panelMessages.ts';
import { keep, keptBefore, leaveBehind, leftBehind, send } from './host.ts';

const blank: Draft = { noneWords: '', rationale: '', constraints: '', nextStep: '', changed: 0 };
const pause = 300;

/** Half-written answers and the chosen question: in VS Code's state at every key, with the host soon after. */
export class DraftStore {
  #drafts: Drafts;
  #selected: string | undefined;
  #timer: number | undefined;

  constructor() {
    const before = keptBefore();
    this.#drafts = younger(before.drafts, leftBehind());
    this.#selected = before.selected;
  }

  get all(): Drafts {
    return this.#drafts;
  }

  get selected(): string | undefined {
    return this.#selected;
  }

  select(key: string | undefined): void {
    this.#selected = key;
    this.#keep();
  }

  of(key: string): Draft {
    return this.#drafts[key] ?? blank;
  }

  /** Whether somebody has begun to answer. */
  begun(key: string): boolean {
    const { choice, noneWords, rationale, constraints, nextStep } = this.of(key);
    return (
      choice !== undefined ||
      [noneWords, rationale, constraints, nextStep].some((words) => words.trim() !== '')
    );
  }

  change(key: string, part: Partial<Draft>): void {
    this.#drafts = { ...this.#drafts, [key]: { ...this.of(key), ...part, changed: Date.now() } };
    this.#write();
  }

  remove(key: string): void {
    const { [key]: _, ...others } = this.#drafts;
    this.#drafts = others;
    this.#write();
    this.flush();
  }

  /** Leaves the return of this question unwritten. */
  stopReturning(key: string): void {
    const { returning: _, ...draft } = this.of(key);
    this.#drafts = { ...this.#drafts, [key]: { ...draft, changed: Date.now() } };
    this.#write();
  }

  /** The host has seen every panel's drafts; what it says is complete. */
  adopt(drafts: Drafts): void {
    this.#drafts = drafts;
    this.#keep();
  }

  /** Hands the host what it has not yet. */
  flush(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    send({ type: 'drafts', drafts: this.#drafts });
  }

  #write(): void {
    this.#keep();
    this.#timer ??= window.setTimeout(() => this.flush(), pause);
  }

  #keep(): void {
    const selected = this.#selected;
    keep({ drafts: this.#drafts, ...(selected === undefined ? {} : { selected }) });
    leaveBehind(this.#drafts);
  }
}

function younger(one: Drafts, other: Drafts): Drafts {
  const newer = Object.entries(other).filter(([key, { changed }]) => changed > (one[key]?.changed ?? 0));
  return { ...one, ...Object.fromEntries(newer) };
}
