import type * as vscode from 'vscode';
import type { Bearer } from '../contract/actor.ts';
import type { Refusal } from '../contract/refusal.ts';
import type { ChangeSeen } from '../core/change.ts';
import type { Dispatch } from '../core/state.ts';
import type { Workspace } from '../core/workspace.ts';
import type { Desk } from '../desk/desk.ts';
import type { Orphan } from '../desk/orphans.ts';
import type { FileNames } from './ownership/fileNames.ts';
import type { Touched } from './ownership/outsideScope.ts';
import type { Playbooks } from '../files/playbooks.ts';
import type { VerifyPlace } from './verify/place.ts';
import type { AgentsPlace, OutdatedAgent } from './workers/agentsPlace.ts';
import type { Story } from './rehearsal/story.ts';

/** A fresh credential: its hash goes into the act, and `keep` puts the token away once the act is accepted. */
interface WorkerCredential {
  readonly tokenHash: string;
  readonly expires: number;
  keep(worker: number): Thenable<void>;
}

interface SeatCredential {
  readonly tokenHash: string;
  readonly expires: number;
  keep(): Thenable<void>;
}

/** A worktree whose dispatch is over, and the work in it that is nowhere else. */
export interface LeftWorktree {
  readonly id: string;
  readonly path: string;
  readonly branch: string;
  readonly worker: string;
  readonly todo: number;
  /** Files that are not committed there. */
  readonly files: number;
  /** Commits that stand on no other branch. */
  readonly commits: number;
}

export type DoorStanding =
  | { readonly kind: 'serving'; readonly url: string }
  | { readonly kind: 'elsewhere'; readonly port: number }
  | { readonly kind: 'off'; readonly reason: string };

/** Everything the editor gets from whoever composes it. It does not change: a new standing is a new opening. */
export interface House {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly names: FileNames;
  /** What holds of this window's workspace now, as the desk is told with each command. */
  workspace(): Workspace;
  /** Undefined where there is none: `why` says the reason. */
  readonly desk: Desk | undefined;
  readonly why: 'open' | 'no-folder' | 'untrusted' | 'journal';
  /** What the person is told once, at the opening. */
  readonly trouble: Refusal | undefined;
  readonly credentials: {
    mint(): WorkerCredential;
    lendSeat(): SeatCredential;
    connection(
      bearer: Bearer,
    ): Thenable<{ readonly url: string; readonly token: string; readonly stdio: string } | undefined>;
  };
  readonly door: {
    readonly standing: DoorStanding;
    /** When somebody was last turned away for want of a worker's token; epoch milliseconds. */
    readonly strangerAt: number | undefined;
    onChange(listener: () => void): vscode.Disposable;
  };
  /** The ways out of a journal that takes nothing. Each gives what still stands in the way, if anything does. */
  readonly journal: {
    /** What was found and mended without asking, oldest first; it grows. */
    notices(): readonly { readonly code: string; readonly sentence: string }[];
    reopen(): Promise<Refusal | undefined>;
    acceptAsItIs(): Promise<Refusal | undefined>;
  };
  /** Which of the windows on this journal speaks to the person. */
  readonly teller: { take(): void; isMine(): boolean };
  /** Journals whose folder is gone. Adopting one gives what stands in the way, if anything does. */
  readonly orphans: {
    find(): Promise<readonly Orphan[]>;
    adopt(orphan: Orphan): Promise<Refusal | undefined>;
  };
  /** What results really changed, by git (P8). */
  readonly changes: {
    /** As it stands now, or why nobody can tell. */
    measure(result: number): Promise<ChangeSeen>;
    /** The bytes of a file, by the tree they are in and the path from its root; undefined where there is none. */
    contentOf(tree: string, path: string): Promise<Uint8Array | undefined>;
  };
  readonly worktrees: {
    left(): Promise<readonly LeftWorktree[]>;
    /** `even`: the person said so, knowing what is lost. Gives what stands in the way, if anything does. */
    remove(id: string, even: boolean): Promise<Refusal | undefined>;
    /** What is not as it was handed out in the worktree of a dispatch; undefined where it has none. */
    touched(dispatch: number): Promise<readonly Touched[] | undefined>;
    /** Those of the files of the open folder that an approval, or its undoing, put where they are. */
    placed(names: readonly string[]): Promise<readonly string[]>;
    /** A file of a dispatch's worktree, to be read. */
    file(dispatch: number, name: string): Promise<vscode.Uri | undefined>;
  };
  /** What is written down on how to work: ours, then the workspace's own (P9). */
  playbooks(): Promise<Playbooks>;
  /** Connecting agents; loaded when a person asks for it. */
  agents(): Promise<AgentsPlace>;
  /** The agents whose configuration is out of date, as far as it was looked at. */
  readonly outdated: {
    readonly all: readonly OutdatedAgent[];
    look(): Promise<void>;
  };
  /** Where VERIFY is run; loaded with the first run. */
  verifyPlace(): Promise<VerifyPlace>;
  /** Epoch milliseconds of the last call of a worker, or of the seat, where there was one since the start. */
  lastContact(bearer: Bearer): number | undefined;
  /** Why the look of an agent for us came to no call, until one comes. */
  trial(bearer: Bearer): Refusal | undefined;
  /** How often the agent of a dispatch has called its tools; told while this window serves the door. */
  readonly toolCalls: {
    madeNow(dispatch: Dispatch): number;
    onMore(listener: () => void): { dispose(): void };
  };
  /**
   * A terminal in which a person starts an agent; false where its worker is at work, or it cannot connect. With a refusal it
   * is open, and says what is missing there.
   */
  openShell(bearer: Bearer): Promise<boolean | Refusal>;
  showTerminal(worker: number): void;
  openQuestions(question?: number): void;
  readonly rehearsal: {
    /** media/rehearsal/story.json, where it can be read. */
    readonly story: Story | undefined;
    /** Whether the folder that is open is a copy of the rehearsal project. */
    readonly isHere: boolean;
    /** A fresh copy of the rehearsal project as a git repository of its own. */
    makeFolder(): Promise<vscode.Uri>;
  };
}
