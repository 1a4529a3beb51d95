import { folded } from './caseBlind.ts';
import type { NamedFolder } from './folders.ts';
import { nameOf } from './identity.ts';

/**
 * Where an entry of SCOPE leads that has a link on its way: the same entry by the real names, or '' where it leads out
 * of the workspace. Undefined where it means what it says, as far as it is written without a pattern.
 */
export async function linkedTo(entry: string, folders: readonly NamedFolder[]): Promise<string | undefined> {
  const parts = entry.normalize('NFC').split('/');
  const wild = parts.findIndex((part) => /[*?[]/.test(part));
  const fixed = (wild < 0 ? parts : parts.slice(0, wild))
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  if (fixed === '' || folders.some(({ name }) => name === fixed)) return undefined;
  const identity = await nameOf(fixed, folders);
  if (!('name' in identity)) return '';
  if (folded(identity.name, true) === folded(fixed, true)) return undefined;
  const rest = wild < 0 ? (entry.endsWith('/') ? [''] : []) : parts.slice(wild);
  return [identity.name, ...rest].join('/');
}
