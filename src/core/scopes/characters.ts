/** What one place of a pattern takes: code points from one to another, both included, in order and apart. */
export type Characters = readonly (readonly [from: number, to: number])[];

const last = 0x10ffff;
const slash = 0x2f;

const capitals: readonly [number, number] = [0x41, 0x5a];

/** What can stand in a name, and what within a segment of it; where case does not count, no capital letter does. */
export const characters = (caseBlind: boolean): { readonly any: Characters; readonly within: Characters } =>
  caseBlind ? { any: anyFolded, within: withinFolded } : { any, within };

/** A single character. */
export const just = (code: number): Characters => [[code, code]];

/** The character of a set that has only one. */
export function singleOf(set: Characters): number | undefined {
  const [first] = set;
  return first && set.length === 1 && first[0] === first[1] ? first[0] : undefined;
}

export function holds(characters: Characters, code: number): boolean {
  for (const [from, to] of characters) if (code >= from && code <= to) return true;
  return false;
}

/** One spelling of a text for a file system that is blind to case. No text grows or shrinks by it. */
export function folded(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  return Array.from(text, foldedCharacter).join('');
}

function foldedCharacter(character: string): string {
  const upper = oneOr(character, character.toUpperCase());
  return oneOr(upper, upper.toLowerCase());
}

/** The other spelling where it is one character, too. */
function oneOr(usual: string, other: string): string {
  return other.length === String.fromCodePoint(other.codePointAt(0) ?? 0).length ? other : usual;
}

/** What a class in brackets takes: `a-c` or `xyz`, or all but that. */
export function classOf(
  ranges: Characters,
  { butThese, caseBlind }: { readonly butThese: boolean; readonly caseBlind: boolean },
): Characters {
  const named = caseBlind ? [...ranges, ...ranges.flatMap(spelledAlike)] : ranges;
  const taken = butThese ? theOthers(joined(named)) : joined(named);
  const inSegment = without(taken, [slash, slash]);
  return caseBlind ? without(inSegment, capitals) : inSegment;
}

function spelledAlike([from, to]: readonly [number, number]): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  if (from < 0x80) {
    for (let code = from; code <= Math.min(to, 0x7f); code += 1) found.push(pair(foldedCode(code)));
  }
  if (to < 0x80) return found;
  for (const [code, alike] of cased()) if (code >= from && code <= to) found.push(pair(alike));
  return found;
}

const pair = (code: number): readonly [number, number] => [code, code];
const foldedCode = (code: number): number =>
  foldedCharacter(String.fromCodePoint(code)).codePointAt(0) ?? code;

let table: readonly (readonly [number, number])[] | undefined;

/** Every character that is folded into another. It takes some milliseconds, so only once, and late. */
function cased(): readonly (readonly [number, number])[] {
  if (table) return table;
  const found: (readonly [number, number])[] = [];
  for (let code = 0x80; code < 0x1_ea00; code += 1) {
    const alike = foldedCode(code);
    if (alike !== code) found.push([code, alike]);
  }
  return (table = found);
}

function joined(ranges: Characters): Characters {
  const whole: [number, number][] = [];
  for (const [from, to] of ranges.toSorted(([left], [right]) => left - right)) {
    const before = whole.at(-1);
    if (before && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else whole.push([from, to]);
  }
  return whole;
}

function theOthers(ranges: Characters): Characters {
  const rest: [number, number][] = [];
  let next = 1;
  for (const [from, to] of ranges) {
    if (from > next) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= last) rest.push([next, last]);
  return rest;
}

function without(ranges: Characters, [first, end]: readonly [number, number]): Characters {
  return ranges.flatMap(([from, to]) => {
    const parts: (readonly [number, number])[] = [
      [from, Math.min(to, first - 1)],
      [Math.max(from, end + 1), to],
    ];
    return parts.filter(([left, right]) => left <= right);
  });
}

const any: Characters = [[1, last]];
const within = without(any, [slash, slash]);
const anyFolded = without(any, capitals);
const withinFolded = without(within, capitals);
