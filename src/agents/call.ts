import { createHash, randomUUID } from 'node:crypto';
import type { Act } from '../contract/acts.ts';
import { actorName } from '../contract/actor.ts';
import type { CallInput, CallName } from '../contract/calls.ts';
import type { ChangeSeen } from '../core/change.ts';
import type { Playbook } from '../core/playbook.ts';
import type { Reply } from '../desk/command.ts';
import type { Desk } from '../desk/desk.ts';
import type { NamedFolder } from '../files/folders.ts';
import type { Identity } from '../files/identity.ts';
import type { Answer } from './answer.ts';
import type { Holder } from './credentials.ts';
import type { GuardWatch } from './guardWatch.ts';

/** What every handler works with. */
export interface Room {
  readonly desk: Desk;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** When a worker was last heard of; undefined when not since the door opened. */
  readonly lastContact: (worker: number) => number | undefined;
  /** The last verdict each worker was told, by result, so that none is missed between two calls. */
  readonly toldVerdicts: Map<number, number>;
  /** What stood in the Inbox, and was next, when the seat last looked. */
  readonly toldInbox: Set<string>;
  /** The newest instruction of the user that each worker was told (T2). */
  readonly toldInstructions: Map<number, number>;
  /** The folders of the workspace; the absolute path of each is for the worker alone and stands in no record. */
  readonly folders: () => readonly NamedFolder[];
  /** The same folders where the worker of a dispatch works, which may be a worktree of its own. */
  readonly workFolders: (dispatch: number) => Promise<readonly NamedFolder[]>;
  /** Which file of the workspace a path means to a worker; a relative one begins in the folder `from`. */
  readonly names: (path: string, from: string, worker: number) => Promise<Identity>;
  /** What a result really changed, as git has it now; undefined where nothing measures it. */
  readonly changeOf: (result: number) => Promise<ChangeSeen | undefined>;
  /** What is written down on how to work: ours, then the workspace's own (P9). */
  readonly playbooks: () => Promise<readonly Playbook[]>;
  readonly guards: GuardWatch;
  /** What an editor holds of a file that is not on the disk, by its absolute path. */
  readonly unsaved: (path: string) => string | undefined;
  /** Lockkeeper's own folders: no agent writes there. */
  readonly own: () => readonly string[];
}

/** Who calls: what the token says, never the caller's own word. The signal ends with the connection. */
export interface Caller {
  readonly holder: Holder;
  readonly signal: AbortSignal;
}

export type Handler<N extends CallName> = (
  room: Room,
  input: CallInput<N>,
  caller: Caller,
) => Answer | Promise<Answer>;
export type Handlers<N extends CallName> = { readonly [K in N]: Handler<K> };

/**
 * Asks the desk. A caller's own id makes a call repeatable, and without one a worker's write is known by
 * what it says, so that a retry after a lost answer has its effect once.
 */
export function ask(
  room: Room,
  { holder }: Caller,
  call: CallName,
  act: Act,
  callId?: string,
): Promise<Reply> {
  return room.desk.submit({ id: commandId(holder, call, act, callId), actor: holder, act });
}

/** A try that is not theirs to make: each one is on the record. */
export function askTry(room: Room, { holder }: Caller, act: Act): Promise<Reply> {
  return room.desk.submit({ id: randomUUID(), actor: holder, act });
}

function commandId(holder: Holder, call: CallName, act: Act, callId: string | undefined): string {
  if (callId === undefined && holder.seat === 'orchestrator') return randomUUID();
  const said = callId === undefined ? ['said', act] : ['id', callId];
  return createHash('sha256')
    .update(JSON.stringify([actorName(holder), call, ...said]))
    .digest('hex');
}

/** A number of seconds as a wait in milliseconds. Clients cut a call that is silent for longer (45 s). */
export function waitOf(seconds: number | undefined): number {
  return Math.min(Math.max(seconds ?? 0, 0), 45) * 1_000;
}
