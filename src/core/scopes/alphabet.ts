import { holds, type Characters } from './characters.ts';
import type { Pattern } from './pattern.ts';

/** A person reads an example, so the characters that stand for many are the usual ones where that is possible. */
const usual = Array.from('abcdefghijklmnopqrstuvwxyz0123456789-_', (character) => character.charCodeAt(0));

/**
 * One character for each class of characters that some patterns tell apart; `.` and `/`, which names tell apart,
 * among them.
 */
export class Alphabet {
  readonly #all: readonly number[];
  readonly #of = new Map<Characters, readonly number[]>();

  constructor(patterns: readonly Pattern[]) {
    const singles = new Set([0x2e, 0x2f]);
    const wide = new Set<Characters>();
    for (const { places } of patterns) {
      for (const edges of places) {
        for (const { on } of edges) {
          const [first] = on;
          if (on.length === 1 && first && first[0] === first[1]) singles.add(first[0]);
          else wide.add(on);
        }
      }
    }
    const others = new Map<string, number>();
    const sets = [...wide];
    const starts = sets.flatMap((set) => set.flatMap(([from, to]) => [from, to + 1]));
    const behind = [...singles].map((code) => code + 1);
    for (const code of [...usual, ...starts, ...behind]) {
      if (singles.has(code)) continue;
      const kind = sets.map((set) => (holds(set, code) ? 1 : 0)).join('');
      if (kind.includes('1') && !others.has(kind)) others.set(kind, code);
    }
    this.#all = [...others.values(), ...singles];
  }

  /** Those of a set. */
  in(set: Characters): readonly number[] {
    let found = this.#of.get(set);
    if (!found) this.#of.set(set, (found = this.#all.filter((code) => holds(set, code))));
    return found;
  }
}
