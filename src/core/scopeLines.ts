import { refusal, type Refusal } from '../contract/refusal.ts';
import { folderWanted, isFolderless } from './folders.ts';
import { readScopeEntry, scopeFault } from './scopeEntry.ts';
import { isWholeScope } from './wholeScope.ts';
import type { Workspace } from './workspace.ts';

/**
 * Entries as they are read in a SCOPE, each once; or what is wrong with them, by entry. `mayBeWhole`: the user's own word
 * that one may be the whole workspace.
 */
export function readEntries(
  lines: readonly string[],
  { folders }: Workspace,
  mayBeWhole = false,
): readonly string[] | Refusal {
  const entries = [...new Set(lines.map(readScopeEntry))];
  const flaws = entries.flatMap((words) => {
    if (mayBeWhole && isWholeScope([words])) return [];
    const fault =
      scopeFault(words) ?? (isFolderless(words, folders) ? folderWanted('SCOPE', words, folders) : undefined);
    return fault ? [{ field: 'SCOPE', words, ...fault }] : [];
  });
  const [first] = flaws;
  if (!first) return entries;
  return refusal('scope-flawed', `SCOPE: ${first.why}`, `Write for example: ${first.better}`, flaws);
}
