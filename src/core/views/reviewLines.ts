import type { ChangedFile, ChangeSeen, Measured } from '../change.ts';
import { gatesOf, gateWords, type Gate } from '../gates.ts';
import type { State } from '../state.ts';
import type { Workspace } from '../workspace.ts';
import { folded } from './folded.ts';
import { visible, visibleName } from './visible.ts';

const mostFiles = 500;

/** The four gates as they stand, and what git says was changed, for the document of a result. */
export function reviewLines(
  state: State,
  n: number,
  seen: ChangeSeen,
  workspace: Workspace,
): readonly string[] {
  const gates = gatesOf(state, n, seen, workspace) ?? [];
  return [
    'THE FOUR GATES',
    ...gates.flatMap((gate, index) => gateLines(gate, gates[index - 1])),
    '',
    ...('measured' in seen ? changeLines(seen.measured) : []),
  ];
}

function gateLines(
  { gate, pass, computed, reasons, next }: Gate,
  above: Gate | undefined,
): readonly string[] {
  if (!computed) {
    return [`    ${gateWords[gate]}: you judge it, line by line, when you approve`];
  }
  if (!pass && above?.next === next && above.reasons.join('\n') === reasons.join('\n')) {
    return [`    ${gateWords[gate]}: FAILS, for the same reason`];
  }
  return [
    `    ${gateWords[gate]}: ${pass ? 'passes' : 'FAILS'}`,
    ...reasons.flatMap((reason) => quoted(reason)),
    ...(pass || next === '' ? [] : quoted(`→ ${next}`)),
  ];
}

function changeLines({ files, unsaid, unchanged, where }: Measured): readonly string[] {
  const more = files.length > mostFiles ? [`    and ${files.length - mostFiles} more`] : [];
  return [
    `FILES CHANGED, as git has them in ${where === 'worktree' ? 'the worktree' : 'the shared folder'}`,
    ...(files.length === 0 ? ['    none'] : files.slice(0, mostFiles).map((file) => `    ${fileLine(file)}`)),
    ...more,
    ...(unsaid.length === 0 ? [] : ['    Changed, and not listed by the worker:', ...unsaid.map(name)]),
    ...(unchanged.length === 0 ? [] : ['    Listed by the worker, and not changed:', ...unchanged.map(name)]),
    '',
  ];
}

const name = (one: string): string => `        ${visibleName(one)}`;

/** "renamed src/old.ts → src/new.ts, +3 -1, executable". */
function fileLine(file: ChangedFile): string {
  const own = visibleName(file.name ?? file.path);
  const from = file.from && `${visibleName(file.from.name ?? file.from.path)} → `;
  const by = file.by === undefined || file.by === 'worker' ? [] : [writers[file.by]];
  return [`${file.how} ${from ?? ''}${own}`, ...kindWords(file), ...by].join(', ');
}

const writers = {
  another: 'of another worker',
  user: 'yours, saved in this editor',
  unknown: 'nobody knows whose',
} as const;

/** What a file is beside its text: lines, or what has none; and a change of its mode. */
export function kindWords({
  kind,
  binary,
  added,
  removed,
  mode,
  how,
  unsaved,
}: ChangedFile): readonly string[] {
  const size = kind !== 'file' ? kind : binary ? 'binary' : `+${added ?? 0} -${removed ?? 0}`;
  const isMode = how !== 'added' && how !== 'deleted' && mode.old !== mode.new;
  return [
    size,
    ...(isMode ? [`mode ${mode.old} → ${mode.new}`] : []),
    ...(how === 'added' && mode.new === '100755' ? ['executable'] : []),
    ...(unsaved ? ['with changes in it that are not committed'] : []),
  ];
}

function quoted(text: string): string[] {
  return folded(visible(text))
    .split('\n')
    .map((line) => `        ${line}`);
}
