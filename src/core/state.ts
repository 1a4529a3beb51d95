import type { Override } from '../contract/override.ts';
import type { Runs } from '../contract/runs.ts';
import type { Bug } from '../contract/debug.ts';
import type { Origin, Source } from '../contract/events.ts';
import type { SeatGuard } from '../contract/ownership.ts';
import type { Answer, Flaw, Packet, QuestionDraft } from '../contract/packets.ts';
import type { Conflict, Lock, ScopeRequest } from './holding.ts';
import type { Budget, PacketBefore, Replan, Step } from './planning.ts';
import type { Entered, LateItem, Approval, Run, StoredResult } from './reviewed.ts';
import type { Decided, Instruction, Message, Proposal } from './spoken.ts';
import { emptyTable, type Table } from './table.ts';

export type {
  Approval,
  Conflict,
  Entered,
  Instruction,
  LateItem,
  Lock,
  Message,
  Proposal,
  Run,
  ScopeRequest,
};
export type { Step, StoredResult };

export interface Orchestration {
  readonly n: number;
  readonly objective: string;
  readonly constraints: readonly string[];
  readonly mode: 'orchestrator-first' | 'plan-first';
  readonly startedAt: number;
  readonly firstDispatchAt?: number;
  readonly closedAt?: number;
  /** Steps released so far. */
  readonly releases?: number;
  /** What the last one left pending, and how many of each were there before it: the rest is its own. */
  readonly carried?: readonly number[];
  readonly before?: Readonly<Record<'todos' | 'dispatches' | 'questions' | 'results' | 'conflicts', number>>;
  readonly closedPast?: Override;
  /** P9: each TODO of it is in debug mode where it does not say otherwise. */
  readonly debug?: boolean;
  /** How often somebody looked and found nothing to do, and when last (P5). */
  readonly noOps?: { readonly count: number; readonly at: number };
}

export interface Worker {
  readonly n: number;
  readonly name: string;
  readonly role: string;
  readonly runs: Runs;
  readonly tokenHash: string;
  readonly expires: number;
  readonly removed: boolean;
  /** A guard has asked in its name, so that its writes are held back where they must be. */
  readonly guarded?: boolean;
  /** When a stranger may have been shown its token; until it calls with the one it got instead. */
  readonly exposedAt?: number;
  /** It asks before Lockkeeper's own calls too, so that a call without it shows that it is gone. */
  readonly guardsCalls?: boolean;
  /** The user has said that it gets work all the same. */
  readonly unguardedAllowed?: boolean;
  /** When it was interrupted within the hour before the last time (P10). */
  readonly interrupted?: readonly number[];
}

/** A worker without a connection: what it sends is entered by the user. It is never silent: nobody hears it. */
export function isByHand(worker: Worker | undefined): boolean {
  return worker?.runs.kind === 'by-hand';
}

/** Nobody sees or holds up what it writes: it works by hand, at another place. */
export function isOutOfReach(worker: Worker | undefined): boolean {
  return worker?.runs.kind === 'by-hand' && worker.runs.where === 'elsewhere';
}

/** Whether its writes are held back where they must be. A person at this editor is seen at every key. */
export function isHeldBack(worker: Worker): boolean {
  return worker.guarded === true || (worker.runs.kind === 'by-hand' && worker.runs.where === 'here');
}

/** Whether a guard was there at the last call of the agent that the seat is lent to (T1). */
export function isSeatGuarded({ guard }: NonNullable<State['seat']>): boolean {
  return guard === 'asks' || guard === 'calls';
}

/** Whether the user is to be asked first, once: it is somebody else's program, and no guard has called in its name. */
export function wantsWord(worker: Worker | undefined): boolean {
  return worker?.runs.kind === 'command' && !isHeldBack(worker) && worker.unguardedAllowed !== true;
}

/** `waiting` is on the list and not live; the last three have left it. */
export type TodoState = 'waiting' | 'live' | 'approved' | 'merged' | 'dropped' | 'split';

export interface Todo {
  readonly n: number;
  readonly step?: number;
  readonly role: string;
  /** Absent until an open item is reconciled. */
  readonly packet?: Packet;
  /** The lines of VERIFY that an agent wrote, as they stand. */
  readonly agentVerify?: readonly string[];
  readonly worker?: number;
  readonly origin: Origin;
  /** Not empty for an open item: the workers' own words (T4). */
  readonly sources: readonly Source[];
  /** Whether it holds work that no result left open; an open item can too, where a merge put it in. */
  readonly planned: boolean;
  readonly state: TodoState;
  readonly dispatch?: number;
  /** Named in an override: stands outside the order, counts again at the next release and at closing. */
  readonly deferred?: { readonly step?: number; readonly reason: string };
  /** Named in an override at some time, so its step is complete by override (T9). */
  readonly passedOver: boolean;
  readonly mergedInto?: number;
  /** The TODO it is a part of, where that was split. */
  readonly splitFrom?: number;
  readonly why?: string;
  /** P9: whether it is in debug mode, where it differs from its orchestration, and what is known of its bug. */
  readonly debug?: {
    readonly on: boolean;
    /** What an agent wrote of it is run only where the user has allowed it: its reproduction, what is watched. */
    readonly bug?: Bug & {
      readonly agentWrote?: true;
      readonly agentWatches?: true;
      /** The user described it last, and that stands. */
      readonly byUser?: true;
    };
    /** What was read when the rollback trigger of its last fix fired. */
    readonly fired?: string;
  };
}

export interface Dispatch {
  readonly n: number;
  readonly worker: number;
  readonly todos: readonly number[];
  readonly packet: Packet;
  readonly context: string;
  readonly purpose?: string;
  /** Side by side: the number it shares with the others, and why they went out at once. */
  readonly bundle?: number;
  readonly bundleReason?: string;
  /** It works in a folder of its own: what it writes meets nobody before its approval. */
  readonly apart?: true;
  /** What it was before each replan that changed it. */
  readonly changes?: readonly PacketBefore[];
  /** Entries of SCOPE that were granted after it was sent; NOT-YOUR-JOB does not cut them. */
  readonly granted?: readonly string[];
  readonly budget?: Budget;
  readonly epoch: number;
  readonly at: number;
  readonly acknowledgedAt?: number;
  readonly silentSince?: number;
  /** When it was noted that its worker calls and does not take it. */
  readonly unacknowledgedSince?: number;
  /** When it went out again, after a rejection or an end. */
  readonly sentAgainAt?: number;
  readonly ended?: { readonly at: number; readonly exitCode: number | null; readonly reason?: string };
  readonly progress?: Entered & { readonly at: number; readonly text: string };
  readonly over?: 'approved' | 'withdrawn';
  readonly why?: string;
  /** The result that waits for its verdict. */
  readonly inReview?: number;
  readonly results: readonly number[];
  readonly questions: readonly number[];
  /** What it asked to have in its SCOPE. */
  readonly requests?: readonly number[];
  /** Characters its worker has put on the record. */
  readonly said?: number;
  /** What was said to its worker besides, numbered from 1 in the order it was said. */
  readonly messages?: readonly Message[];
}

export interface AskedQuestion extends Entered {
  readonly n: number;
  readonly dispatch: number;
  readonly at: number;
  readonly packet: QuestionDraft;
  readonly blocking: boolean;
  readonly state: 'open' | 'returned' | 'answered' | 'moot';
  /** P6: one return in all. */
  readonly returnedBy?: 'core' | 'orchestrator';
  readonly missing: readonly Flaw[];
  readonly answer?: Answer;
  readonly answeredBy?: string;
  /** When its worker had the answer. */
  readonly heardAt?: number;
  /** An agent in the seat answers it only once the user leaves it to that. */
  readonly usersFirst?: boolean;
  readonly why?: string;
}

/** Everything the rules speak of, made from the events alone. Never changed in place. */
export interface State {
  readonly seq: number;
  readonly orchestration?: Orchestration;
  readonly seat?: { readonly tokenHash: string; readonly expires: number; readonly guard?: SeatGuard };
  readonly workers: Table<Worker>;
  readonly steps: Table<Step>;
  /** The steps of the present orchestration in the order of the plan: the released ones, then the others. */
  readonly plan: readonly number[];
  readonly todos: Table<Todo>;
  /** The TODO list: numbers in order, the live and the deferred among them. */
  readonly list: readonly number[];
  readonly dispatches: Table<Dispatch>;
  readonly live: readonly number[];
  readonly questions: Table<AskedQuestion>;
  /** Numbers of questions that are open or returned. */
  readonly asked: readonly number[];
  readonly results: Table<StoredResult>;
  /** Late results that still stand. */
  readonly late: readonly number[];
  /** Results that say the plan is affected, not yet answered (T7). */
  readonly planAffected: readonly number[];
  readonly proposals: Table<Proposal>;
  readonly locks: Table<Lock>;
  /** Numbers of the locks that stand. */
  readonly held: readonly number[];
  readonly conflicts: Table<Conflict>;
  /** Numbers of the conflicts that are open. */
  readonly disputed: readonly number[];
  readonly requests: Table<ScopeRequest>;
  /** Numbers of the requests that wait for a word. */
  readonly requested: readonly number[];
  /** Argument lists that an agent wrote and the user has allowed. */
  readonly allowed: readonly (readonly string[])[];
  readonly replans: Table<Replan>;
  readonly instructions: Table<Instruction>;
  /** Numbers of those that stand, in the order they were given. */
  readonly instructed: readonly number[];
  /** How many bundles went out side by side. */
  readonly bundles: number;
  /** Carried into the next orchestration by a closing past open things. */
  readonly pending: readonly { readonly todo: number; readonly reason: string }[];
  /** What an agent in the seat decided in the present orchestration, the newest last. */
  readonly decided: readonly Decided[];
  /** How often each agent tried what is not its to do, by its name in the journal. */
  readonly tries: Readonly<Record<string, number>>;
}

export const initial: State = {
  seq: 0,
  workers: emptyTable(),
  steps: emptyTable(),
  plan: [],
  todos: emptyTable(),
  list: [],
  dispatches: emptyTable(),
  live: [],
  questions: emptyTable(),
  asked: [],
  results: emptyTable(),
  late: [],
  planAffected: [],
  proposals: emptyTable(),
  locks: emptyTable(),
  held: [],
  conflicts: emptyTable(),
  disputed: [],
  requests: emptyTable(),
  requested: [],
  allowed: [],
  replans: emptyTable(),
  instructions: emptyTable(),
  instructed: [],
  bundles: 0,
  pending: [],
  decided: [],
  tries: {},
};

/** The orchestration that is open, if one is. */
export function openOrchestration(state: State): Orchestration | undefined {
  return state.orchestration?.closedAt === undefined ? state.orchestration : undefined;
}

export function isOpenItem(todo: Todo): boolean {
  return todo.sources.length > 0;
}

/** An open item, or a piece of one, that has no packet yet: nothing is dispatched before it has (T4). */
export function isUnreconciled(todo: Todo): boolean {
  return todo.packet === undefined;
}
