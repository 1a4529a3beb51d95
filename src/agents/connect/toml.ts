import { isDeepStrictEqual } from 'node:util';
import * as toml from 'smol-toml';
import {
  cannot,
  isOurs,
  lineEndOf,
  notOurs,
  rewritten,
  type Place,
  type Rewritten,
  type Standing,
} from './written.ts';

/**
 * TOML in which a table of ours is put and taken out. It stands between two comments at the end, so that not a byte of
 * the rest is touched; the parser says whether that means what it should.
 */
const begins = '# Lockkeeper wrote this; Lockkeeper: Disconnect Worker takes it out.';
const ends = '# End of what Lockkeeper wrote.';

export function putToml(before: string | undefined, place: Place): Rewritten {
  const text = before ?? '';
  const there = read(text);
  if (typeof there === 'string') return cannot(there);
  const standing = standingInToml(before, place);
  if (standing === 'same') return rewritten(before);
  if (standing === 'theirs') return notOurs(place);
  const block = blockIn(text);
  const nl = lineEndOf(text);
  const written = blockOf(place).join(nl);
  const made = block
    ? text.slice(0, block.from) + written + text.slice(block.to)
    : text + (before === undefined ? '' : nl) + written + (text === '' || text.endsWith('\n') ? nl : '');
  return checked(made, there, place) ?? rewritten(made);
}

export function takeToml(before: string | undefined, place: Place): Rewritten {
  const block = before === undefined ? undefined : blockIn(before);
  if (before === undefined || !block) return rewritten(before);
  const there = read(before);
  if (typeof there === 'string') return cannot(there);
  const behind = /^\r?\n/.exec(before.slice(block.to))?.[0].length ?? 0;
  // The empty line before it is ours.
  const ahead = /\r?\n$/.exec(before.slice(0, block.from))?.[0].length ?? 0;
  const made = before.slice(0, block.from - ahead) + before.slice(block.to + behind);
  const rest = read(made);
  if (
    typeof rest === 'string' ||
    !isDeepStrictEqual(without(there, place.pointer), without(rest, place.pointer))
  )
    return cannot('What Lockkeeper wrote cannot be told from the rest any more. Take it out by hand.');
  return rewritten(made === '' && ahead === 0 ? undefined : made);
}

export function standingInToml(before: string | undefined, { pointer, value }: Place): Standing {
  const there = before === undefined ? '' : read(before);
  if (typeof there === 'string') return 'none';
  const found = at(there, pointer);
  if (found === undefined) return 'none';
  if (!isOurs(found) || !blockIn(before ?? '')) return 'theirs';
  return isDeepStrictEqual(found, value) ? 'same' : 'older';
}

type Table = Readonly<Record<string, unknown>>;

/** Plain objects, so that they can be compared. */
function read(text: string): Table | string {
  try {
    return JSON.parse(JSON.stringify(toml.parse(text.replace(/^\uFEFF/, '')))) as Table;
  } catch (error) {
    const line = error instanceof toml.TomlError ? ` look at line ${error.line}.` : '';
    return `It is no TOML that can be read:${line}`;
  }
}

function at(table: Table, pointer: readonly string[]): unknown {
  return pointer.reduce<unknown>(
    (inner, key) => (isTable(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    table,
  );
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same without what stands there, and without tables that nothing is in then. */
function without(table: Table, [key = '', ...rest]: readonly string[]): Table {
  const { [key]: inner, ...others } = table;
  if (rest.length === 0 || !isTable(inner)) return others;
  const left = without(inner, rest);
  return Object.keys(left).length === 0 ? others : { ...others, [key]: left };
}

function blockOf({ pointer, value }: Place): readonly string[] {
  const fields = Object.entries(value as Table).map(([key, one]) => `${key} = ${JSON.stringify(one)}`);
  return [begins, `[${pointer.join('.')}]`, ...fields, ends];
}

function blockIn(text: string): { readonly from: number; readonly to: number } | undefined {
  const from = text.indexOf(begins);
  const to = text.indexOf(ends, from);
  if (from < 0 || to < 0 || (from > 0 && text[from - 1] !== '\n')) return undefined;
  return { from, to: to + ends.length };
}

/** Why what was made is not what it should be; undefined where it is. */
function checked(made: string, there: Table, { pointer, value }: Place): Rewritten | undefined {
  const now = read(made);
  const isRight =
    typeof now !== 'string' &&
    isDeepStrictEqual(at(now, pointer), value) &&
    isDeepStrictEqual(without(now, pointer), without(there, pointer));
  return isRight
    ? undefined
    : cannot(`\`${pointer[0] ?? ''}\` is written in it in a way that leaves no room.`);
}
