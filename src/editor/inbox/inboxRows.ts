import { workerName } from '../../core/labels.ts';
import type { State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import type { InboxEntry, InboxKind } from '../../core/views/inbox.ts';
import { folded } from '../../core/views/folded.ts';
import { visible } from '../../core/views/visible.ts';
import { age } from '../ages.ts';
import { forRow } from '../inert.ts';
import { listing, type Listing, type Row } from '../tree/row.ts';

const icons: Readonly<Record<InboxKind, string>> = {
  instruction: 'megaphone',
  'blocking-question': 'question',
  conflict: 'git-merge',
  request: 'key',
  silent: 'warning',
  unacknowledged: 'mail',
  exposed: 'debug-disconnect',
  'over-budget': 'watch',
  ended: 'error',
  contradicted: 'testing-failed-icon',
  command: 'terminal',
  review: 'eye',
  late: 'history',
  reconcile: 'issue-draft',
  'plan-affected': 'milestone',
  proposal: 'lightbulb',
  question: 'comment',
};

/** What the number of an entry is of. */
const nouns: Readonly<Record<InboxKind, string>> = {
  instruction: 'Instruction',
  'blocking-question': 'Question',
  conflict: 'Conflict',
  request: 'Request',
  silent: 'Dispatch',
  unacknowledged: 'Dispatch',
  exposed: 'Dispatch',
  'over-budget': 'Dispatch',
  ended: 'Dispatch',
  contradicted: 'Result',
  command: 'Result',
  review: 'Result',
  late: 'Result',
  reconcile: 'TODO',
  'plan-affected': 'Result',
  proposal: 'Proposal',
  question: 'Question',
};

const urgent: readonly InboxKind[] = [
  'instruction',
  'blocking-question',
  'conflict',
  'silent',
  'unacknowledged',
  'exposed',
  'over-budget',
  'ended',
  'contradicted',
];

/** What waits for a person, as rows in the order of the view. */
export function inboxRows(state: State, entries: readonly InboxEntry[], now: number): Listing {
  return listing(entries, {
    id: ({ kind, n }) => `${kind}:${n}`,
    name: ({ kind, n }) => `${nouns[kind]} ${n}`,
    row: (entry) => inboxRow(state, entry, now),
  });
}

function inboxRow(state: State, entry: InboxEntry, now: number): Row {
  const waited = entry.since > 0 ? age(entry.since, now) : '';
  const title = forRow(entry.title, 120);
  const isQuestion = entry.kind === 'question' || entry.kind === 'blocking-question';
  const label = isQuestion ? `${waited}: ${title}` : title;
  const description = [forRow(entry.detail, 120), isQuestion ? '' : waited]
    .filter((part) => part !== '')
    .join(', ');
  return {
    id: `${entry.kind}:${entry.n}`,
    label,
    description,
    icon: icons[entry.kind],
    ...(urgent.includes(entry.kind) ? { colour: 'list.warningForeground' } : {}),
    context: `inbox${isQuestion && at(state.questions, entry.n)?.usersFirst ? ' yours' : ''} ${entry.kind}`,
    spoken: `${label}, ${description}`,
    tooltip: () => tooltip(state, entry),
    open: { command: 'lockkeeper.openInboxEntry', argument: { kind: entry.kind, n: entry.n } },
    argument: inboxArgument(state, entry),
  };
}

/** What a command gets that is chosen for an entry. */
function inboxArgument(state: State, { kind, n }: Pick<InboxEntry, 'kind' | 'n'>): object {
  switch (kind) {
    case 'blocking-question':
    case 'question':
      return { question: n };
    case 'instruction':
      return { instruction: n };
    case 'conflict':
      return { conflict: n };
    case 'request':
      return { request: n };
    case 'silent':
    case 'unacknowledged':
    case 'over-budget':
    case 'ended':
      return { dispatch: n, worker: at(state.dispatches, n)?.worker };
    case 'exposed': {
      const worker = at(state.dispatches, n)?.worker;
      return { dispatch: n, worker, holder: worker };
    }
    case 'contradicted':
    case 'command':
    case 'review':
    case 'late':
    case 'plan-affected':
      return { result: n };
    case 'reconcile':
      return { todo: n };
    case 'proposal':
      return { proposal: n };
  }
}

function tooltip(state: State, entry: InboxEntry): string {
  const question = entry.kind.endsWith('question') ? at(state.questions, entry.n) : undefined;
  const todo = entry.kind === 'reconcile' ? at(state.todos, entry.n) : undefined;
  const words = question
    ? [question.packet.question, question.packet.context]
    : (todo?.sources.map((source) => `${workerName(state, source.worker)}: ${source.words}`) ?? [
        entry.title,
      ]);
  const whole = [...words, entry.detail].filter((part) => part !== undefined && part !== '').join('\n\n');
  return folded(visible(whole)).slice(0, 4_000);
}
