import type { State } from '../../core/state.ts';
import { decisions, type AgentsDecision } from '../../core/views/decisions.ts';
import { visible } from '../../core/views/visible.ts';
import { age } from '../ages.ts';
import { forRow } from '../inert.ts';
import { fixed, listing, type Listing, type Row } from '../tree/row.ts';
import { rows } from './sentences.ts';

const icons: Readonly<Record<AgentsDecision['what'], string>> = {
  answered: 'comment-discussion',
  approved: 'pass',
  rejected: 'reply',
  dispatched: 'arrow-right',
  withdrawn: 'discard',
  'todo-dropped': 'trash',
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
  const description = `${forRow(one.detail, 120)}, ${age(one.at, now)}`;
  const { what, n } = one;
  return {
    id: idOf(one),
    label,
    description,
    icon: icons[what],
    context: `decision ${what}`,
    spoken: `${label}, ${description}`,
    tooltip: () => visible(`${one.title}\n\n${one.detail}`).slice(0, 4_000),
    open: { command: 'lockkeeper.takeOverDecision', argument: { what, n } },
    argument: { what, n },
  };
}
