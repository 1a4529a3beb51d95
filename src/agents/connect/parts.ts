import type { Entry } from '../profiles/profile.ts';
import { otherId, otherOf } from '../profiles/other.ts';
import { profiles } from '../profiles/profiles.ts';
import { connecting, disconnecting } from './changes.ts';
import type { Facts } from './filled.ts';
import type { Rewritten } from './written.ts';

/** What of an agent's stands in one file. */
export interface Part {
  readonly entries: readonly Entry[];
  readonly facts: Facts;
}

/** What is taken out says the same whatever the address. */
export const noFacts: Facts = { url: '', hook: '' };

/** A file's text with these put in, or taken out. */
export function textWith(how: 'put' | 'take', parts: readonly Part[], before: string | undefined): Rewritten {
  let text = before;
  for (const { entries, facts } of parts) {
    const change = how === 'put' ? connecting : disconnecting;
    const made = change({ entries }, facts, { folder: '.', home: '.', own: '.' }, () => text);
    if ('why' in made) return { ok: false, why: made.why };
    for (const { after } of made) text = after;
  }
  return { ok: true, text };
}

/**
 * A file without anything of ours, whichever agents are connected by it: its paths are those from the folders it lies in.
 * Where it cannot be read, but nothing of ours is in it, it is that already.
 */
export function textWithoutOurs(paths: readonly string[], text: string | undefined): Rewritten {
  const unknown = paths.flatMap((path) => otherOf(otherId(path)) ?? []);
  const parts = [...profiles, ...unknown].flatMap((profile) => {
    const entries = profile.entries.filter((entry) => entry.in === 'folder' && paths.includes(entry.file));
    return entries.length > 0 ? [{ entries, facts: noFacts }] : [];
  });
  const made = textWith('take', parts, text);
  return made.ok || text?.includes('LOCKKEEPER_') === true ? made : { ok: true, text };
}
