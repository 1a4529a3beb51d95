// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';
import { budgetActs, saidBudget } from './budgetActs.ts';
import { cadenceActs } from './cadenceActs.ts';
import { because } from './because.ts';
import { debugActs } from './debug.ts';
import { instructionActs } from './instruction.ts';
import { ownershipActs } from './ownershipActs.ts';
import { answerDraft, flaw, packetDraft, questionDraft, resultDraft } from './packets.ts';
import { override } from './override.ts';
import { replanActs } from './replan.ts';
import { approval, approvalUndo } from './review.ts';
import { runs } from './runs.ts';
import { witnessActs } from './witness.ts';

const number = z.int().check(z.minimum(1));
/** In UTF-16 units: what is said in passing, and what something is called. */
export const longestWords = 4_000;
export const longestName = 80;
const words = z.string().check(z.maxLength(longestWords));
const name = z.string().check(z.maxLength(longestName));
const numbers = z.array(number).check(z.maxLength(20_000));
const tokenHash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const moment = z.int().check(z.minimum(0));

const task = { dispatch: number, epoch: number };

/** The user's word that SCOPE may be the whole workspace; worth nothing from anybody else. */
const whole = z.optional(z.literal(true));

/** Every act that can change something, with the shape of what it takes. One table for every surface. */
export const acts = {
  start: z.object({
    objective: words,
    constraints: z.array(words).check(z.maxLength(100)),
    mode: z._default(z.enum(['orchestrator-first', 'plan-first']), 'orchestrator-first'),
  }),
  /** One that works by hand has no token. */
  'add-worker': z.object({
    name,
    role: name,
    runs,
    tokenHash: z.optional(tokenHash),
    expires: z.optional(moment),
  }),
  /** `exposed`: a stranger may have been shown the old one. */
  'renew-token': z.object({
    worker: number,
    tokenHash,
    expires: moment,
    exposed: z.optional(z.literal(true)),
  }),
  /** Work goes to it although no guard holds it back. */
  'allow-unguarded': z.object({ worker: number }),
  'remove-worker': z.object({ worker: number, reason: words }),
  'lend-seat': z.object({ tokenHash, expires: moment }),
  'take-seat-back': z.object({ reason: words }),
  'add-step': z.object({ title: words, role: name, tasks: z.array(packetDraft).check(z.maxLength(200)) }),
  release: z.object({ step: z.optional(number), override: z.optional(override) }),
  'plan-stands': z.object({ result: number, reason: words }),
  /** `debug`: why it is in debug mode from the start (P9). */
  'add-todo': z.object({
    packet: packetDraft,
    role: name,
    because: z.optional(because),
    debug: z.optional(words),
    whole,
  }),
  'edit-todo': z.object({ todo: number, packet: packetDraft, role: name, worker: z.optional(number), whole }),
  'move-todo': z.object({ todo: number, before: z.optional(number), reason: words }),
  'drop-todo': z.object({ todo: number, reason: words }),
  'merge-todo': z.object({ todo: number, into: number, reason: words }),
  'split-todo': z.object({
    todo: number,
    parts: z.array(packetDraft).check(z.maxLength(20)),
    role: z.optional(name),
  }),
  reconcile: z.object({
    todo: number,
    packet: packetDraft,
    role: name,
    worker: z.optional(number),
    before: z.optional(number),
    whole,
  }),
  dispatch: z.object({
    worker: number,
    todo: z.optional(number),
    bundle: z.optional(z.object({ todos: numbers.check(z.minLength(2)), purpose: words })),
    ...saidBudget,
  }),
  withdraw: z.object({ dispatch: number, reason: words }),
  relaunch: z.object({ dispatch: number }),
  'decline-proposal': z.object({ proposal: number, reason: words }),
  answer: z.object({ question: number, answer: answerDraft }),
  'return-question': z.object({ question: number, missing: z.array(flaw).check(z.maxLength(20)) }),
  /** The user lets the agent in the seat answer what was to reach the user first. */
  'leave-question': z.object({ question: number }),
  approve: approval,
  'undo-approval': approvalUndo,
  reject: z.object({ result: number, reason: words, missing: words, next: words }),
  'add-late-item': z.object({ result: number, item: number }),
  'dismiss-late-item': z.object({ result: number, item: number, reason: words }),
  'note-late-result': z.object({ result: number }),
  close: z.object({ override: z.optional(override) }),
  ...ownershipActs,
  ...witnessActs,
  ...instructionActs,
  ...debugActs,
  ...cadenceActs,
  ...replanActs,
  ...budgetActs,

  acknowledge: z.object(task),
  progress: z.object({ ...task, text: words }),
  ask: z.object({ ...task, packet: questionDraft, revises: z.optional(number) }),
  submit: z.object({ ...task, packet: resultDraft }),
  /** Its worker has the answer: from then on nobody puts another in its place. */
  'hear-answer': z.object({ question: number }),

  'note-silent': z.object({ dispatch: number, lastContact: moment }),
  'note-back': z.object({ dispatch: number }),
  /** P3: its worker calls, and does not take it. */
  'note-unacknowledged': z.object(task),
  /** `reason`: why its worker was not started at all. */
  'note-ended': z.object({ ...task, exitCode: z.nullable(z.int()), reason: z.optional(words) }),
} as const;

export type ActName = keyof typeof acts;
export type ActOf<N extends ActName> = { readonly type: N } & z.output<(typeof acts)[N]>;
export type Act = { [N in ActName]: ActOf<N> }[ActName];
