import { minimatch, Minimatch } from 'minimatch';
import type { Area } from '../../../../src/core/scopes/area.ts';
import { areasOverlap } from '../../../../src/core/scopes/overlap.ts';
import { scopeFault } from '../../../../src/core/scopeEntry.ts';

/** Another reading of entries, by minimatch, and every name of a small alphabet asked one by one. */
const asWritten = { dot: true, nobrace: true, noext: true, nocomment: true, nonegate: true } as const;

const segments = ['a', 'b', 'aa', 'ab', 'bA', '.a'];
const below = (names: readonly string[]): string[] =>
  names.flatMap((name) => segments.map((segment) => `${name}/${segment}`));

/** Every name of three segments at most. */
export const names: readonly string[] = [segments, below(segments), below(below(segments))].flat();

/** Where names are read as if there were no case. */
export interface Way {
  readonly caseBlind: boolean;
}

/** A set of `names`. */
type Names = Uint32Array;

export type Random = (below: number) => number;

const pick = <T>(random: Random, from: readonly [T, ...T[]]): T => from[random(from.length)] ?? from[0];

const atoms = [
  'a',
  'b',
  'a',
  'b',
  'A',
  '.',
  '*',
  '*',
  '?',
  '[ab]',
  '[!a]',
  '[a-b]',
  '[!A-b]',
  '[Bx]',
] as const;

/** An entry as a person could write it, of letters that names have. */
export function anyEntry(random: Random): string {
  const parts = Array.from({ length: 1 + random(3) }, () => {
    if (random(5) === 0) return '**';
    const segment = Array.from({ length: 1 + random(3) }, () => pick(random, atoms)).join('');
    return /^\.+$/.test(segment) ? 'a' : segment;
  });
  return parts.join('/') + (random(10) === 0 ? '/' : '');
}

const isGlob = (entry: string): boolean => /[*?]|\[[^\]]+\]/.test(entry);

/** Whether an entry holds a name; a class is also what it looks like, which minimatch does not know. */
export function holds(entry: string, name: string, { caseBlind }: Way): boolean {
  const place = entry.replace(/\/$/, '');
  const alike = (text: string): string => (caseBlind ? text.toLowerCase() : text);
  const above = name.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'));
  if (!/[*?]/.test(place) && above.some((part) => alike(part) === alike(place))) return true;
  if (!isGlob(place)) return false;
  const readings = name.includes('[') ? readingsOf(place) : [place];
  const tried = entry.endsWith('/') ? above : [name];
  const options = { ...asWritten, nocase: caseBlind };
  return readings.some((glob) => tried.some((part) => minimatch(part, glob, options)));
}

/** A glob with each class as such, or as its text. */
function readingsOf(glob: string): readonly string[] {
  const [, before, found, after] = /^([^[]*)(\[[^\]]+\])(.*)$/.exec(glob) ?? [];
  if (before === undefined || found === undefined || after === undefined) return [glob];
  const text = Array.from(found, (character) => `\\${character}`).join('');
  return readingsOf(after).flatMap((rest) => [before + found + rest, before + text + rest]);
}

const known = new Map<string, Names>();

/** Those of `names` that an entry holds. */
function namesOf(entry: string, way: Way): Names {
  const key = `${way.caseBlind} ${entry}`;
  let found = known.get(key);
  if (!found) {
    found = new Uint32Array(Math.ceil(names.length / 32));
    const options = { ...asWritten, nocase: way.caseBlind };
    const glob = isGlob(entry) && !entry.endsWith('/') ? new Minimatch(entry, options) : undefined;
    for (const [n, name] of names.entries()) {
      const isHeld = glob ? glob.match(name) : holds(entry, name, way);
      if (isHeld) found[n >> 5] = (found[n >> 5] ?? 0) | (1 << (n & 31));
    }
    known.set(key, found);
  }
  return found;
}

/** A worker's area of such entries. */
export function anyArea(random: Random, entries: readonly [string, ...string[]]): Area {
  const some = (most: number): string[] => Array.from({ length: random(most) }, () => pick(random, entries));
  return { scope: [pick(random, entries), ...some(2)], notYourJob: some(3) };
}

const cutsOf = ({ notYourJob }: Area): string[] =>
  notYourJob.filter((entry) => scopeFault(entry) === undefined);

/** Whether an area holds a name, with `critical` globs. */
function isHeld(area: Area, name: string, critical: readonly string[], way: Way): boolean {
  const alike = (text: string): string => (way.caseBlind ? text.toLowerCase() : text);
  return (
    area.scope.some((entry) => holds(entry, name, way)) &&
    !cutsOf(area).some((entry) => holds(entry, name, way)) &&
    (!critical.some((glob) => holds(glob, name, way)) ||
      area.scope.some((entry) => alike(entry) === alike(name)))
  );
}

/** A name that is in both, if `names` has one. */
function sharedName(left: Area, right: Area, critical: readonly string[], way: Way): string | undefined {
  const sets = (entries: readonly string[]): Names[] => entries.map((entry) => namesOf(entry, way));
  const [mine, theirs] = [sets(left.scope), sets(right.scope)];
  const barred = sets([...cutsOf(left), ...cutsOf(right)]);
  const guarded = sets(critical);
  const any = (some: readonly Names[], word: number): number =>
    some.reduce((all, set) => all | (set[word] ?? 0), 0);
  for (let word = 0; word * 32 < names.length; word += 1) {
    const both = any(mine, word) & any(theirs, word) & ~any(barred, word);
    if (both === 0) continue;
    const free = both & ~any(guarded, word);
    if (free !== 0) return names[word * 32 + 31 - Math.clz32(free)];
    for (let bit = 0; bit < 32; bit += 1) {
      const name = names[word * 32 + bit];
      if ((both & (1 << bit)) === 0 || name === undefined) continue;
      if (isHeld(left, name, critical, way) && isHeld(right, name, critical, way)) return name;
    }
  }
  return undefined;
}

/** What came of many pairs of areas. */
export interface Tally {
  readonly pairs: number;
  /** Milliseconds, without the oracle. */
  readonly took: number;
  readonly meeting: number;
  /** Pairs that share a name and were told apart. */
  readonly missed: readonly string[];
  /** Pairs that were said to meet, in a name that both do not hold, or in none, and that share none of `names`. */
  readonly cautious: readonly string[];
}

/** Asks `areasOverlap` and the oracle about random pairs, with cuts, critical files and both ways of case. */
export function comparePairs(pairs: number, random: Random): Tally {
  const some = <T>(count: number, make: () => T): [T, ...T[]] => [
    make(),
    ...Array.from({ length: count - 1 }, make),
  ];
  const entries = some(500, () => anyEntry(random));
  const areas = some(500, () => anyArea(random, entries));
  const globs = some(20, () => [pick(random, entries)]);
  const missed: string[] = [];
  const cautious: string[] = [];
  let [meeting, took] = [0, 0];
  for (let n = 0; n < pairs; n += 1) {
    const way = { caseBlind: n % 3 === 0 };
    const [left, right] = [pick(random, areas), pick(random, areas)];
    const critical = n % 4 === 0 ? pick(random, globs) : [];
    const from = performance.now();
    const met = areasOverlap(left, right, { ...way, criticalFiles: critical });
    took += performance.now() - from;
    const shared = sharedName(left, right, critical, way);
    if (met) meeting += 1;
    const said = (): string => JSON.stringify({ left, right, critical, ...way, shared, met });
    if (!met && shared !== undefined) missed.push(said());
    if (!met || shared !== undefined) continue;
    const { example } = met;
    const isTrue =
      example !== undefined && isHeld(left, example, critical, way) && isHeld(right, example, critical, way);
    if (!isTrue) cautious.push(said());
  }
  return { pairs, took, meeting, missed, cautious };
}
