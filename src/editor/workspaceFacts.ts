import type { Priority } from '../contract/packets.ts';
import type { EvidenceLevel } from '../contract/review.ts';
import { withoutBraces } from '../core/scopes/braces.ts';
import type { Workspace } from '../core/workspace.ts';
import { folderNames } from './openFolders.ts';
import type { FileNames } from './ownership/fileNames.ts';
import { unsavedNames } from './ownership/unsaved.ts';
import { counted, setting } from './settings.ts';
import { hasWorktrees } from './worktrees/settings.ts';

/** What holds of this window's workspace now, for the rules. */
export function workspaceFacts(names: FileNames): Workspace {
  return {
    folders: same('folders', folderNames()),
    criticalFiles: criticalFiles(),
    mostSideBySide: workspaceMost(),
    caseBlind: names.caseBlind,
    worktrees: hasWorktrees(),
    unsaved: unsavedNames(names),
    linked: names.linked,
    evidence: leastEvidence(),
    firstDispatchMinutes: counted('lockkeeper.firstDispatchMinutes', 10),
    silentMinutes: counted('lockkeeper.silentMinutes', 5),
    interruptsPerHour: counted('lockkeeper.interruptsPerHour', 3),
    mostDebugLines: counted('lockkeeper.debug.mostLines', 300),
    usersFirst: setting('lockkeeper.askMeFirst') === true,
    budgetMinutes: counted('lockkeeper.budget.minutes', 0),
    budgetCalls: counted('lockkeeper.budget.calls', 0),
    budgetGraceMinutes: counted('lockkeeper.budget.graceMinutes', 5),
    budgetMostMinutes: counted('lockkeeper.budget.mostMinutes', 120),
    budgetMostCalls: counted('lockkeeper.budget.mostCalls', 500),
    heard: {},
  };
}

/** How many TODOs may be dispatched side by side. */
export function workspaceMost(): number {
  return count(setting('lockkeeper.sideBySide.most'));
}

/** P8: what is not one of the three words asks for the most. */
function leastEvidence(): Workspace['evidence'] {
  const given: unknown = setting('lockkeeper.evidence.required');
  const least = (priority: Priority): EvidenceLevel => {
    const value: unknown =
      typeof given === 'object' && given !== null ? (given as Record<string, unknown>)[priority] : undefined;
    return value === 'attached' || value === 'claimed' ? value : 'witnessed';
  };
  return { high: least('high'), normal: least('normal'), low: least('low') };
}

const spread = new WeakMap<readonly string[], readonly string[]>();

/** The globs as the rules read them, without braces; the same list as long as the setting is the same. */
function criticalFiles(): readonly string[] {
  const written = same('critical', lines(setting('lockkeeper.criticalFiles')));
  const known = spread.get(written) ?? written.flatMap(withoutBraces);
  spread.set(written, known);
  return known;
}

const last = new Map<string, readonly string[]>();

/** The very list of before where it says the same: what has been read of it is kept with the list itself. */
function same(what: string, list: readonly string[]): readonly string[] {
  const before = last.get(what);
  if (before?.length === list.length && before.every((one, index) => one === list[index])) return before;
  last.set(what, list);
  return list;
}

/** A setting is whatever a person wrote. */
function lines(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function count(value: unknown): number {
  return typeof value === 'number' && value >= 1 ? Math.min(Math.floor(value), 20) : 1;
}
