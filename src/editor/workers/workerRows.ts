import type { Refusal } from '../../contract/refusal.ts';
import { placesOf } from '../../core/folders.ts';
import { interruptsOf } from '../../core/interrupts.ts';
import { isSeatGuarded, wantsWord, type State } from '../../core/state.ts';
import {
  missingRoles,
  workerRows,
  type WorkerRow,
  type WorkerStanding,
} from '../../core/views/workerRows.ts';
import { hasCallers } from '../../core/worker.ts';
import { age } from '../ages.ts';
import { byHand } from '../byHand/words.ts';
import type { DoorStanding } from '../house.ts';
import { callsWords } from './budgetWords.ts';
import type { OutdatedAgent } from './agentsPlace.ts';
import type { Heard } from './heard.ts';
import { forRow } from '../inert.ts';
import { longestPage } from '../tree/pages.ts';
import { fixed, joined, listing, type Listing, type Row } from '../tree/row.ts';

const icons: Readonly<Record<WorkerStanding, string>> = {
  idle: 'circle-outline',
  'not acknowledged': 'mail',
  working: 'play-circle',
  asks: 'question',
  'in review': 'eye',
  silent: 'warning',
  'over its budget': 'watch',
  'ended without a result': 'error',
};

/** The workers as rows, after what is wrong with them: the door, then roles that nobody covers; then what is owned. */
export function workersTree(state: State, heard: Heard): Listing {
  const rows = workerRows(state);
  const seat = seatRow(state, heard);
  const wrong = [
    ...doorRow(heard.door, hasCallers(state)),
    ...strangerRow(heard),
    ...heard.outdated.map(outdatedRow),
    ...missingRoles(state).map(roleRow),
  ];
  const workers = listing(rows, {
    id: ({ worker }) => `worker:${worker.n}`,
    name: ({ worker }) => forRow(worker.name, 40),
    row: (row) => workerRow(row, { ...heard, state }),
  });
  const owned = state.held.length + state.live.length;
  const last = owned + rows.length === 0 ? [] : [ownedRow(owned, heard.locks)];
  return joined(joined(fixed(seat ? [...wrong, seat] : wrong), workers), fixed(last));
}

/** Of many the number is a round one: a row that changes makes VS Code fetch what stands below it. */
function ownedRow(count: number, locks: Listing | undefined): Row {
  const label = 'Owned files';
  const shown = count > longestPage ? `over ${100 * Math.floor((count - 1) / 100)}` : `${count}`;
  const description = count === 0 ? 'none' : shown;
  return {
    id: 'owned',
    label,
    description,
    icon: 'lock',
    context: 'locks',
    spoken: `${label}, ${description}`,
    tooltip: () => 'Files that are locked by hand, or in the scope of a task that a worker has.',
    // A row that can be opened from the first on: VS Code aligns the others when they are drawn.
    children: () => (count === 0 ? fixed([nothingOwned]) : (locks ?? fixed([]))),
  };
}

const nothingOwned: Row = {
  id: 'none',
  label: 'Nothing is owned',
  description: 'lock files by hand',
  icon: 'unlock',
  context: 'unowned',
  spoken: 'Nothing is owned. Lock files by hand.',
  open: { command: 'lockkeeper.lockScope', argument: {} },
};

function doorRow(door: DoorStanding, isNeeded: boolean): readonly Row[] {
  if (door.kind === 'serving' || !isNeeded) return [];
  const label = door.kind === 'elsewhere' ? 'Served by another window' : 'Workers cannot connect';
  const description = door.kind === 'elsewhere' ? `port ${door.port}` : forRow(door.reason, 80);
  return [
    {
      id: 'door',
      label,
      description,
      icon: door.kind === 'elsewhere' ? 'multiple-windows' : 'debug-disconnect',
      context: 'door',
      spoken: `${label}, ${description}`,
    },
  ];
}

const strangersAreNews = 10 * 60_000;

function strangerRow({ strangerAt, now }: Heard): readonly Row[] {
  if (strangerAt === undefined || now - strangerAt > strangersAreNews) return [];
  const label = 'Wrong token';
  const description = `an agent called with none of a worker’s, ${contactAge(strangerAt, now)}`;
  const way = 'Start it in Open a Terminal as a Worker, or give it what Copy a Connection copies';
  return [
    {
      id: 'stranger',
      label,
      description,
      icon: 'key',
      colour: 'list.warningForeground',
      context: 'stranger',
      spoken: `${label}: ${description}. ${way}.`,
      tooltip: () => way,
      open: { command: 'lockkeeper.openShell', argument: {} },
    },
  ];
}

function outdatedRow({ id, label, folder }: OutdatedAgent): Row {
  const name = forRow(label, 40);
  const description = 'out of date';
  const way = 'Its address or its guard is not where it says. Connect it again, and see the change first';
  return {
    id: `outdated:${folder}:${id}`,
    label: name,
    description,
    icon: 'debug-disconnect',
    colour: 'list.warningForeground',
    context: 'outdated',
    spoken: `${name}: what connects it is ${description}. ${way}.`,
    tooltip: () => `${way}.\n${folder}`,
    open: { command: 'lockkeeper.connectWorker', argument: { agent: id, folder } },
  };
}

function roleRow(role: string): Row {
  const label = `No worker for ${forRow(role, 60)}`;
  return {
    id: `role:${role.toLowerCase()}`,
    label,
    description: 'add one',
    icon: 'warning',
    colour: 'list.warningForeground',
    context: 'role',
    spoken: `${label}. Add a worker for it.`,
    open: { command: 'lockkeeper.addWorker', argument: { role } },
    argument: { role },
  };
}

function seatRow({ seat }: State, heard: Heard): Row | undefined {
  if (!seat) return undefined;
  const label = 'The orchestrator’s seat is lent';
  const contact = heard.lastContact('orchestrator');
  const trial = heard.trial('orchestrator');
  const description = [
    'to an agent',
    ...(isSeatGuarded(seat) ? [] : ['unguarded']),
    ...tried(trial),
    ...(contact === undefined ? [] : [`heard ${contactAge(contact, heard.now)}`]),
  ].join(', ');
  return {
    id: 'seat',
    label,
    description,
    icon: 'organization',
    ...(trial ? { colour: 'list.warningForeground' } : {}),
    context: 'seat',
    spoken: `${label} ${description}. Your own acts still stand.`,
    tooltip: async () => (await import('./bondWords.ts')).seatTooltip(seat, heard),
    argument: { holder: 'orchestrator' },
  };
}

function workerRow(known: WorkerRow, heard: Heard & { readonly state: State }): Row {
  const { worker, standing, dispatch, unguarded } = known;
  const contact = heard.lastContact(worker.n);
  const hand = worker.runs.kind === 'by-hand' ? [byHand.where[worker.runs.where]] : [];
  const parts = [forRow(worker.role, 40), ...hand, standing];
  // What moves stands before what stays: a side bar cuts a row off.
  const calls = dispatch && callsWords(dispatch, heard);
  if (calls !== undefined) parts.push(calls);
  if (dispatch) parts.push(`TODO ${dispatch.todos.join(', ')}`);
  const start = dispatch && placesOf(dispatch.packet.scope, heard.folders)?.start;
  if (start !== undefined) parts.push(`in ${start}`);
  if (unguarded && hand.length === 0) parts.push('unguarded');
  const trial = heard.trial(worker.n);
  parts.push(...tried(trial));
  if (worker.exposedAt !== undefined) parts.push('its token was renewed');
  if (contact !== undefined) parts.push(`heard ${contactAge(contact, heard.now)}`);
  const interrupts = interruptsOf(heard.state, worker.n, heard.now);
  if (interrupts > 0)
    parts.push(interrupts === 1 ? '1 interrupt this hour' : `${interrupts} interrupts this hour`);
  const description = parts.join(', ');
  const ails =
    ['silent', 'over its budget', 'ended without a result'].includes(standing) ||
    worker.exposedAt !== undefined ||
    trial !== undefined;
  const label = forRow(worker.name, 60);
  return {
    id: `worker:${worker.n}`,
    label,
    description,
    icon: icons[standing],
    ...(ails ? { colour: 'list.warningForeground' } : {}),
    context: [
      'worker',
      dispatch ? 'busy' : 'idle',
      ...(dispatch?.ended ? ['ended'] : []),
      ...(dispatch?.budget ? ['budgeted'] : []),
      hand.length > 0 ? 'byhand' : 'connected',
      ...(wantsWord(worker) ? ['unguarded'] : []),
    ].join(' '),
    spoken: `${label}, ${description}`,
    tooltip: async () => (await import('./bondWords.ts')).workerTooltip(known, heard),
    argument: { worker: worker.n, holder: worker.n, ...(dispatch ? { dispatch: dispatch.n } : {}) },
  };
}

/** A code, which says it in a word. */
function tried(trial: Refusal | undefined): readonly string[] {
  return trial ? [trial.code.replace('-', ' ')] : [];
}

function contactAge(contact: number, now: number): string {
  const said = age(contact, now);
  return said === 'just now' ? said : `${said} ago`;
}
