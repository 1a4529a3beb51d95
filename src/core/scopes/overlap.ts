import { isSpared, readArea, readCritical, type Area, type Matching, type ReadArea } from './area.ts';
import { matches, type Pattern } from './pattern.ts';
import { Search, type Allowed } from './search.ts';

/** How two areas meet. */
export interface Overlap {
  /** The entry of each side's SCOPE. */
  readonly left: string;
  readonly right: string;
  /** A name that both areas hold; absent where none was found in time, which counts as an overlap. */
  readonly example?: string;
}

/** How many looks at an edge one answer may take; some tens of milliseconds. */
const mostLooks = 300_000;

/**
 * Where two areas meet, or undefined where no name is in both. Exact, but that it gives up after `mostLooks` and calls
 * it an overlap.
 */
export function areasOverlap(left: Area, right: Area, matching: Matching): Overlap | undefined {
  const caseBlind = matching.caseBlind ?? false;
  const critical = readCritical(matching);
  const [one, other] = [readArea(left, caseBlind), readArea(right, caseBlind)];
  const allowed: Allowed = { looks: mostLooks };
  const named = byName(one, other, critical, allowed) ?? turned(byName(other, one, critical, allowed));
  if (named) return named;
  const cuts = [...one.cuts, ...other.cuts, ...critical];
  for (const mine of one.scope) {
    for (const theirs of other.scope) {
      if (!mayMeet(mine, theirs)) continue;
      const longer = mine.prefix.length > theirs.prefix.length ? mine : theirs;
      const barred = cuts.filter((cut) => mayMeet(cut, longer)).map((cut) => cut.automaton());
      allowed.looks -= cuts.length;
      const example = new Search(mine.automaton(), theirs.automaton(), barred, allowed).run();
      const met = { left: mine.entry, right: theirs.entry };
      if (example !== undefined) return { ...met, example };
      if (allowed.looks < 0) return met;
    }
  }
  return undefined;
}

/** Nothing is in both where the beginnings differ, or the ends. */
function mayMeet(left: Pattern, right: Pattern): boolean {
  return (
    (left.prefix.startsWith(right.prefix) || right.prefix.startsWith(left.prefix)) &&
    (left.suffix.endsWith(right.suffix) || right.suffix.endsWith(left.suffix))
  );
}

/** A file that the first names letter by letter. That is quick, and the only way to meet in a critical file. */
function byName(
  one: ReadArea,
  other: ReadArea,
  critical: readonly Pattern[],
  allowed: Allowed,
): Overlap | undefined {
  const barring = one.cuts.length + other.cuts.length + critical.length;
  for (const mine of one.scope) {
    const { literal } = mine;
    if (literal === undefined) continue;
    for (const theirs of other.scope) {
      if (!mayMeet(mine, theirs)) continue;
      allowed.looks -= literal.length;
      const met = { left: mine.entry, right: theirs.entry };
      if (allowed.looks < 0) return met;
      if (!matches(theirs, literal)) continue;
      allowed.looks -= (literal.length * barring) / 4;
      if (isSpared(one, literal, critical) && isSpared(other, literal, critical))
        return { ...met, example: literal };
      break;
    }
  }
  return undefined;
}

const turned = (overlap: Overlap | undefined): Overlap | undefined =>
  overlap && { ...overlap, left: overlap.right, right: overlap.left };
