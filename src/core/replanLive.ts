import type { EventOf } from '../contract/events.ts';
import type { Packet } from '../contract/packets.ts';
import type { Fate } from '../contract/replan.ts';
import { composite } from './bundle.ts';
import { composeContext } from './context.ts';
import { accept, refuseAbout, type Asked, type Decision } from './decision.ts';
import { placesOf } from './folders.ts';
import { instructionWords, standingInstructions } from './instruction.ts';
import { isBlank, todoName } from './labels.ts';
import { isKeepable, readPacket } from './packet.ts';
import { saysTheSame } from './replanned.ts';
import { groundOf, takenFrom } from './sending.ts';
import type { Dispatch, State, Todo } from './state.ts';
import { at } from './table.ts';
import { holds, territoryOf, type Territory } from './territory.ts';
import { isWholeScope } from './wholeScope.ts';
import { withdrawal } from './withdrawal.ts';
import { plainWorkspace, type Workspace } from './workspace.ts';

/** What becomes of one live dispatch that does not go on as it is. */
interface Turned {
  readonly dispatch: number;
  readonly fates: readonly Fate[];
}

/**
 * The live work that changes or is withdrawn. T2: while an instruction stands the fate of every live TODO is named;
 * else what is not named goes on as it is.
 */
export function fatesOf(state: State, { act }: Asked<'replan'>): readonly Turned[] | Decision {
  const [standing] = standingInstructions(state);
  for (const [index, { todo, fate, packet }] of act.live.entries()) {
    if (packet && fate !== 'changes') return unclear(todo);
    const isTwice = act.live.findIndex((one) => one.todo === todo) < index;
    if (at(state.todos, todo)?.state === 'live' && state.list.includes(todo) && !isTwice) continue;
    return refuseAbout(
      { kind: 'todo', n: todo },
      'todo-not-live',
      `TODO ${todo} is not live, or its fate is named twice.`,
      'Name what is live, each once; edit the others.',
    );
  }
  const turned: Turned[] = [];
  for (const n of state.live) {
    const todos = at(state.dispatches, n)?.todos ?? [];
    const fates = act.live.filter(({ todo }) => todos.includes(todo));
    const unnamed = todos.find((todo) => !fates.some((one) => one.todo === todo));
    if (unnamed !== undefined && standing) return unnamedLive(state, unnamed, instructionWords(standing));
    const gone = fates.filter(({ fate }) => fate === 'withdrawn');
    if (gone.length > 0 && gone.length < todos.length) return torn(todos);
    if (fates.some(({ fate }) => fate !== 'goes-on')) turned.push({ dispatch: n, fates });
  }
  return turned;
}

function unnamedLive(state: State, n: number, words: string): Decision {
  const todo = at(state.todos, n);
  return refuseAbout(
    { kind: 'todo', n },
    'fate-unnamed',
    `${words} The replan does not say what becomes of ${todo ? todoName(todo) : `TODO ${n}`}, which is live.`,
    'Say of every live TODO whether it goes on as it is, changes, or is withdrawn.',
  );
}

function unclear(n: number): Decision {
  return refuseAbout(
    { kind: 'todo', n },
    'fate-unclear',
    `TODO ${n} is given other fields and is not said to change.`,
    'Say that it changes, or leave the fields out.',
  );
}

function torn(todos: readonly number[]): Decision {
  return refuseAbout(
    { kind: 'todo', n: todos[0] ?? 0 },
    'one-packet',
    `TODOs ${todos.join(', ')} are one packet with one worker.`,
    'Withdraw all of them, or none; what is withdrawn can be sent again on its own.',
  );
}

export function withdrawnTasks(state: State, turned: readonly Turned[], reason: string): Decision {
  return accept(
    turned.flatMap(({ dispatch, fates }) => {
      const [gone] = fates.filter(({ fate }) => fate === 'withdrawn');
      if (!gone) return [];
      return withdrawal(state, dispatch, isBlank(gone.reason) ? reason : gone.reason);
    }),
    '',
  );
}

/** The replan changes: each packet read as an edit is, put together, and sent anew with what it builds on now. */
export function changedTasks(state: State, turned: readonly Turned[], asked: Asked<'replan'>): Decision {
  const events: EventOf<'task-changed'>[] = [];
  for (const { dispatch: n, fates } of turned) {
    const dispatch = at(state.dispatches, n);
    if (!dispatch || !fates.some(({ fate }) => fate === 'changes')) continue;
    const changed = oneChanged(state, dispatch, fates, asked);
    if ('events' in changed) return changed;
    events.push(changed);
  }
  return accept(events, '');
}

function oneChanged(
  state: State,
  dispatch: Dispatch,
  fates: readonly Fate[],
  { act, actor, workspace = plainWorkspace, kept }: Asked<'replan'>,
): EventOf<'task-changed'> | Decision {
  const isBundle = dispatch.todos.length > 1;
  const todos = dispatch.todos.flatMap((n) => at(state.todos, n) ?? []);
  const [first] = todos;
  if (dispatch.inReview !== undefined) {
    return refuseAbout(
      { kind: 'todo', n: first?.n ?? 0 },
      'in-review',
      `Result ${dispatch.inReview} answers the packet of TODO ${dispatch.todos.join(', ')} as it is, and waits for its verdict.`,
      `Let it go on as it is, and approve or reject result ${dispatch.inReview}; or withdraw it.`,
    );
  }
  const parts: { todo: number; packet: Packet }[] = [];
  for (const todo of todos) {
    const before = isBundle ? todo.packet : dispatch.packet;
    const fate = fates.find((one) => one.todo === todo.n && one.fate === 'changes');
    if (!before) continue;
    const packet = fate ? read(state, { todo, before, fate }, actor.seat === 'user', workspace) : before;
    if ('events' in packet) return packet;
    if (fate && saysTheSame(before, packet)) return sameAgain(todo);
    parts.push({ todo: todo.n, packet });
  }
  const packets = parts.map(({ packet }) => packet);
  const [single] = packets;
  if (!single) return accept([], '');
  const { purpose, granted = [] } = dispatch;
  const whole =
    isBundle && purpose !== undefined
      ? withGranted(composite(purpose, todos, packets, workspace), granted)
      : single;
  if (!isKeepable(whole)) {
    return refuseAbout(
      { kind: 'todo', n: todos[0]?.n ?? 0 },
      'bundle-too-long',
      'These TODOs together hold more lines than one packet takes.',
      'Say it in fewer lines, or withdraw them and send fewer.',
    );
  }
  const now = todos.map((todo) => ({ ...todo, ...parts.find((part) => part.todo === todo.n) }));
  return {
    type: 'task-changed',
    dispatch: dispatch.n,
    packet: whole,
    parts: parts.filter(({ todo }) => fates.some((one) => one.todo === todo && one.fate === 'changes')),
    context: composeContext(state, now, placesOf(whole.scope, workspace.folders), kept),
    reason: fates.find(({ reason }) => !isBlank(reason))?.reason ?? act.reason,
  };
}

/** As an edit is read. Only the user changes what has the whole workspace. */
function read(
  state: State,
  { todo, before, fate }: { readonly todo: Todo; readonly before: Packet; readonly fate: Fate },
  byUser: boolean,
  { folders }: Workspace,
): Packet | Decision {
  const whole = byUser && (fate.whole === true || isWholeScope(before.scope));
  const reading = readPacket(state, { ...before, ...fate.packet }, folders, { whole, byAgent: !byUser });
  if ('packet' in reading) return reading.packet;
  return { events: [], refusal: { ...reading.refusal, about: { kind: 'todo', n: todo.n } } };
}

function sameAgain(todo: Todo): Decision {
  return refuseAbout(
    { kind: 'todo', n: todo.n },
    'change-changes-nothing',
    `The change of ${todoName(todo)} leaves its six fields as they are, and would only interrupt its worker.`,
    'Say that it goes on as it is.',
  );
}

function withGranted(packet: Packet, granted: readonly string[]): Packet {
  return { ...packet, scope: [...packet.scope, ...granted.filter((entry) => !packet.scope.includes(entry))] };
}

/** P2, P7: what a changed SCOPE takes in anew is judged as a dispatch is, once all of the replan is done. */
export function taken(
  after: State,
  before: State,
  turned: readonly Turned[],
  { workspace = plainWorkspace }: Asked<'replan'>,
): Decision {
  for (const { dispatch: n } of turned) {
    const [was, is] = [at(before.dispatches, n), at(after.dispatches, n)];
    const worker = is && at(after.workers, is.worker);
    if (!was || !is || !worker || is.over !== undefined || was.packet === is.packet) continue;
    const grown = grownBy(was, is, groundOf(workspace, is));
    const refused = grown && takenFrom(after, worker, grown);
    if (refused)
      return { ...refused, refusal: { about: { kind: 'todo', n: is.todos[0] ?? 0 }, ...refused.refusal } };
  }
  return accept([], '');
}

/** What it may change that it might not before; all of it where NOT-YOUR-JOB cuts less out. */
function grownBy(was: Dispatch, is: Dispatch, workspace: Workspace): Territory | undefined {
  const { scope, notYourJob } = is.packet;
  const isCutLess = was.packet.notYourJob.some((line) => !notYourJob.includes(line));
  const old = territoryOf(was, workspace);
  const added = isCutLess
    ? scope
    : scope.filter((entry) => !was.packet.scope.includes(entry) && !holds(old, entry));
  return added.length === 0 ? undefined : territoryOf({ packet: { scope: added, notYourJob } }, workspace);
}
