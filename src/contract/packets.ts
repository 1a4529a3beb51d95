import * as z from 'zod';

/** Longest text one field may hold, in UTF-16 units; a whole call is held to 1 MiB at the door. */
export const longestText = 20_000;
const mostEntries = 200;

const text = z.string().max(longestText);
const lines = z.array(text).max(mostEntries);

const priority = z.enum(['high', 'normal', 'low']);
export type Priority = z.output<typeof priority>;

/** The six fields of P4, complete. VERIFY holds command lines, or lines that begin with "by eye:". */
export const packet = z.object({
  task: text,
  scope: lines,
  notYourJob: lines,
  doneWhen: lines,
  verify: lines,
  priority,
});
export type Packet = z.output<typeof packet>;

/** A packet as somebody writes it: anything may be missing, so that the core can say what (P4). */
export const packetDraft = packet.partial();
export type PacketDraft = z.output<typeof packetDraft>;

/** Why a field was not taken: the field, the words it is about, the reason, and a form that would pass. */
export const flaw = z.object({ field: z.string(), words: z.string(), why: z.string(), better: z.string() });
export type Flaw = z.output<typeof flaw>;

/** P6, complete. `files` are workspace names, with `:line` where a line is meant. */
const question = z.object({
  question: text,
  context: text,
  files: lines,
  options: lines,
  recommended: text,
  blocking: z.boolean(),
});
export type Question = z.output<typeof question>;

/** A question as a worker sends it: fields may be missing, or words where yes or no is meant. */
export const questionDraft = question
  .extend({ blocking: z.union([z.boolean(), z.string().max(200)]) })
  .partial();
export type QuestionDraft = z.output<typeof questionDraft>;

/** P6: the four parts of an answer. `chosen` is one of the options, or "None of these: …". */
export const answer = z.object({ chosen: text, rationale: text, constraints: text, nextStep: text });
export type Answer = z.output<typeof answer>;

export const answerDraft = answer.partial();

/**
 * One thing a worker leaves open; `doneWhen` numbers (from 1) the DONE-WHEN that is unmet because of it, and
 * `todo` says of which TODO where the work is a bundle.
 */
const openItem = z.object({
  words: text,
  todo: z.int().min(1).optional(),
  doneWhen: z.int().min(1).optional(),
});
export type OpenItem = z.output<typeof openItem>;

const evidence = z.object({
  todo: z.int().min(1).optional(),
  doneWhen: z.int().min(1),
  shows: text,
});
export type Evidence = z.output<typeof evidence>;

/** What a later result says of an item that an earlier, rejected result listed. */
const itemAnswer = z.object({
  todo: z.int().min(1),
  closed: z.boolean(),
  evidence: text.optional(),
});
export type ItemAnswer = z.output<typeof itemAnswer>;

/** A result, complete. `open` is empty only where the worker wrote "Nothing". */
export const result = z.object({
  outcome: z.enum(['done', 'partial', 'failed', 'blocked']),
  summary: text,
  evidence: z.array(evidence).max(mostEntries),
  files: lines,
  planAffected: z.object({ affected: z.boolean(), why: text }),
  open: z.array(openItem).max(mostEntries),
  earlierItems: z.array(itemAnswer).max(mostEntries),
  bundle: z.array(z.object({ todo: z.int().min(1), state: z.enum(['done', 'open']) })).max(mostEntries),
});
export type Result = z.output<typeof result>;

/** A result as a worker sends it. `stillOpen` is the word "Nothing" or a list (T4). */
export const resultDraft = z
  .object({
    outcome: text,
    summary: text,
    evidence: z.array(evidence.partial()).max(mostEntries),
    files: lines,
    planAffected: z.union([text, z.boolean(), z.object({ affected: z.boolean(), why: text.optional() })]),
    stillOpen: z.union([text, z.array(z.union([text, openItem])).max(mostEntries)]),
    earlierItems: result.shape.earlierItems,
    bundle: result.shape.bundle,
  })
  .partial();
export type ResultDraft = z.output<typeof resultDraft>;

/** P8: one judgement for each of the four approval gates, each with the reviewer's own word. */
const judgement = z.object({ pass: z.boolean(), word: text });
export const gates = z.object({
  objective: judgement,
  scope: judgement,
  conflict: judgement,
  evidence: judgement,
});
export type Gates = z.output<typeof gates>;
