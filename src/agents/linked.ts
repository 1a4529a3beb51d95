import type { Refusal } from '../contract/refusal.ts';
import { linkedTo as linkedFlaw } from '../core/scopeLinks.ts';
import { linkedTo } from '../files/entries.ts';
import type { Room } from './call.ts';

/** P7: the no to entries that an agent writes and that lead through a link; undefined where none does. */
export async function linkedIn(room: Room, entries: readonly string[]): Promise<Refusal | undefined> {
  const leads = await Promise.all(entries.map((entry) => linkedTo(entry, room.folders())));
  const index = leads.findIndex((to) => to !== undefined);
  return index < 0 ? undefined : linkedFlaw(entries[index] ?? '', leads[index] ?? '').refusal;
}
