import type { Gates, Result } from '../contract/packets.ts';
import type { GateOverride, Judged, Witnessed } from '../contract/review.ts';

/** Where the user entered it for a worker that works by hand. */
export interface Entered {
  readonly enteredBy?: 'user';
}

export interface LateItem {
  readonly standing: 'open' | 'added' | 'dismissed';
  readonly todo?: number;
  readonly reason?: string;
}

export interface StoredResult extends Entered {
  readonly n: number;
  readonly dispatch: number;
  readonly epoch: number;
  readonly at: number;
  readonly packet: Result;
  readonly state: 'review' | 'approved' | 'rejected' | 'withdrawn' | 'late' | 'late-noted';
  readonly planStands?: string;
  /** The replan that answered its word on the plan. */
  readonly replan?: number;
  readonly lateItems: readonly LateItem[];
  readonly gates?: Gates;
  /** The last run of each of its VERIFY commands, in the order of the runs. */
  readonly witnessed?: readonly Run[];
  readonly approval?: Approval;
  /** How often an agent asked for a run. */
  readonly verifyAsked?: number;
  /** A person ended its last run. */
  readonly verifyCancelled?: boolean;
  readonly rejection?: { readonly reason: string; readonly missing: string; readonly next: string };
  readonly reviewedBy?: string;
  readonly why?: string;
}

/** A VERIFY command as Lockkeeper ran it. `at`: when it ended. */
export type Run = Witnessed & { readonly at: number };

/** What an approval bound to, and what it was passed with. */
export interface Approval {
  readonly shown?: string;
  readonly tree?: string;
  readonly base?: string;
  readonly commit?: string;
  /** The first line of the commit's message. */
  readonly subject?: string;
  readonly judged?: readonly Judged[];
  readonly override?: GateOverride;
  /** The orchestration, and how many steps of it were released by then: an undo looks at both. */
  readonly orchestration?: number;
  readonly releases?: number;
  readonly undone?: string;
}
