import type { Priority } from '../contract/packets.ts';
import type { EvidenceLevel } from '../contract/review.ts';

/** What the rules need to know of the workspace; it comes in with each command, like the time. */
export interface Workspace {
  /** The names of the folders, by which files are told apart; none or one where there is no choice. */
  readonly folders: readonly string[];
  /** Globs of files that are in a scope only where it names them literally (P7), read in each folder. */
  readonly criticalFiles: readonly string[];
  /** How many TODOs may be dispatched side by side. */
  readonly mostSideBySide: number;
  /** Whether the file system takes `A` and `a` for one name. */
  readonly caseBlind: boolean;
  /** Whether a dispatch gets a working folder of its own; else all share one. */
  readonly worktrees: boolean;
  /** The files with edits at this editor that are not on the disk. */
  readonly unsaved: readonly string[];
  /** Entries of SCOPE that lead through a link, with the entry they come to; '' where that is out of their folder. */
  readonly linked: Readonly<Record<string, string>>;
  /** The least that each VERIFY command stands on for an approval, by the priority of the work (P8). */
  readonly evidence: Readonly<Record<Priority, EvidenceLevel>>;
  /** After so long without a first dispatch an orchestration is late (P3). */
  readonly firstDispatchMinutes: number;
  /** After so long without a word a worker is silent, and its contact is no longer fresh (P5). */
  readonly silentMinutes: number;
  /** How often a worker may be interrupted within an hour before somebody is asked (P10). */
  readonly interruptsPerHour: number;
  /** How many lines a fix in debug mode may change (P9). */
  readonly mostDebugLines: number;
  /** Whether a blocking question reaches the user before an agent in the seat may answer it (P6). */
  readonly usersFirst: boolean;
  /** Minutes of work that a dispatch has where it does not say otherwise; 0: no budget. */
  readonly budgetMinutes: number;
  /** How often the agent of a worker may call its tools in that time, where that is counted; 0: as often as it does. */
  readonly budgetCalls: number;
  /** How many more its worker has to hand in a result, before it is stopped. */
  readonly budgetGraceMinutes: number;
  /** The most that an agent may give a dispatch in all. */
  readonly budgetMostMinutes: number;
  readonly budgetMostCalls: number;
  /** When each worker was last heard of, by its number, in epoch milliseconds; where this window serves the door. */
  readonly heard: Readonly<Record<number, number>>;
}

export const plainWorkspace: Workspace = {
  folders: [],
  criticalFiles: [],
  mostSideBySide: 3,
  caseBlind: false,
  worktrees: false,
  unsaved: [],
  linked: {},
  evidence: { high: 'witnessed', normal: 'witnessed', low: 'witnessed' },
  firstDispatchMinutes: 10,
  silentMinutes: 5,
  interruptsPerHour: 3,
  mostDebugLines: 300,
  usersFirst: false,
  budgetMinutes: 0,
  budgetCalls: 0,
  budgetGraceMinutes: 5,
  budgetMostMinutes: 120,
  budgetMostCalls: 500,
  heard: {},
};
