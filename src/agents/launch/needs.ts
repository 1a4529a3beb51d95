import type { Bearer } from '../../contract/actor.ts';
import type { Refusal } from '../../contract/refusal.ts';
import type { Dispatch, Worker } from '../../core/state.ts';
import type { Desk } from '../../desk/desk.ts';
import type { DoorLog } from '../endpoint.ts';
import type { ToolCalls } from '../toolCalls.ts';
import type { AtWork } from './atWork.ts';
import type { Handover } from './handover.ts';

/** A terminal that is to be opened for a worker. Its environment holds no secret. */
export interface TerminalOrder {
  /** None where it is for whoever has the seat. */
  readonly worker?: number;
  readonly name: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly scope: readonly string[];
  /** Where it works, if not in the folder of its scope. */
  readonly folder?: string;
}

/** A working folder of a dispatch's own: the folder its worker starts in, and the root of it all. */
export interface Place {
  readonly folder: string;
  readonly root: string;
}

/** The terminals of the window, as far as workers are concerned. */
export interface Terminals {
  /** Whether one stays when the program in it has ended, until a person has read it. */
  readonly stays: boolean;
  isOpen(workerName: string): boolean;
  close(workerName: string): void;
  open(order: TerminalOrder): void;
  onEnded(listener: (ended: { workerName: string; exitCode: number | null }) => void): { dispose(): void };
}

export interface LaunchNeeds {
  readonly desk: Desk;
  readonly clock: () => number;
  readonly log: DoorLog;
  readonly terminals: Terminals;
  /** The door's address, whichever host serves it. */
  readonly url: () => string | undefined;
  /** Whether this host serves it, and so hears the workers. */
  readonly isServing: () => boolean;
  /** Tells that the door opened, closed, or went to another host. */
  readonly onServing: (listener: () => void) => { dispose(): void };
  /** A token that is good for the worker; made anew where the kept one is lost or expired. */
  readonly token: (worker: Worker) => Promise<string>;
  /** That of the seat, where this window keeps it. */
  readonly seatToken?: () => PromiseLike<string | undefined>;
  readonly lastContact: (worker: number) => number | undefined;
  /** Whether the editor's own agents are this worker: they begin when the person tells them to. */
  readonly isEditors?: (worker: Worker) => boolean;
  readonly handover: () => Promise<Handover>;
  /** Asks a process to end, then ends it, and what it left behind; resolves when it is over. */
  readonly end: (pid: number, isAlive: () => boolean, entry: string) => Promise<void>;
  /** Whose process lives, in this window's terminals or another's. */
  readonly atWork: AtWork;
  /** Counts the calls of what is started. */
  readonly toolCalls?: Pick<ToolCalls, 'entryOf'>;
  /** Where the copy of the guard is that agents' hooks start. */
  readonly guard: string;
  /** Where the program is that an agent without HTTP starts. */
  readonly stdio: string;
  /** Where agents that are known find what they read at their start; nothing of a project's. */
  readonly ownFolder: string;
  /** A working folder of its own for the dispatch, made where it has none yet; undefined where it shares one. */
  readonly place?: (dispatch: Dispatch, worker: Worker) => Promise<Place | Refusal | undefined>;
  /** Puts what connects agents in the open folder into the dispatch's worktree too; gives what could not be put there. */
  readonly connected?: (dispatch: Dispatch) => Promise<Refusal | undefined>;
  /** The argument list that runs one of our own programs, and what its environment needs. */
  readonly program: (name: 'launch' | 'rehearsal' | 'acp') => {
    argv: readonly string[];
    env: Record<string, string>;
  };
}

export interface Launching {
  /**
   * Opens a terminal in which the person starts an agent: what runs in it has the token of the worker, or of the seat.
   * False where the worker is at work already, where the seat is not lent, or where the door is not open. With a refusal
   * it is open, and what connects an agent is not all there.
   */
  openShell(bearer: Bearer, shell: string): Promise<boolean | Refusal>;
  dispose(): void;
}
