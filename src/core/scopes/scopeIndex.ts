import {
  askedName,
  isSpared,
  readArea,
  readCritical,
  type Area,
  type Matching,
  type ReadArea,
} from './area.ts';
import { matches, type Pattern } from './pattern.ts';

/** Which of many areas hold a name. */
export interface ScopeIndex<Key> {
  /** The keys of the areas in which `inArea` finds the name, in the order in which they came. */
  at(name: string): readonly Key[];
}

interface Indexed<Key> {
  readonly n: number;
  readonly key: Key;
  readonly area: ReadArea;
}

/** An entry of an area. */
interface Candidate<Key> {
  readonly pattern: Pattern;
  readonly of: Indexed<Key>;
}

/**
 * Finds the areas of a name by the literal beginnings of their entries and by their ends, so that few are tried.
 * Each list of entries is read once, so another index over the same areas and some more is cheap.
 */
export function indexOf<Key>(areas: Iterable<readonly [Key, Area]>, matching: Matching): ScopeIndex<Key> {
  const critical = readCritical(matching);
  const byPrefix = new Parts<Parts<Candidate<Key>[]>>((name, length) => name.slice(0, length));
  let n = 0;
  for (const [key, area] of areas) {
    const of = { n, key, area: readArea(area, matching.caseBlind ?? false) };
    n += 1;
    for (const pattern of of.area.scope) {
      byPrefix
        .ensure(pattern.prefix, () => new Parts((name, length) => name.slice(name.length - length)))
        .ensure(pattern.suffix, () => [])
        .push({ pattern, of });
    }
  }
  const found = (name: string): readonly Indexed<Key>[] => {
    const met = new Set<Indexed<Key>>();
    for (const bySuffix of byPrefix.of(name))
      for (const candidates of bySuffix.of(name))
        for (const { pattern, of } of candidates) if (!met.has(of) && matches(pattern, name)) met.add(of);
    return [...met].filter(({ area }) => isSpared(area, name, critical));
  };
  return {
    at(name) {
      const asked = askedName(name, matching);
      if (asked === undefined) return [];
      return found(asked)
        .toSorted((left, right) => left.n - right.n)
        .map(({ key }) => key);
    },
  };
}

/** Values under parts of names, and the lengths that such parts have. */
class Parts<T> {
  readonly #values = new Map<string, T>();
  readonly #lengths: number[] = [];
  readonly #part: (name: string, length: number) => string;

  constructor(part: (name: string, length: number) => string) {
    this.#part = part;
  }

  ensure(part: string, make: () => T): T {
    let value = this.#values.get(part);
    if (value === undefined) {
      this.#values.set(part, (value = make()));
      if (!this.#lengths.includes(part.length)) this.#lengths.push(part.length);
    }
    return value;
  }

  /** Those whose part the name has. */
  of(name: string): readonly T[] {
    const found: T[] = [];
    for (const length of this.#lengths) {
      const value = length <= name.length ? this.#values.get(this.#part(name, length)) : undefined;
      if (value !== undefined) found.push(value);
    }
    return found;
  }
}
