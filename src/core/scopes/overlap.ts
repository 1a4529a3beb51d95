import { isHeld, readArea, readCritical, type Area, type Matching, type ReadArea } from './area.ts';
import { matches, type Pattern } from './pattern.ts';
import { Search } from './search.ts';

/** How two areas meet. */
export interface Overlap {
  /** The entry of each side's SCOPE. */
  readonly left: string;
  readonly right: string;
  /** A name that both areas hold; absent where none was found in time, which counts as an overlap. */
  readonly example?: string;
}

/** Steps of all searches for one answer; some tens of milliseconds. */
const mostSteps = 10_000;

/**
 * Where two areas meet, or undefined where no name is in both. Exact, but that it gives up after `mostSteps` steps and
 * calls it an overlap.
 */
export function areasOverlap(left: Area, right: Area, matching: Matching): Overlap | undefined {
  const caseBlind = matching.caseBlind ?? false;
  const critical = readCritical(matching);
  const [one, other] = [readArea(left, caseBlind), readArea(right, caseBlind)];
  const named = byName(one, other, critical) ?? turned(byName(other, one, critical));
  if (named) return named;
  let steps = mostSteps;
  for (const mine of one.scope) {
    for (const theirs of other.scope) {
      if (!mayMeet(mine, theirs)) continue;
      const longer = mine.prefix.length > theirs.prefix.length ? mine : theirs;
      const barred = [...one.cuts, ...other.cuts, ...critical]
        .filter((cut) => mayMeet(cut, longer))
        .map((cut) => cut.automaton());
      const search = new Search(mine.automaton(), theirs.automaton(), barred, steps);
      const example = search.run();
      steps = search.left;
      const met = { left: mine.entry, right: theirs.entry };
      if (example !== undefined) return { ...met, example };
      if (steps === 0) return met;
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
function byName(one: ReadArea, other: ReadArea, critical: readonly Pattern[]): Overlap | undefined {
  for (const { entry, literal } of one.scope) {
    if (literal === undefined || !isHeld(one, literal, critical) || !isHeld(other, literal, critical))
      continue;
    const theirs = other.scope.find((pattern) => matches(pattern, literal));
    if (theirs) return { left: entry, right: theirs.entry, example: literal };
  }
  return undefined;
}

const turned = (overlap: Overlap | undefined): Overlap | undefined =>
  overlap && { ...overlap, left: overlap.right, right: overlap.left };
