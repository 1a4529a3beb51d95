import { standings, type Homes } from './changes.ts';
import type { Facts } from './filled.ts';
import { withTexts } from './files.ts';
import type { Profile } from '../profiles/profile.ts';

/**
 * Whether what connects an agent in a folder is not what would be written now: an address or a guard that has moved, or
 * one part of it without the other. What cannot be read is nobody's to judge.
 */
export async function isOutdated(
  profile: Pick<Profile, 'entries'>,
  facts: Facts,
  homes: Homes,
): Promise<boolean> {
  try {
    const found = await withTexts((look) => standings(profile, facts, homes, look));
    const isHere = found.some(
      ({ entry, standing }) => entry.in === 'folder' && (standing === 'same' || standing === 'older'),
    );
    return found.some(({ standing }) => standing === 'older' || (isHere && standing === 'none'));
  } catch {
    return false;
  }
}
