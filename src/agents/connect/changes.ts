import { join } from 'node:path';
import type { Entry, Profile } from '../profiles/profile.ts';
import { filled, type Facts } from './filled.ts';
import { putJson, standingInJson, takeJson } from './json.ts';
import { putToml, standingInToml, takeToml } from './toml.ts';
import type { Place, Rewritten, Standing } from './written.ts';

/** Where an agent looks for its configuration. */
export type Homes = Readonly<Record<Entry['in'], string>>;

/** A file of an agent's configuration, as it is and as it is to be. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface Refused {
  readonly path: string;
  /** A sentence. */
  readonly why: string;
}

const writers = {
  json: { put: putJson, take: takeJson, standing: standingInJson },
  toml: { put: putToml, take: takeToml, standing: standingInToml },
};

/** What connecting it changes, file by file; a file that cannot be changed refuses all of it. */
export function connecting(
  profile: Pick<Profile, 'entries'>,
  facts: Facts,
  homes: Homes,
  read: (path: string) => string | undefined,
): readonly FileChange[] | Refused {
  return changes(profile, facts, homes, read, 'put');
}

export function disconnecting(
  profile: Pick<Profile, 'entries'>,
  facts: Facts,
  homes: Homes,
  read: (path: string) => string | undefined,
): readonly FileChange[] | Refused {
  return changes(profile, facts, homes, read, 'take');
}

/** What stands in the files now, entry by entry. */
export function standings(
  profile: Pick<Profile, 'entries'>,
  facts: Facts,
  homes: Homes,
  read: (path: string) => string | undefined,
): readonly { readonly entry: Entry; readonly path: string; readonly standing: Standing }[] {
  return profile.entries.map((entry) => {
    const path = pathOf(entry, homes);
    return { entry, path, standing: writers[entry.format].standing(read(path), placeOf(entry, facts)) };
  });
}

/** The entries of its that stand in the folder and are ours. */
export function connectedIn(
  profile: Pick<Profile, 'entries'>,
  facts: Facts,
  homes: Homes,
  read: (path: string) => string | undefined,
): readonly Entry[] {
  return standings(profile, facts, homes, read).flatMap(({ entry, standing }) =>
    entry.in === 'folder' && (standing === 'same' || standing === 'older') ? [entry] : [],
  );
}

function changes(
  profile: Pick<Profile, 'entries'>,
  facts: Facts,
  homes: Homes,
  read: (path: string) => string | undefined,
  how: 'put' | 'take',
): readonly FileChange[] | Refused {
  const files = new Map<string, FileChange>();
  // The way back is the way there from its end: of two entries in one file the later one may stand in what the first made.
  for (const entry of how === 'put' ? profile.entries : profile.entries.toReversed()) {
    const path = pathOf(entry, homes);
    const known = files.get(path);
    const before = known ? known.before : read(path);
    const made: Rewritten = writers[entry.format][how](known ? known.after : before, placeOf(entry, facts));
    if (!made.ok) return { path, why: made.why };
    files.set(path, { path, before, after: made.text });
  }
  return [...files.values()].filter(({ before, after }) => before !== after);
}

function pathOf({ in: where, file }: Entry, homes: Homes): string {
  return join(homes[where], ...file.split('/'));
}

function placeOf({ pointer, isListed, value }: Entry, facts: Facts): Place {
  return { pointer, ...(isListed ? { isListed } : {}), value: filled(value, facts) };
}
