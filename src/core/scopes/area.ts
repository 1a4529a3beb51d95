import { isBlank } from '../plainText.ts';
import { readScopeEntry, scopeFault } from '../scopeEntry.ts';
import type { Workspace } from '../workspace.ts';
import { folded } from './characters.ts';
import { plainName } from './name.ts';
import { matches, readPattern, type Pattern } from './pattern.ts';

/** A SCOPE with what NOT-YOUR-JOB cuts out of it, both as a packet keeps them. */
export interface Area {
  readonly scope: readonly string[];
  readonly notYourJob: readonly string[];
}

/** What matching asks of the workspace. */
export type Matching = Partial<Pick<Workspace, 'caseBlind' | 'criticalFiles' | 'folders'>>;

/** An area whose entries have been read. */
export interface ReadArea {
  readonly scope: readonly Pattern[];
  readonly cuts: readonly Pattern[];
  /** The files that the scope names letter by letter. */
  readonly literals: ReadonlySet<string>;
}

type Reading<T> = { seen?: T; blind?: T };

/** Reads once for each list and each way; lists of entries never change. */
function once<T>(read: (entries: readonly string[], caseBlind: boolean) => T): typeof read {
  const known = new WeakMap<readonly string[], Reading<T>>();
  return (entries, caseBlind) => {
    let reading = known.get(entries);
    if (!reading) known.set(entries, (reading = {}));
    return caseBlind ? (reading.blind ??= read(entries, true)) : (reading.seen ??= read(entries, false));
  };
}

const scopeOf = once((entries, caseBlind) => {
  const scope = entries.map((entry) => readPattern(entry, caseBlind));
  return { scope, literals: new Set(scope.flatMap(({ literal }) => literal ?? [])) };
});

/** Only what is a path and holds no blank cuts; the rest of NOT-YOUR-JOB is for the reader. */
const cutsOf = once((entries, caseBlind) =>
  entries
    .map(readScopeEntry)
    .filter((entry) => !/\s/.test(entry) && scopeFault(entry) === undefined)
    .map((entry) => readPattern(entry, caseBlind)),
);

const globsOf = once((entries, caseBlind) =>
  entries.filter((entry) => !isBlank(entry)).map((entry) => readPattern(entry, caseBlind)),
);

export function readArea(area: Area, caseBlind: boolean): ReadArea {
  return { ...scopeOf(area.scope, caseBlind), cuts: cutsOf(area.notYourJob, caseBlind) };
}

const perFolder = new WeakMap<readonly string[], { folders: readonly string[]; globs: readonly string[] }>();

/** The globs of critical files; of several folders each has its own. */
export function readCritical({
  criticalFiles = [],
  folders = [],
  caseBlind = false,
}: Matching): readonly Pattern[] {
  if (folders.length < 2) return globsOf(criticalFiles, caseBlind);
  let placed = perFolder.get(criticalFiles);
  if (placed?.folders !== folders) {
    const globs = folders.flatMap((folder) => criticalFiles.map((glob) => `${folder}/${glob}`));
    perFolder.set(criticalFiles, (placed = { folders, globs }));
  }
  return globsOf(placed.globs, caseBlind);
}

/** A name as areas are asked for it; undefined where it is none of the workspace. */
export function askedName(name: string, { caseBlind = false }: Matching): string | undefined {
  const plain = plainName(name);
  return plain !== undefined && caseBlind ? folded(plain) : plain;
}

const isAmong = (patterns: readonly Pattern[], name: string): boolean =>
  patterns.some((pattern) => matches(pattern, name));

/** Whether a name that the scope holds is left to the area: not cut out, and not critical unless it is named. */
export function isSpared({ cuts, literals }: ReadArea, name: string, critical: readonly Pattern[]): boolean {
  return !isAmong(cuts, name) && (literals.has(name) || !isAmong(critical, name));
}

/** As `inArea`, of what has been read. */
function isHeld(area: ReadArea, name: string, critical: readonly Pattern[]): boolean {
  return isAmong(area.scope, name) && isSpared(area, name, critical);
}

/**
 * Whether a worker with this area may write the file of that workspace name, as far as the area goes: SCOPE holds it,
 * NOT-YOUR-JOB does not, and a critical file (P7) is named letter by letter.
 */
export function inArea(area: Area, name: string, matching: Matching): boolean {
  const asked = askedName(name, matching);
  if (asked === undefined) return false;
  return isHeld(readArea(area, matching.caseBlind ?? false), asked, readCritical(matching));
}

/** P7: the critical files that an area names letter by letter, each with the first glob that it meets. */
export function criticalIn(
  area: Area,
  matching: Matching,
): readonly { readonly entry: string; readonly glob: string }[] {
  const read = readArea(area, matching.caseBlind ?? false);
  const critical = readCritical(matching);
  return read.scope.flatMap(({ entry, literal }) => {
    const met = literal === undefined ? undefined : critical.find((pattern) => matches(pattern, literal));
    return met && literal !== undefined && isHeld(read, literal, critical) ? { entry, glob: met.entry } : [];
  });
}
