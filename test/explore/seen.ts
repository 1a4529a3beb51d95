import type { Key } from './identity.ts';

/**
 * Every state found, by the 64 bits of its key: 8 bytes each, 6 for the way there, and a table of numbers. Keeps
 * for each the state it was first reached from and which of the tries there led to it.
 */
export class Seen {
  #size = 0;
  #high = new Uint32Array(1 << 12);
  #low = new Uint32Array(1 << 12);
  #from = new Int32Array(1 << 12);
  #by = new Uint16Array(1 << 12);
  #slots = new Int32Array(1 << 14).fill(-1);

  get size(): number {
    return this.#size;
  }

  /** Whether it is new; then it has the next number. `from` is -1 for the first. */
  add({ high, low }: Key, from: number, by: number): boolean {
    const mask = this.#slots.length - 1;
    let slot = low & mask;
    for (let found = this.#slots[slot] ?? -1; found >= 0; found = this.#slots[slot] ?? -1) {
      if (this.#high[found] === high && this.#low[found] === low) return false;
      slot = (slot + 1) & mask;
    }
    const n = this.#size;
    if (n === this.#high.length) this.#widen();
    this.#high[n] = high;
    this.#low[n] = low;
    this.#from[n] = from;
    this.#by[n] = by;
    this.#slots[slot] = n;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#spread();
    return true;
  }

  /** The tries, by their place at each state, that lead from the first state to this one: a shortest way. */
  wayTo(n: number): readonly number[] {
    const way: number[] = [];
    for (let at = n; (this.#from[at] ?? -1) >= 0; at = this.#from[at] ?? -1) way.push(this.#by[at] ?? 0);
    return way.reverse();
  }

  #widen(): void {
    const width = this.#high.length * 2;
    const [high, low, from, by] = [this.#high, this.#low, this.#from, this.#by];
    (this.#high = new Uint32Array(width)).set(high);
    (this.#low = new Uint32Array(width)).set(low);
    (this.#from = new Int32Array(width)).set(from);
    (this.#by = new Uint16Array(width)).set(by);
  }

  #spread(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let n = 0; n < this.#size; n += 1) {
      let slot = (this.#low[n] ?? 0) & mask;
      while ((this.#slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = n;
    }
  }
}

/** How likely it is that two of `count` states had one key, and one of them was not looked at. */
export function collision(count: number): number {
  return -Math.expm1((-count * (count - 1)) / 2 / 2 ** 64);
}
