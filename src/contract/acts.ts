import * as z from 'zod';
import { answerDraft, flaw, gates, packetDraft, questionDraft, resultDraft } from './packets.ts';

const number = z.int().min(1);
const words = z.string().max(4_000);
const name = z.string().max(80);
const numbers = z.array(number).max(20_000);
const tokenHash = z.string().regex(/^[0-9a-f]{64}$/);
const moment = z.int().min(0);

/** How a worker runs: a command started in a visible terminal, or the bundled rehearsal program. */
export const runs = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), argv: z.array(z.string().min(1).max(4_000)).min(1).max(100) }),
  z.object({ kind: z.literal('rehearsal') }),
]);
export type Runs = z.output<typeof runs>;

/** What made a TODO necessary that was not in the plan (T7). */
export const because = z.object({ kind: z.enum(['result', 'answer', 'rejection']), number });

/** The user's word past named things, spent in the transaction that carries it (T5). */
export const override = z.object({
  todos: numbers,
  results: numbers,
  questions: numbers,
  reason: words,
});
export type Override = z.output<typeof override>;

const task = { dispatch: number, epoch: number };

/** Every act that can change something, with the shape of what it takes. One table for every surface. */
export const acts = {
  start: z.object({
    objective: words,
    constraints: z.array(words).max(100),
    mode: z.enum(['orchestrator-first', 'plan-first']).default('orchestrator-first'),
  }),
  'add-worker': z.object({ name, role: name, runs, tokenHash, expires: moment }),
  'renew-token': z.object({ worker: number, tokenHash, expires: moment }),
  'remove-worker': z.object({ worker: number, reason: words }),
  'lend-seat': z.object({ tokenHash, expires: moment }),
  'take-seat-back': z.object({ reason: words }),
  'add-step': z.object({ title: words, role: name, tasks: z.array(packetDraft).max(200) }),
  release: z.object({ step: number.optional(), override: override.optional() }),
  'plan-stands': z.object({ result: number, reason: words }),
  'add-todo': z.object({ packet: packetDraft, role: name, because: because.optional() }),
  'edit-todo': z.object({ todo: number, packet: packetDraft, role: name, worker: number.optional() }),
  'move-todo': z.object({ todo: number, before: number.optional(), reason: words }),
  'drop-todo': z.object({ todo: number, reason: words }),
  'merge-todo': z.object({ todo: number, into: number, reason: words }),
  'split-todo': z.object({ todo: number, parts: z.array(packetDraft).max(20), role: name.optional() }),
  reconcile: z.object({
    todo: number,
    packet: packetDraft,
    role: name,
    worker: number.optional(),
    before: number.optional(),
  }),
  dispatch: z.object({
    worker: number,
    todo: number.optional(),
    bundle: z.object({ todos: numbers.min(2), purpose: words }).optional(),
  }),
  withdraw: z.object({ dispatch: number, reason: words }),
  relaunch: z.object({ dispatch: number }),
  'decline-proposal': z.object({ proposal: number, reason: words }),
  answer: z.object({ question: number, answer: answerDraft }),
  'return-question': z.object({ question: number, missing: z.array(flaw).max(20) }),
  approve: z.object({ result: number, gates }),
  reject: z.object({ result: number, reason: words, missing: words, next: words }),
  'add-late-item': z.object({ result: number, item: number }),
  'dismiss-late-item': z.object({ result: number, item: number, reason: words }),
  'note-late-result': z.object({ result: number }),
  close: z.object({ override: override.optional() }),

  acknowledge: z.object(task),
  progress: z.object({ ...task, text: words }),
  ask: z.object({ ...task, packet: questionDraft, revises: number.optional() }),
  submit: z.object({ ...task, packet: resultDraft }),

  'note-silent': z.object({ dispatch: number, lastContact: moment }),
  'note-back': z.object({ dispatch: number }),
  'note-ended': z.object({ ...task, exitCode: z.int().nullable() }),
} as const;

export type ActName = keyof typeof acts;
export type ActOf<N extends ActName> = { readonly type: N } & z.output<(typeof acts)[N]>;
export type Act = { [N in ActName]: ActOf<N> }[ActName];
