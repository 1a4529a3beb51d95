import { holds, type Characters } from './characters.ts';
import type { Automaton } from './pattern.ts';

/** A person reads an example, so the characters that stand for many are the usual ones where that is possible. */
const usual = Array.from('abcxyz019', (character) => character.charCodeAt(0));

/**
 * One character for each class of characters that some automata tell apart; `.` and `/`, which names tell apart,
 * among them.
 */
export class Alphabet {
  /** What it costs to use it, in looks. */
  readonly looks: number;
  readonly #all: readonly number[];
  readonly #of = new Map<Characters, readonly number[]>();

  constructor(automata: readonly Automaton[]) {
    const singles = new Set([0x2e, 0x2f]);
    const wide = new Set<Characters>();
    for (const { letters, sets } of automata) {
      for (const code of letters) singles.add(code);
      for (const set of sets) wide.add(set);
    }
    const sets = [...wide];
    const others = new Map<number, number>();
    const meet = (code: number): void => {
      if (singles.has(code)) return;
      // Which of the sets take it, as one number; of very many sets each character is a class of its own.
      let kind = 0;
      if (sets.length > 50) kind = code;
      else for (const set of sets) kind = kind * 2 + (holds(set, code) ? 1 : 0);
      if (kind > 0 && !others.has(kind)) others.set(kind, code);
    };
    for (const code of usual) meet(code);
    for (const code of singles) meet(code + 1);
    for (const set of sets) {
      for (const [from, to] of set) {
        meet(from);
        meet(to + 1);
      }
    }
    this.#all = [...others.values(), ...singles];
    this.looks = this.#all.length * sets.length;
  }

  /** Those of a set. */
  in(set: Characters): readonly number[] {
    let found = this.#of.get(set);
    if (!found) this.#of.set(set, (found = this.#all.filter((code) => holds(set, code))));
    return found;
  }
}
