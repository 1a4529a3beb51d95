import { lstat } from 'node:fs/promises';
import type { NamedFolder } from './folders.ts';
import { nameOf } from './identity.ts';
import { stampOf, sweep, type Stamp } from './stamps.ts';

/** A write that was seen on the disk. */
export interface Noticed {
  readonly name: string;
  /** In a folder that all share nobody knows who wrote; only what this editor saved is certain. */
  readonly by: 'user' | 'worker' | 'unknown';
  readonly certain: boolean;
}

export interface Watched {
  readonly folders: () => readonly NamedFolder[];
  /** The entries of SCOPE that are live. */
  readonly entries: () => readonly string[];
  /**
   * Whose a file is now: a worker's who writes in this folder, kept by hand or of somebody who does not write here, or
   * nobody's.
   */
  readonly standing: (name: string) => 'worker' | 'kept' | 'free';
  readonly noticed: (write: Noticed) => void;
  /** Milliseconds between two looks; a second. */
  readonly every?: number;
}

/** In milliseconds: events come twice, and many at once. */
const gathering = 100;
/** Looking takes the disk one part in this many of the time. */
const share = 10;
const mostFiles = 20_000;
const gone: Stamp = 'gone';

/**
 * Notices writes in live areas and beside them: told of by a watcher, or found by looking at the live areas again. Each
 * write is noticed once, however often it is told.
 */
export class DiskWrites {
  readonly #watched: Watched;
  /** By name: as it was last seen. */
  #stamps = new Map<string, Stamp>();
  /** What is found in the areas for the first time was there when they were handed out. */
  #isFresh = true;
  readonly #told = new Set<string>();
  /** Of those: what was made only now. */
  readonly #made = new Set<string>();
  /** Names that this editor is writing: what is seen of them meanwhile is not known to be its own yet. */
  readonly #saving = new Set<string>();
  #gathering: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#lookIn(0);
  }

  /** Files were handed out or came free. */
  areasChanged(): void {
    this.#isFresh = true;
    this.#lookIn(0);
  }

  /** A watcher saw something at this absolute path; it may say so twice, or too often. */
  touched(path: string, isMade = false): void {
    this.#told.add(path);
    if (isMade) this.#made.add(path);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      const paths = [...this.#told];
      this.#told.clear();
      this.#then(async () => {
        for (const one of paths) await this.#compare(one);
      });
    }, gathering);
  }

  /** This editor is about to write the file itself. */
  saving(name: string): void {
    this.#saving.add(name);
  }

  /** This editor has written the file, or did not come to it. */
  saved(name: string, path: string): void {
    this.#then(async () => {
      this.#saving.delete(name);
      const stamp = await stampOf(path);
      // What was taken away by the person's word is nobody else's write when the watcher tells of it.
      if (stamp === undefined && !(await isThere(path))) this.#stamps.set(name, gone);
      else if (stamp !== undefined && this.#isNews(name, stamp))
        this.#watched.noticed({ name, by: 'user', certain: true });
    });
  }

  dispose(): void {
    this.#isOver = true;
    clearTimeout(this.#gathering);
    clearTimeout(this.#looking);
  }

  /** One look at a time, so that no write is seen from two sides. */
  #then(step: () => Promise<void>): void {
    this.#turn = this.#turn.then(() => (this.#isOver ? undefined : step()));
  }

  #lookIn(milliseconds: number): void {
    clearTimeout(this.#looking);
    if (!this.#isOver) this.#looking = setTimeout(() => this.#then(() => this.#look()), milliseconds);
  }

  async #compare(path: string): Promise<void> {
    const isMade = this.#made.delete(path);
    const identity = await nameOf(path, this.#watched.folders());
    if (!('name' in identity)) return;
    const { name } = identity;
    const stamp = await stampOf(path);
    // A folder is no file; what is in it is told of by itself, or found.
    if (stamp === undefined && (await isThere(path))) return;
    // What came and went before anybody looked, as when a file is written beside and put in place, left nothing.
    const isPassing = isMade && stamp === undefined && !this.#stamps.has(name);
    if (this.#isNews(name, stamp) && !isPassing) this.#tell(name);
  }

  async #look(): Promise<void> {
    const begun = performance.now();
    const { folders, entries, standing } = this.#watched;
    const isOwned = (name: string): boolean => standing(name) !== 'free';
    const wasFresh = this.#isFresh;
    this.#isFresh = false;
    const { stamps, isPartial } = await sweep(folders(), entries(), isOwned, mostFiles);
    for (const [name, stamp] of stamps) {
      const isNew = !this.#stamps.has(name);
      if (this.#isNews(name, stamp) && !(isNew && wasFresh)) this.#tell(name);
    }
    for (const name of isPartial ? [] : [...this.#stamps.keys()]) {
      if (!stamps.has(name) && isOwned(name) && this.#isNews(name, undefined)) this.#tell(name);
    }
    const { every = 1_000 } = this.#watched;
    this.#lookIn(Math.max(every, (share - 1) * (performance.now() - begun)));
  }

  /** Whether it is another than was last seen; then that is what is known of it. */
  #isNews(name: string, stamp: Stamp = gone): boolean {
    if (this.#saving.has(name) || this.#stamps.get(name) === stamp) return false;
    this.#stamps.set(name, stamp);
    return true;
  }

  #tell(name: string): void {
    const by = this.#watched.standing(name) === 'worker' ? 'worker' : 'unknown';
    this.#watched.noticed({ name, by, certain: false });
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
