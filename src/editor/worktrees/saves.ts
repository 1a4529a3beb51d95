import { appendFileSync, readFileSync, rmSync, statSync } from 'node:fs';

/**
 * When files were saved in an editor of this folder, in a file that outlives the window: one line for each save, the
 * time in epoch milliseconds and the path. Every window appends to it, and reads what the others wrote.
 */
export class Saves {
  readonly #file: string;
  readonly #last = new Map<string, number>();
  #read = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** Written before anybody asks again. Where it cannot be, this window alone knows of it. */
  note(path: string, at: number): void {
    this.#last.set(path, Math.max(at, this.#last.get(path) ?? 0));
    try {
      appendFileSync(this.#file, `${at} ${JSON.stringify(path)}\n`);
    } catch {
      return;
    }
  }

  /** Whether the file of that path was saved since then. */
  has(path: string, since: number): boolean {
    this.#take();
    return (this.#last.get(path) ?? -1) >= since;
  }

  /** Nothing is under way that anybody could be asked about. */
  forget(): void {
    this.#last.clear();
    this.#read = 0;
    rmSync(this.#file, { force: true });
  }

  #take(): void {
    const size = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
    if (size === this.#read) return;
    const bytes = readFileSync(this.#file);
    // A line that was cut short is read when the rest of it is there; one that is shorter now was begun anew.
    const from = size < this.#read ? 0 : this.#read;
    const end = bytes.lastIndexOf(0x0a) + 1;
    this.#read = end;
    for (const line of bytes.subarray(from, end).toString().split('\n')) {
      const [, at = '', path = ''] = /^(\d+) (".*")$/.exec(line) ?? [];
      const name = path === '' ? undefined : nameIn(path);
      if (name !== undefined) this.#last.set(name, Math.max(Number(at), this.#last.get(name) ?? 0));
    }
  }
}

function nameIn(text: string): string | undefined {
  try {
    return String(JSON.parse(text));
  } catch {
    return undefined;
  }
}
