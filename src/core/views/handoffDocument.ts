import type { State } from '../state.ts';
import { changeKinds, handoffOf, type Completed, type Handoff, type Left } from './handoff.ts';
import { visible } from './visible.ts';

/**
 * P11, P12: the handoff as Markdown. COMPLETED is one release entry as Keep a Changelog has it; PENDING, RISKS and NEXT
 * are sections after it. What agents wrote is plain text in it: no mark, link or heading of theirs is one.
 */
export function handoffDocument(state: State): string {
  const handoff = handoffOf(state);
  if (!handoff) return 'There was no orchestration yet.\n';
  const { orchestration, pending, dropped, risks, next, decided } = handoff;
  const { objective, constraints, closedAt } = orchestration;
  return [
    `# ${nameOf(handoff)}`,
    '',
    `Objective: ${plain(objective)}`,
    ...(constraints.length > 0
      ? ['', 'Constraints:', '', ...constraints.map((line) => `- ${plain(line)}`)]
      : []),
    ...(closedAt === undefined ? ['', 'It is still open; this is how it stands now.'] : []),
    '',
    ...completedEntry(handoff),
    ...section('PENDING', [
      ...pending.map((one) => leftLine(one)),
      ...dropped.map((one) => leftLine(one, 'Dropped. ')),
    ]),
    ...section('RISKS', risks.map(plain)),
    ...section('NEXT', next.map(plain)),
    ...(decided.length > 0
      ? section(
          'DECIDED',
          decided.map((one) => leftLine(one)),
        )
      : []),
  ].join('\n');
}

/** "Handoff of orchestration 3". */
function nameOf({ orchestration }: Handoff): string {
  return `Handoff of orchestration ${orchestration.n}`;
}

/** Its version is no version of the product: whoever releases it names that. */
function completedEntry({ orchestration, completed }: Handoff): readonly string[] {
  const { n, closedAt } = orchestration;
  const name =
    closedAt === undefined
      ? '[Unreleased]'
      : `[0.0.0-orchestration.${n}] - ${new Date(closedAt).toISOString().slice(0, 10)}`;
  const kinds = changeKinds.filter((kind) => completed.some((one) => one.kind === kind));
  return [
    `## ${name}`,
    '',
    ...(kinds.length === 0 ? ['Nothing was completed.', ''] : []),
    ...kinds.flatMap((kind) => [
      `### ${kind}`,
      '',
      ...completed.filter((one) => one.kind === kind).map(completedLine),
      '',
    ]),
  ];
}

function completedLine({ words, covers, result, worker, commit, evidence }: Completed): string {
  const todos = covers.map((thing) => thing.slice('todo '.length)).join(', ');
  const what = todos === '' ? `result ${result}` : `TODO ${todos}, result ${result}`;
  const where = commit === undefined ? 'not committed' : `commit ${commit.slice(0, 12)}`;
  return `- ${plain(words)} (${what} by ${plain(worker)}; ${where}). Evidence: ${plain(evidence.join(' '))}`;
}

function leftLine({ words, reason }: Left, before = ''): string {
  const said = reason.trim() === '' ? 'No reason was given.' : reason;
  return `${before}${plain(words)} Reason: ${plain(said)}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`## ${title}`, '', ...(lines.length === 0 ? ['Nothing.'] : lines.map((line) => `- ${line}`)), ''];
}

/** One line of plain text: whatever Markdown would read as a mark stands behind a backslash. */
function plain(text: string): string {
  return visible(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#|~&!]/g, '\\$&')
    .replace(/^([-+]|\d+[.)])(?=\s)/, '\\$1')
    .replace(/(?<=\w):(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`);
}
