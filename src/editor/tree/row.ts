import type { CommandId } from '../ids.ts';

/** One row of a tree, as words: what VS Code draws of it is made elsewhere. */
export interface Row {
  /** Unique among its siblings, and the same for the same thing after every change. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  readonly colour?: string;
  /** Words that menus look for with `viewItem =~ /\bword\b/`. */
  readonly context: string;
  /** What a screen reader says in place of label and description. */
  readonly spoken: string;
  readonly tooltip?: () => string | Promise<string>;
  readonly open?: { readonly command: CommandId; readonly argument: object };
  /** What a command gets that is chosen from this row's menu. */
  readonly argument?: object;
  readonly children?: () => Listing;
  readonly collapsed?: boolean;
}

/** What stands below a row or at the root: known by its ids, made row by row as far as somebody looks. */
export interface Listing {
  readonly ids: readonly string[];
  readonly row: (index: number) => Row;
  /** What stands there in a word, for the ends of a page: `TODO 201`. */
  readonly name: (index: number) => string;
}

export function listing<T>(
  things: readonly T[],
  of: {
    readonly id: (thing: T) => string;
    readonly name: (thing: T) => string;
    readonly row: (thing: T) => Row;
  },
): Listing {
  const thing = (index: number): T => {
    if (index < 0 || index >= things.length) throw new RangeError(`row ${index} of ${things.length}`);
    return things[index] as T;
  };
  return {
    ids: things.map(of.id),
    name: (index) => of.name(thing(index)),
    row: (index) => of.row(thing(index)),
  };
}

export function fixed(rows: readonly Row[]): Listing {
  return listing(rows, { id: ({ id }) => id, name: ({ label }) => label, row: (row) => row });
}

export function joined(first: Listing, then: Listing): Listing {
  const { length } = first.ids;
  const from = <T>(one: (index: number) => T, other: (index: number) => T) => {
    return (index: number): T => (index < length ? one(index) : other(index - length));
  };
  return {
    ids: [...first.ids, ...then.ids],
    name: from(first.name, then.name),
    row: from(first.row, then.row),
  };
}

/** Everything of a row that is seen, so that only what changed is drawn anew. */
export function faceOf(row: Row): string {
  return JSON.stringify([
    row.label,
    row.description,
    row.icon,
    row.colour,
    row.context,
    row.spoken,
    row.open,
    row.argument,
  ]);
}
