import type { EventOf } from '../contract/events.ts';
import type { Packet } from '../contract/packets.ts';
import type { Actor } from '../contract/actor.ts';
import { refusal, type Refusal, type Subject } from '../contract/refusal.ts';
import { unready } from './bug.ts';
import { budgetFor, budgetLine, type SaidBudget } from './budget.ts';
import { composite } from './bundle.ts';
import { composeContext } from './context.ts';
import { refuse, refuseAbout, type Decision, type Kept } from './decision.ts';
import { conflictName, conflictWithin, stepWords } from './dispute.ts';
import { placesOf } from './folders.ts';
import { proposed } from './listed.ts';
import { sameWords, todoName, upper } from './labels.ts';
import { othersWithin, ownerName, type Owner } from './ownership.ts';
import { editedWithin } from './openEdits.ts';
import { isKeepable, readPacket, readPlannedPacket } from './packet.ts';
import {
  isByHand,
  isHeldBack,
  wantsWord,
  type Dispatch,
  type State,
  type Todo,
  type Worker,
} from './state.ts';
import { linkedWithin } from './scopeLinks.ts';
import { at } from './table.ts';
import { namedCritical, territoryOf, type Territory } from './territory.ts';
import type { Overlap } from './scopes/overlap.ts';
import type { Workspace } from './workspace.ts';

/** What goes to one worker, as a packet of its own. */
interface Parcel extends SaidBudget {
  readonly dispatch: number;
  readonly worker: number;
  readonly todos: readonly Todo[];
  readonly kept?: Kept | undefined;
  /** Of a bundle that is one packet. */
  readonly purpose?: string | undefined;
  readonly byAgent?: boolean;
}

type Refused = Extract<Decision, { refusal: unknown }>;

/** P7: where the edge found that a dispatch shares the folder, critical files are guarded as in one that all share. */
export function groundsOf(workspace: Workspace, shares: string | undefined): Workspace {
  return shares === undefined ? workspace : { ...workspace, worktrees: false };
}

/** The same of a dispatch that is out: whether it has a folder of its own is on the record, whatever is set since. */
export function groundOf(workspace: Workspace, { apart }: Dispatch): Workspace {
  return { ...workspace, worktrees: apart === true };
}

export function sharedWords(shares: string | undefined): string {
  return shares === undefined ? '' : ` The work is done in the folder that is open: ${shares}.`;
}

/** The event that sends it, or why it cannot go out: its worker, its packet, or whose files it would touch. */
export function sending(
  state: State,
  parcel: Parcel,
  workspace: Workspace,
): { readonly event: EventOf<'dispatched'>; readonly territory: Territory } | Refused {
  const { folders } = workspace;
  const { dispatch, todos, purpose, byAgent = false } = parcel;
  const worker = at(state.workers, parcel.worker);
  if (!worker || worker.removed) {
    return no(
      refuse(
        'unknown-worker',
        `There is no worker ${parcel.worker}.`,
        'Name a registered worker, or add one.',
      ),
    );
  }
  const stranger = todos.find((todo) => !sameWords(todo.role, worker.role));
  if (stranger) {
    return no(
      refuse(
        'role-mismatch',
        `${todoName(stranger)} needs the role ${stranger.role}; ${worker.name} has ${worker.role}.`,
        `Choose a worker for ${stranger.role}, or edit the TODO's role.`,
      ),
    );
  }
  const busy = state.live.map((n) => at(state.dispatches, n)).find((one) => one?.worker === worker.n);
  if (busy) {
    return no(
      refuse(
        'worker-busy',
        `${worker.name} has ${busy.todos.length === 1 ? 'TODO' : 'TODOs'} ${busy.todos.join(', ')}; a worker has one task at a time.`,
        'Choose another worker, or wait for its result.',
      ),
    );
  }
  const packets: Packet[] = [];
  for (const todo of todos) {
    // What stands in the list with the whole workspace has it by the user's word.
    const reading = readPlannedPacket(todo.packet ?? {}, folders, true);
    if ('refusal' in reading) return { events: [], refusal: withEdit(reading.refusal, todo) };
    packets.push(reading.packet);
  }
  const [single] = packets;
  if (!single) return nothingNext;
  // A bundle's purpose is its TASK: it is held to what every TASK is held to, the next step's work included.
  const whole =
    purpose === undefined
      ? { packet: single }
      : readPacket(state, composite(purpose, todos, packets, workspace), folders, { whole: true, byAgent });
  if ('refusal' in whole) return { events: [], refusal: whole.refusal };
  const { packet } = whole;
  if (!isKeepable(packet)) {
    return no(
      refuse(
        'bundle-too-long',
        'These TODOs together hold more lines than one packet takes.',
        'Bundle fewer of them.',
      ),
    );
  }
  const territory = territoryOf({ packet }, workspace);
  const taken = takenFrom(state, worker, territory);
  if (taken) return aboutTodo(taken, todos);
  const critical = namedCritical(territory);
  for (const todo of todos) {
    const raw = unready(state, todo, critical);
    if (raw) return no(raw);
  }
  if (wantsWord(worker)) return no(unguarded(worker));
  const given = budgetFor(worker, parcel, workspace);
  if ('code' in given) return { events: [], refusal: given };
  const { minutes: budget, calls } = given;
  const context = composeContext(state, todos, placesOf(packet.scope, folders), parcel.kept);
  return {
    territory,
    event: {
      type: 'dispatched',
      dispatch,
      worker: worker.n,
      todos: todos.map(({ n }) => n),
      packet,
      context: budget > 0 ? `${context}\n${budgetLine(budget, calls)}` : context,
      ...(purpose === undefined ? {} : { purpose }),
      ...(isApart(worker, workspace) ? { apart: true as const } : {}),
      ...(budget > 0 ? { budget, ...(calls === undefined ? {} : { calls }) } : {}),
    },
  };
}

const nothingNext = no(
  refuse('nothing-next', 'No TODO waits for a dispatch.', 'Release the next step, or add a TODO.'),
);

/** P2, P7: why a worker cannot be given these files now: they are in dispute, somebody else's, or critical. */
export function takenFrom(state: State, worker: Worker, territory: Territory): Refused | undefined {
  const { workspace } = territory;
  const conflict = conflictWithin(state, territory, workspace);
  if (conflict) {
    return no(
      refuseAbout(
        { kind: 'conflict', n: conflict.n },
        'conflict-open',
        `${upper(conflictName(conflict))} is open, and nobody new is sent into it.`,
        `Work it to resume: ${stepWords(conflict)} of conflict ${conflict.n} is next.`,
      ),
    );
  }
  const other = othersWithin(state, territory, worker.n, workspace);
  if (other) return no(ownedBy(state, other));
  const kept = linkedWithin(territory, '; edit the TODO first') ?? editedWithin(worker, territory);
  if (kept) return no(kept);
  const [critical] = namedCritical(territory);
  if (critical === undefined || isApart(worker, workspace) || isHeldBack(worker)) return undefined;
  return no(
    refuse(
      'critical-unguarded',
      `\`${critical}\` is a critical file, and no guard holds ${worker.name} back in the folder that all share.`,
      `Set the guard up for ${worker.name}, choose a guarded worker, or take it out of SCOPE.`,
    ),
  );
}

/** A person is in no worktree. */
function isApart(worker: Worker, { worktrees }: Workspace): boolean {
  return worktrees && !isByHand(worker);
}

/** P2: nothing stops it outside its SCOPE, and the user has not said that it gets work all the same. */
function unguarded({ n, name, guardsCalls }: Worker): Decision {
  return refuseAbout(
    { kind: 'worker', n },
    'unguarded',
    guardsCalls
      ? `The guard of ${name} was not heard at its last call, so nothing holds back what it writes.`
      : `No guard has called in the name of ${name}, so nothing holds back what it writes.`,
    'Say once that it gets work all the same: Lockkeeper: Send Work Unguarded. Or choose a guarded worker.',
  );
}

/** An agent's dispatch to such a worker asks the user. */
export function askedFor(state: State, { seat }: Actor, todos: readonly Todo[], refused: Refused): Decision {
  const { about, code, sentence } = refused.refusal;
  const [todo] = todos;
  if (seat === 'user' || code !== 'unguarded' || !todo || !about) return refused;
  const { events, said } = proposed(state, {
    act: 'unguarded',
    todo: todo.n,
    worker: about.n,
    reason: 'No guard has called in its name.',
  });
  return {
    events,
    refusal: refusal(
      'user-only',
      `${sentence} Only the user sends it work all the same. ${said}`,
      'Wait for the user’s word, or choose a worker that is guarded.',
    ),
  };
}

/** "Its `src/web/**` meets `src/**` in `src/web/app.ts`", or "It holds `src/a.ts`". */
function meeting({ left, right, example }: Overlap): string {
  if (left === right) return `It holds \`${left}\``;
  const where = example === undefined || example === left || example === right ? '' : ` in \`${example}\``;
  return `Its \`${left}\` meets \`${right}\`${where}`;
}

/** P2: the owner by name, and how the files come free. */
export function ownedBy(state: State, { owner, met }: Standing): Decision {
  return refuseAbout(
    ownersSubject(owner),
    'scope-owned',
    `${meeting(met)}, which belongs to ${ownerName(state, owner)}.`,
    wayOutOf(state, owner),
  );
}

type Standing = NonNullable<ReturnType<typeof othersWithin>>;

export function ownersSubject(owner: Owner): Subject {
  return owner.kind === 'lock' ? { kind: 'lock', n: owner.lock } : { kind: 'dispatch', n: owner.dispatch };
}

/** What cannot go out because of its own SCOPE is mended in the TODO. */
function aboutTodo(refused: Refused, [todo]: readonly Todo[]): Refused {
  const { refusal } = refused;
  if (!todo || refusal.about) return refused;
  return { ...refused, refusal: { ...refusal, about: { kind: 'todo', n: todo.n } } };
}

/** How files come free of their owner: in one step where that can be. */
export function wayOutOf(state: State, owner: Owner): string {
  if (owner.kind === 'lock') return `Release lock ${owner.lock}, hand it over, or leave these files out.`;
  const dispatch = at(state.dispatches, owner.dispatch);
  if (dispatch?.inReview !== undefined) return `Approve or reject result ${dispatch.inReview} first.`;
  return isSilent(state, dispatch)
    ? `Its worker is silent: withdraw dispatch ${owner.dispatch} to take the files back, or leave them out.`
    : `Wait for dispatch ${owner.dispatch}, withdraw it with a reason, or leave these files out.`;
}

function isSilent(state: State, dispatch: Dispatch | undefined): boolean {
  if (!dispatch || isByHand(at(state.workers, dispatch.worker))) return false;
  return dispatch.silentSince !== undefined || dispatch.ended !== undefined;
}

/** A packet that was right when it was written, in a workspace that had one folder then. */
function withEdit(read: Refusal, todo: Todo): Refusal {
  return { ...read, next: `${read.next} Edit TODO ${todo.n} first.` };
}

function no(decision: Decision): Refused {
  return decision as Refused;
}
