import type { Decisive } from '../../core/decisive.ts';
import type { State } from '../../core/state.ts';
import { decisions, type AgentsDecision } from '../../core/views/decisions.ts';
import { visible } from '../../core/views/visible.ts';
import { age } from '../ages.ts';
import { forRow } from '../inert.ts';
import { fixed, listing, type Listing, type Row } from '../tree/row.ts';
import { rows } from './sentences.ts';

const icons: Readonly<Record<Decisive, string>> = {
  answered: 'comment-discussion',
  'question-returned': 'reply',
  approved: 'pass',
  rejected: 'reply',
  'approval-undone': 'discard',
  'plan-stood': 'check',
  'late-result-noted': 'check',
  dispatched: 'arrow-right',
  withdrawn: 'discard',
  'time-given': 'clock',
  'todo-reconciled': 'pin',
  'todo-moved': 'arrow-swap',
  'todo-merged': 'git-merge',
  'todo-split': 'split-vertical',
  'todo-dropped': 'trash',
  'late-item-added': 'add',
  'step-released': 'milestone',
  replanned: 'list-ordered',
  'scope-granted': 'unlock',
  'request-declined': 'circle-slash',
  'scope-locked': 'lock',
  'lock-released': 'unlock',
  'lock-handed-over': 'key',
  'conflict-opened': 'git-compare',
  'owner-assigned': 'person',
  'merge-path-set': 'git-merge',
  resumed: 'debug-continue',
  'orchestration-closed': 'archive',
};

/** What the agent in the seat decided: one row behind the others, which waits for nobody and is not counted. */
export function decidedRows(state: State, now: number): Listing {
  const found = decisions(state);
  if (found.length === 0) return fixed([]);
  const label = rows.decided;
  return fixed([
    {
      id: 'decided',
      label,
      description: `${found.length}`,
      icon: 'organization',
      context: 'decided',
      spoken: `${label}, ${found.length}`,
      tooltip: () => 'Each stands. Choose one to take it over.',
      collapsed: true,
      children: () =>
        listing(found, {
          id: idOf,
          name: ({ title }) => forRow(title, 40),
          row: (one) => decidedRow(one, now),
        }),
    },
  ]);
}

const idOf = ({ what, n, at }: AgentsDecision): string => `${what}:${n}:${at}`;

function decidedRow(one: AgentsDecision, now: number): Row {
  const label = forRow(one.title, 120);
  const description = [forRow(one.detail, 120), age(one.at, now)].filter((part) => part !== '').join(', ');
  const { what, n } = one;
  return {
    id: idOf(one),
    label,
    description,
    icon: icons[what],
    context: `decision ${what}`,
    spoken: `${label}, ${description}`,
    tooltip: () => visible(`${one.title}\n\n${one.detail}`.trimEnd()).slice(0, 4_000),
    open: { command: 'lockkeeper.takeOverDecision', argument: { what, n } },
    argument: { what, n },
  };
}
