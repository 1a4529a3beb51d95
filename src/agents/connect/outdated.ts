import { standings, type Homes } from './changes.ts';
import type { Facts } from './filled.ts';
import { withTexts } from './files.ts';
import type { Entry, Profile } from '../profiles/profile.ts';

/**
 * Whether what connects an agent in a folder is not what would be written now: an address or a guard that has moved, or
 * one part of it without the other. What stands in the home for all projects says nothing of this one, nor what was put
 * into one of its files for another agent (`besides`). What cannot be read is nobody's to judge.
 */
export async function isOutdated(
  profile: Pick<Profile, 'entries'>,
  facts: Facts,
  homes: Homes,
  besides: readonly Entry[],
): Promise<boolean> {
  try {
    const found = await withTexts((look) => standings(profile, facts, homes, look));
    const inFolder = found.filter(({ entry }) => entry.in === 'folder');
    const isHere = (inFolder.length > 0 ? inFolder : found).some(
      ({ entry, standing }) =>
        (standing === 'same' || standing === 'older') && !besides.some(({ file }) => file === entry.file),
    );
    return isHere && found.some(({ standing }) => standing === 'older' || standing === 'none');
  } catch {
    return false;
  }
}
