import { criticalIn, inArea, type Area } from './scopes/area.ts';
import { areasOverlap, type Overlap } from './scopes/overlap.ts';
import type { Workspace } from './workspace.ts';

/** The files that somebody may change. */
export interface Territory {
  /** As written, and what was granted later, which NOT-YOUR-JOB does not cut. */
  readonly areas: readonly Area[];
  /** Critical files are held only where they are named (P7), so it goes with what is critical. */
  readonly workspace: Workspace;
}

const nothing: readonly string[] = [];

export function territoryOf(
  { packet, granted = nothing }: { readonly packet: Area; readonly granted?: readonly string[] },
  workspace: Workspace,
): Territory {
  const areas = granted.length === 0 ? [packet] : [packet, { scope: granted, notYourJob: nothing }];
  return { areas, workspace };
}

/** Every file that these entries name, whatever is critical. */
export function plainTerritory(scope: readonly string[], workspace: Workspace): Territory {
  const areas = [{ scope, notYourJob: nothing }];
  return { areas, workspace: { ...workspace, criticalFiles: nothing } };
}

export function holds({ areas, workspace }: Territory, name: string): boolean {
  return areas.some((area) => inArea(area, name, workspace));
}

/** Where two territories meet; undefined where no file is in both. */
export function clashOf(left: Territory, right: Territory): Overlap | undefined {
  const workspace = isPlain(left) ? right.workspace : left.workspace;
  for (const mine of left.areas) {
    for (const theirs of right.areas) {
      const met = areasOverlap(mine, theirs, workspace);
      if (met) return met;
    }
  }
  if (isPlain(left) === isPlain(right)) return undefined;
  // A critical file that the one names and the other holds without naming it.
  const [plain, strict] = isPlain(left) ? [left, right] : [right, left];
  const example = namedCritical(strict).find((name) => holds(plain, name));
  return example === undefined ? undefined : { left: example, right: example, example };
}

function isPlain({ workspace }: Territory): boolean {
  return workspace.criticalFiles === nothing;
}

/** The critical files that are named in it. */
export function namedCritical({ areas, workspace }: Territory): readonly string[] {
  return areas.flatMap((area) => criticalIn(area, workspace).map(({ entry }) => entry));
}
