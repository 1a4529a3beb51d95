// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';
import { cadenceEvents } from './cadence.ts';
import { budgetEvents } from './budget.ts';
import { override } from './override.ts';
import { runs } from './runs.ts';
import { because } from './because.ts';
import { debugEvents } from './debug.ts';
import { instructionEvents } from './instruction.ts';
import { ownershipEvents } from './ownership.ts';
import { answer, flaw, gates, packet, questionDraft, result } from './packets.ts';
import { replanEvents } from './replanEvents.ts';
import { approvalBound, approvalUndone } from './review.ts';
import { witnessEvents } from './witness.ts';

const n = z.int().check(z.minimum(1));
const words = z.string();
const list = z.array(n);

/** Where a TODO comes from. An `item` came from a result: the worker's words stay beside every edit (T4). */
const origin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), step: n }),
  z.object({ kind: z.literal('user') }),
  z.object({ kind: z.literal('added'), because }),
  z.object({ kind: z.literal('item'), result: n, item: n }),
  z.object({ kind: z.literal('conflict'), conflict: n }),
]);
export type Origin = z.output<typeof origin>;

/** The words of a worker that made an open item, kept through edit, merge and split. */
const source = z.object({ result: n, item: n, worker: n, words });
export type Source = z.output<typeof source>;

/** Every event the journal can hold, by type. `version` of each is 1 until a migration says otherwise. */
export const events = {
  'orchestration-started': z.object({
    orchestration: n,
    objective: words,
    constraints: z.array(words),
    mode: z.enum(['orchestrator-first', 'plan-first']),
    carried: list,
  }),
  'orchestration-closed': z.object({
    pending: z.array(z.object({ todo: n, reason: words })),
    unreleased: list,
    override: z.optional(override),
  }),
  'worker-registered': z.object({
    worker: n,
    name: words,
    role: words,
    runs,
    tokenHash: words,
    expires: z.int(),
  }),
  'token-renewed': z.object({
    worker: n,
    tokenHash: words,
    expires: z.int(),
    exposed: z.optional(z.literal(true)),
  }),
  'unguarded-allowed': z.object({ worker: n }),
  'worker-removed': z.object({ worker: n, reason: words }),
  'seat-lent': z.object({ tokenHash: words, expires: z.int() }),
  'seat-taken-back': z.object({ reason: words }),
  'step-added': z.object({ step: n, title: words, role: words, tasks: z.array(packet) }),
  'step-released': z.object({ step: n, override: z.optional(override) }),
  'plan-stood': z.object({ result: n, reason: words }),
  'todo-added': z.object({
    todo: n,
    step: z.optional(n),
    role: words,
    packet: z.optional(packet),
    worker: z.optional(n),
    origin,
    sources: z.array(source),
    before: z.optional(n),
  }),
  'todo-edited': z.object({ todo: n, packet, role: words, worker: z.optional(n) }),
  'todo-moved': z.object({ todo: n, before: z.optional(n), reason: words }),
  'todo-dropped': z.object({ todo: n, reason: words }),
  'todo-merged': z.object({
    todo: n,
    into: n,
    reason: words,
    packet: z.optional(packet),
    takesPlace: z.boolean(),
  }),
  'todo-split': z.object({ todo: n, into: list }),
  'todo-reconciled': z.object({ todo: n, packet, role: words, worker: z.optional(n) }),
  proposed: z.object({
    proposal: n,
    act: z.enum(['drop', 'merge', 'whole', 'unguarded', 'nudge', 'rollback']),
    todo: n,
    into: z.optional(n),
    worker: z.optional(n),
    result: z.optional(n),
    reason: words,
  }),
  'proposal-declined': z.object({ proposal: n, reason: words }),
  dispatched: z.object({
    dispatch: n,
    worker: n,
    todos: list,
    packet,
    context: words,
    purpose: z.optional(words),
    /** Side by side: the number that the parts share, and why they go out at once. */
    bundle: z.optional(n),
    reason: z.optional(words),
    /** The work is done in a folder of its own; else in the one that all share. */
    apart: z.optional(z.literal(true)),
    /** Minutes of work, and calls of its agent's tools beside them. */
    budget: z.optional(n),
    calls: z.optional(n),
  }),
  acknowledged: z.object({ dispatch: n }),
  progressed: z.object({ dispatch: n, text: words }),
  'fell-silent': z.object({ dispatch: n, lastContact: z.int() }),
  'came-back': z.object({ dispatch: n }),
  unacknowledged: z.object({ dispatch: n }),
  ended: z.object({ dispatch: n, exitCode: z.nullable(z.int()), reason: z.optional(words) }),
  relaunched: z.object({ dispatch: n }),
  withdrawn: z.object({ dispatch: n, reason: words }),
  /** `usersFirst`: an agent in the seat answers it only once the user leaves it to that. */
  asked: z.object({
    question: n,
    dispatch: n,
    packet: questionDraft,
    blocking: z.boolean(),
    usersFirst: z.optional(z.literal(true)),
  }),
  'question-returned': z.object({
    question: n,
    by: z.enum(['core', 'orchestrator']),
    missing: z.array(flaw),
  }),
  'question-revised': z.object({
    question: n,
    packet: questionDraft,
    blocking: z.boolean(),
    missing: z.array(flaw),
    usersFirst: z.optional(z.literal(true)),
  }),
  'question-left': z.object({ question: n }),
  answered: z.object({ question: n, answer }),
  'answer-heard': z.object({ question: n }),
  'question-moot': z.object({ question: n, reason: words }),
  resulted: z.object({ result: n, dispatch: n, epoch: n, packet: result, late: z.boolean() }),
  'result-withdrawn': z.object({ result: n, reason: words }),
  approved: z.object({ result: n, gates, done: list, returned: list, closed: list, ...approvalBound }),
  'approval-undone': approvalUndone,
  rejected: z.object({ result: n, reason: words, missing: words, next: words }),
  'late-item-added': z.object({ result: n, item: n, todo: n }),
  'late-item-dismissed': z.object({ result: n, item: n, reason: words }),
  'late-result-noted': z.object({ result: n }),
  ...ownershipEvents,
  ...witnessEvents,
  ...instructionEvents,
  ...debugEvents,
  ...cadenceEvents,
  ...replanEvents,
  ...budgetEvents,
  'try-refused': z.object({ act: words, code: words }),
} as const;

export type EventType = keyof typeof events;
export type EventOf<T extends EventType> = { readonly type: T } & z.output<(typeof events)[T]>;
export type Event = { [T in EventType]: EventOf<T> }[EventType];

/** An event as it stands in the journal: when, by whom, in answer to which command. */
export interface Recorded {
  readonly at: number;
  readonly actor: string;
  readonly command: string;
  readonly event: Event;
}
